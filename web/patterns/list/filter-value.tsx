import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { documentQuery } from '../../api/index.ts'
import { useFormat } from '../../ui/format.ts'
import { readAmounts } from './amounts.ts'
import type { ListFilter } from './description.ts'
import { type NamedPeriod, isNamedPeriod, readPeriod } from './period.ts'

export const periodWords: Readonly<Record<NamedPeriod, MessageDescriptor>> = {
  today: msg`Today`,
  'this-week': msg`This week`,
  'this-month': msg`This month`,
  'last-month': msg`Last month`,
  'last-30': msg`Last 30 days`,
  'this-year': msg`This year`,
}

interface Props {
  readonly filter: ListFilter
  readonly value: string
}

/** What a filter is set to, in words. */
export function FilterValue({ filter, value }: Props) {
  const { i18n } = useLingui()
  switch (filter.type) {
    case 'choice': {
      const choice = filter.choices.find((each) => each.value === value)
      return choice === undefined ? value : i18n._(choice.label)
    }
    case 'flag':
      return value === 'true' ? <Trans>Yes</Trans> : <Trans>No</Trans>
    case 'period':
      return <PeriodValue value={value} />
    case 'amount':
      return <AmountsValue value={value} />
    case 'party':
      return <NameOf resource="parties" id={value} />
    case 'product':
      return <NameOf resource="products" id={value} />
    case 'warehouse':
      return <NameOf resource="warehouses" id={value} />
    case 'text':
      return value
  }
}

function PeriodValue({ value }: { readonly value: string }) {
  const { i18n } = useLingui()
  const format = useFormat()
  if (isNamedPeriod(value)) return i18n._(periodWords[value])
  const { from, to } = readPeriod(value, '') ?? { from: null, to: null }
  if (from !== null && to !== null) {
    const [first, last] = [format.date(from), format.date(to)]
    return first === last ? first : `${first} – ${last}`
  }
  if (from !== null) {
    const date = format.date(from)
    return <Trans>from {date}</Trans>
  }
  if (to !== null) {
    const date = format.date(to)
    return <Trans>until {date}</Trans>
  }
  return value
}

/** In no currency, since rows of several may stand in the list. */
function AmountsValue({ value }: { readonly value: string }) {
  const format = useFormat()
  const { from, to } = readAmounts(value) ?? { from: null, to: null }
  const least = from === null ? null : format.fixed(from, 2)
  const most = to === null ? null : format.fixed(to, 2)
  if (least !== null && most !== null) {
    return least === most ? (
      least
    ) : (
      <Trans>
        {least} to {most}
      </Trans>
    )
  }
  if (least !== null) return <Trans>at least {least}</Trans>
  if (most !== null) return <Trans>at most {most}</Trans>
  return value
}

function NameOf({
  resource,
  id,
}: {
  readonly resource: 'parties' | 'products' | 'warehouses'
  readonly id: string
}) {
  const { data } = useQuery({ ...documentQuery(resource, id), staleTime: 60_000 })
  if (data === undefined) return '…'
  return 'sku' in data ? data.sku : data.name
}
