import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { Form } from '../../../src/printing/print-model.ts'
import { documentQuery, listQuery } from '../../api/index.ts'
import { type Choices, PartyPicker, Picker, ProductPicker } from '../../ui/inputs/index.ts'
import { resourceOf } from './template-preview.ts'

interface Props {
  readonly form: Form
  readonly value: string | null
  readonly onChange: (id: string | null) => void
}

/** The real document that a template is tried on; the newest of its kind unless another is chosen. */
export function SampleField({ form, value, onChange }: Props) {
  const { t } = useLingui()
  const resource = resourceOf(form)
  const list = (resource ?? (form === 'statement' ? 'parties' : 'products')) as
    | 'invoices'
    | 'parties'
    | 'products'
  const first = useQuery(listQuery(list, { limit: 1, ...(form === 'statement' && { role: 'customer' }) }))
  const newest = first.data?.items[0]?.id ?? null
  useEffect(() => {
    if (value === null && newest !== null) onChange(newest)
  }, [value, newest, onChange])
  const choices = useMemo(() => (resource === null ? null : documentsOf(resource as 'invoices')), [resource])
  const shared = { label: t`Tried on`, value, onChange: (id: string | null) => onChange(id), miw: 240 }
  // Which parties are offered: no role of ARIA.
  // eslint-disable-next-line jsx-a11y/aria-role
  if (form === 'statement') return <PartyPicker {...shared} role="customer" />
  if (choices === null) return <ProductPicker {...shared} />
  return <Picker {...shared} choices={choices} />
}

function documentsOf(resource: 'invoices'): Choices {
  const choice = (row: {
    readonly id: string
    readonly number: string | null
    readonly party?: { readonly name: string } | null
  }) => ({ id: row.id, label: row.number ?? '–', detail: row.party?.name ?? null })
  return {
    name: resource,
    async find(client, q) {
      const { items } = await client.fetchQuery(listQuery(resource, { q, limit: 8 }))
      return items.map((row) => ({ ...choice(row), exact: q !== '' && row.number === q }))
    },
    one: async (client, id) => choice(await client.fetchQuery(documentQuery(resource, id))),
  }
}
