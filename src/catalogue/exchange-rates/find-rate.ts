import type { Context } from '../../kernel/context.ts'
import type { CalendarDate } from '../../kernel/dates.ts'
import { type Decimal, one } from '../../kernel/decimal.ts'
import { ruleBroken } from '../../kernel/problem.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

const findRateRow = statement(
  'find_rate',
  { rate: 'numeric' },
  (p: { companyId: string; currency: string; date: CalendarDate }) => sql`
    select rate from exchange_rates
    where company_id = ${p.companyId} and currency = ${p.currency} and date <= ${p.date}
    order by date desc limit 1`,
)

/** The latest rate on or before a date: company currency for one unit. Null when there is none. */
async function findRate(
  tx: Transaction,
  companyId: string,
  currency: string,
  date: CalendarDate,
): Promise<Decimal | null> {
  const row = await tx.maybe(findRateRow, { companyId, currency, date })
  return row?.rate ?? null
}

/**
 * The rate that a document of this date and currency is made with; 1 for the company's own currency.
 * @throws 422 `no-rate` when none is known on or before the date.
 */
export async function rateOn(
  tx: Transaction,
  ctx: Context,
  currency: string,
  date: CalendarDate,
): Promise<Decimal> {
  if (currency === ctx.company.currency) return one
  const rate = await findRate(tx, ctx.company.id, currency, date)
  if (rate !== null) return rate
  throw ruleBroken(
    'no-rate',
    '/currency',
    `There is no exchange rate of ${currency} on or before ${date}. Add one under Exchange rates, or choose ${ctx.company.currency}.`,
    { currency, date },
  )
}
