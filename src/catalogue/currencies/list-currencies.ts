import { fold } from '../../kernel/fold.ts'
import { notFound } from '../../kernel/problem.ts'
import { type Row, type Sql, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

/** A currency as the API shows it. */
const currencyColumns = {
  code: 'text',
  name: 'text',
  minorDigits: 'int',
  cashRounding: 'text?',
  active: 'bool',
} as const
export type CurrencyRow = Row<typeof currencyColumns>

/** In the order of `currencyColumns`, from `currencies c`. */
const selectCurrency: Sql = sql`select c.code, c.name, c.minor_digits::int, c.cash_rounding::text, c.active`

const loadRows = statement(
  'load_currencies',
  currencyColumns,
  (p: { companyId: string }) =>
    sql`${selectCurrency} from currencies c where c.company_id = ${p.companyId} order by c.code collate "C"`,
)

const loadRow = statement(
  'load_currency',
  currencyColumns,
  (p: { companyId: string; code: string }) =>
    sql`${selectCurrency} from currencies c where c.company_id = ${p.companyId} and c.code = ${p.code}`,
)

export const lockCurrencyRow = statement(
  'lock_currency',
  currencyColumns,
  (p: { companyId: string; code: string }) =>
    sql`${selectCurrency} from currencies c where c.company_id = ${p.companyId} and c.code = ${p.code} for update`,
)

/** The currencies by code. There are less than two hundred, so they are searched here. */
export async function listCurrencies(
  tx: Transaction,
  companyId: string,
  filters: { q?: string | undefined; active?: boolean | undefined },
): Promise<CurrencyRow[]> {
  const rows = await tx.all(loadRows, { companyId })
  const words = fold(filters.q ?? '').split(' ')
  return rows.filter(
    (row) =>
      (filters.active === undefined || row.active === filters.active) &&
      words.every((word) => fold(`${row.code} ${row.name}`).includes(word)),
  )
}

/** @throws 404 */
export async function loadCurrency(tx: Transaction, companyId: string, code: string): Promise<CurrencyRow> {
  const currency = await tx.maybe(loadRow, { companyId, code })
  if (currency === null) throw notFound('currency')
  return currency
}
