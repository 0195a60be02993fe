import { Trans, useLingui } from '@lingui/react/macro'
import { Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useCallback } from 'react'
import { type OneOf, api, documentQuery } from '../../api/index.ts'
import type { Fault } from '../../forms/index.ts'
import { inCompany } from '../../patterns/index.ts'
import {
  FieldGroup,
  RecordFormPage,
  RecordLoading,
  useRecordForm,
  useRecordOnce,
} from '../../patterns/record/index.ts'
import { DateField, isDate } from '../../ui/inputs/index.ts'

type Lot = OneOf<'lots'>
interface LotValues {
  readonly expiresOn: string
  readonly notes: string
}
const valuesOf = (lot: Lot): LotValues => ({ expiresOn: lot.expiresOn ?? '', notes: lot.notes ?? '' })

export default function EditLot() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useRecordOnce('lots', id)
  if (data === undefined) return <RecordLoading title={t`Lot`} error={error} retry={() => void refetch()} />
  return <LotForm key={id} lot={data} />
}

function LotForm({ lot }: { readonly lot: Lot }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const check = useCallback(
    (values: LotValues): readonly Fault[] =>
      values.expiresOn !== '' && !isDate(values.expiresOn)
        ? [{ field: 'expiresOn', message: t`“${values.expiresOn}” is not a date` }]
        : [],
    [t],
  )
  const form = useRecordForm<LotValues>({
    resource: 'lots',
    id: lot.id,
    version: lot.version,
    initial: valuesOf(lot),
    check,
    save: ({ expiresOn, notes }, options) =>
      api.patch(
        `/lots/${lot.id}`,
        { expiresOn: expiresOn === '' ? null : expiresOn, notes: notes.trim() === '' ? null : notes },
        options,
      ),
    reload: async () => {
      const theirs = await client.fetchQuery({ ...documentQuery('lots', lot.id), staleTime: 0 })
      return { values: valuesOf(theirs), version: theirs.version }
    },
    done: () => void navigate({ to: inCompany(`/lots/${lot.id}`) }),
  })
  return (
    <RecordFormPage
      form={form}
      title={t`Edit ${lot.number}`}
      crumbs={[
        { label: t`Lots and serial numbers`, href: '/lots' },
        { label: lot.number, href: `/lots/${lot.id}` },
      ]}
      back={`/lots/${lot.id}`}
      names={{ expiresOn: t`Good until`, notes: t`Notes` }}
    >
      <FieldGroup
        title={t`Facts`}
        hint={<Trans>Number and product stay: documents and movements name them.</Trans>}
      >
        <DateField
          {...form.value('expiresOn')}
          label={t`Good until (optional)`}
          description={t`The last day on which it may be sold`}
        />
        <Textarea {...form.text('notes')} label={t`Notes (optional)`} autosize minRows={2} />
      </FieldGroup>
    </RecordFormPage>
  )
}
