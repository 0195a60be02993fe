import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type { TurnoverOut } from '../../../src/stock/moves/schema.ts'
import { type Json, api, dataKey } from '../../api/index.ts'
import { readPeriod } from '../../patterns/list/period.ts'
import { useToday } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import classes from './stock.module.css'

type Turnover = Json<Static<typeof TurnoverOut>>

interface Props {
  readonly productId: string
  readonly warehouseId: string
  /** The period of the list's filter; '' for all. */
  readonly date: string
}

/** What was there before and after the days that the ledger shows, of one product in one warehouse. */
export function OpeningAndClosing({ productId, warehouseId, date }: Props) {
  const { t } = useLingui()
  const format = useFormat()
  const today = useToday()
  const period = date === '' ? null : readPeriod(date, today)
  const query = { productId, warehouseId, from: period?.from, to: period?.to }
  const { data } = useQuery({
    queryKey: dataKey('stock/turnover', query),
    queryFn: ({ signal }) => api.get<Turnover>('/stock/turnover', query, { signal }),
  })
  if (data === undefined) return null
  const figures = [
    [t`Opening balance`, data.opening],
    [t`Came in`, data.received],
    [t`Went out`, data.issued],
    [t`Closing balance`, data.closing],
  ] as const
  return (
    <dl className={classes.balances}>
      {figures.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{format.quantity(value, data.unit)}</dd>
        </div>
      ))}
    </dl>
  )
}
