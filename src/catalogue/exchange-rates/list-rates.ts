import { countRows } from '../../http/count.ts'
import { Keyset, type ListQuery, type Sort } from '../../kernel/keyset.ts'
import { notFound } from '../../kernel/problem.ts'
import { type Row, type Sql, dynamic, empty, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

/** An exchange rate as the API shows it. */
const rateColumns = {
  id: 'uuid',
  currency: 'text',
  date: 'date',
  rate: 'text',
  source: 'text?',
  version: 'int',
  createdAt: 'timestamptz',
} as const
export type RateRow = Row<typeof rateColumns>

/** In the order of `rateColumns`, from `exchange_rates r`. */
const selectRate: Sql = sql`select r.id, r.currency, r.date, r.rate::text, r.source, r.version, r.created_at`

interface Key {
  companyId: string
  id: string
}

const loadRow = statement(
  'load_exchange_rate',
  rateColumns,
  (p: Key) => sql`${selectRate} from exchange_rates r where r.company_id = ${p.companyId} and r.id = ${p.id}`,
)

export const lockRateRow = statement(
  'lock_exchange_rate',
  rateColumns,
  (p: Key) =>
    sql`${selectRate} from exchange_rates r where r.company_id = ${p.companyId} and r.id = ${p.id} for update`,
)

/** @throws 404 */
export async function loadRate(tx: Transaction, companyId: string, id: string): Promise<RateRow> {
  const rate = await tx.maybe(loadRow, { companyId, id })
  if (rate === null) throw notFound('exchange rate')
  return rate
}

interface RateFilters {
  readonly currency?: string | undefined
  readonly date?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

const sorts: Record<string, Sort> = {
  date: { column: sql`r.date`, type: 'date', notNull: true },
  currency: { column: sql`r.currency`, type: 'text', notNull: true },
  id: { column: sql`r.id`, type: 'uuid', notNull: true },
}

/** One page of the rates, the latest first. */
export async function listRates(tx: Transaction, companyId: string, query: ListQuery & RateFilters) {
  const keyset = new Keyset(query, sorts, sql`r.id`, '-date')
  const rows = await tx.all(
    dynamic(
      { ...rateColumns, cursorKey: 'text?' },
      sql`${selectRate}, ${keyset.key} from exchange_rates r
        where r.company_id = ${companyId} ${filtered(query)} ${keyset.after} ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  return keyset.page(rows)
}

export function countRates(tx: Transaction, companyId: string, filters: RateFilters) {
  return countRows(tx, sql`from exchange_rates r where r.company_id = ${companyId} ${filtered(filters)}`)
}

function filtered(f: RateFilters): Sql {
  return sql`
    ${f.currency === undefined ? empty : sql`and r.currency = ${f.currency}`}
    ${f.date === undefined ? empty : sql`and r.date = ${f.date}`}
    ${f.from === undefined ? empty : sql`and r.date >= ${f.from}`}
    ${f.to === undefined ? empty : sql`and r.date <= ${f.to}`}`
}
