import { notFound } from '../../kernel/problem.ts'
import { type Row, type Sql, json, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { CompanyAddress } from './schema.ts'

/** A company with all its settings, as the API shows it. */
const companyColumns = {
  id: 'uuid',
  slug: 'text',
  name: 'text',
  currency: 'text',
  timeZone: 'text',
  country: 'text?',
  language: 'text',
  taxNumber: 'text?',
  address: json<CompanyAddress>(),
  taxRounding: 'text',
  pricesIncludeTax: 'bool',
  backOrders: 'bool',
  salesTolerancePercent: 'text',
  purchaseTolerancePercent: 'text',
  overpayment: 'text',
  reservationMinutes: 'int',
  paymentTermDays: 'int',
  matchPriceTolerancePercent: 'text',
  matchQuantityTolerancePercent: 'text',
  requireSecondFactor: 'bool',
  minorDigits: 'int',
  demo: 'bool',
  version: 'int',
  createdAt: 'timestamptz',
} as const
export type CompanyRow = Row<typeof companyColumns>

/** In the order of `companyColumns`. */
const selectCompany: Sql = sql`
  select c.company_id as id, c.slug, c.name, c.currency, c.time_zone, c.country, c.language, c.tax_number, c.address,
    c.tax_rounding, c.prices_include_tax, c.back_orders, c.sales_tolerance_percent::text,
    c.purchase_tolerance_percent::text, c.overpayment, c.reservation_minutes, c.payment_term_days,
    c.match_price_tolerance_percent::text, c.match_quantity_tolerance_percent::text, c.require_second_factor,
    m.minor_digits::int, c.demo, c.version, c.created_at
  from companies c join currencies m on m.company_id = c.company_id and m.code = c.currency`

const loadRow = statement(
  'load_company',
  companyColumns,
  (p: { companyId: string }) => sql`${selectCompany} where c.company_id = ${p.companyId}`,
)

export const lockCompanyRow = statement(
  'lock_company',
  companyColumns,
  (p: { companyId: string }) =>
    sql`${selectCompany} where c.company_id = ${p.companyId} for no key update of c`,
)

/** @throws 404 */
export async function loadCompanyRow(tx: Transaction, companyId: string): Promise<CompanyRow> {
  const company = await tx.maybe(loadRow, { companyId })
  if (company === null) throw notFound('company')
  return company
}
