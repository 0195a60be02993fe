import type { Company } from '../../kernel/context.ts'
import { sql, statement } from '../../kernel/sql.ts'
import { type Database, type Transaction, inTransaction } from '../../kernel/transaction.ts'

const loadSettings = statement(
  'load_company_settings',
  {
    id: 'uuid',
    slug: 'text',
    name: 'text',
    currency: 'text',
    minorDigits: 'int',
    timeZone: 'text',
    country: 'text?',
    language: 'text',
    taxRounding: 'text',
    pricesIncludeTax: 'bool',
    backOrders: 'bool',
    salesTolerancePercent: 'numeric',
    purchaseTolerancePercent: 'numeric',
    overpayment: 'text',
    reservationMinutes: 'int',
    paymentTermDays: 'int',
    matchPriceTolerancePercent: 'numeric',
    matchQuantityTolerancePercent: 'numeric',
    requireSecondFactor: 'bool',
    demo: 'bool',
  },
  (p: { companyId: string }) => sql`
    select c.company_id as id, c.slug, c.name, c.currency, m.minor_digits::int, c.time_zone, c.country, c.language, c.tax_rounding,
      c.prices_include_tax, c.back_orders, c.sales_tolerance_percent, c.purchase_tolerance_percent, c.overpayment,
      c.reservation_minutes, c.payment_term_days, c.match_price_tolerance_percent, c.match_quantity_tolerance_percent,
      c.require_second_factor, c.demo
    from companies c join currencies m on m.company_id = c.company_id and m.code = c.currency
    where c.company_id = ${p.companyId}`,
)

/** The settings that operations decide by, in a transaction of that company; null when there is none. */
export async function readCompany(tx: Transaction, companyId: string): Promise<Company | null> {
  return (await tx.maybe(loadSettings, { companyId })) as Company | null
}

export async function loadCompany(db: Database, companyId: string): Promise<Company | null> {
  return inTransaction(db, { companyId }, (tx) => readCompany(tx, companyId), { readOnly: true })
}
