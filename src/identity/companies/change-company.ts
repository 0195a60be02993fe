import { difference, recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { isTimeZone } from '../../kernel/dates.ts'
import { decimal } from '../../kernel/decimal.ts'
import { refuseStale, tidy, tidyOptional } from '../../kernel/guards.ts'
import { conflict, notFound, ruleBroken } from '../../kernel/problem.ts'
import { raw, rowsParameter, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { followCountry } from '../number-series/follow-country.ts'
import { forgetPrincipals } from '../principal-cache.ts'
import { type CompanyRow, lockCompanyRow } from './company-row.ts'
import type { CompanyChanges } from './schema.ts'

/** Changes settings of the current company, for what is made from now on. */
export async function changeCompany(
  tx: Transaction,
  ctx: Context,
  changes: CompanyChanges,
  ifMatch: number | null,
): Promise<void> {
  const companyId = ctx.company.id
  const row = await tx.maybe(lockCompanyRow, { companyId })
  if (row === null) throw notFound('company')
  refuseStale(row.version, ifMatch)
  const before = settingsOf(row)
  const after = complete({ ...before, ...changes })
  const changed = difference(before, after)
  if (Object.keys(changed.after).length === 0) return
  if (after.currency !== row.currency) await refuseCurrency(tx, companyId, after.currency)
  tx.write(updateCompany, { companyId, row: after })
  followCountry(tx, ctx.company.id, before.country, after.country)
  recordEvents(tx, ctx, [{ type: 'company.changed', objectKind: 'company', objectId: companyId, ...changed }])
  tx.afterCommit(forgetPrincipals)
}

function settingsOf(row: CompanyRow) {
  const { id: _, minorDigits: __, demo: ___, version: ____, createdAt: _____, ...settings } = row
  return settings
}
type Settings = ReturnType<typeof settingsOf>

function complete(settings: Settings): Settings {
  refuseUnknownTimeZone(settings.timeZone)
  refuseUnknownLanguage(settings.language)
  const percents = {
    salesTolerancePercent: percent(settings.salesTolerancePercent, 'salesTolerancePercent'),
    purchaseTolerancePercent: percent(settings.purchaseTolerancePercent, 'purchaseTolerancePercent'),
    matchPriceTolerancePercent: percent(settings.matchPriceTolerancePercent, 'matchPriceTolerancePercent'),
    matchQuantityTolerancePercent: percent(
      settings.matchQuantityTolerancePercent,
      'matchQuantityTolerancePercent',
    ),
  }
  return {
    ...settings,
    ...percents,
    name: tidy(settings.name, '/name'),
    taxNumber: tidyOptional(settings.taxNumber),
  }
}

const highestPercent = decimal(1000)

function percent(text: string, field: string): string {
  const value = decimal(text)
  if (value.gt(highestPercent)) {
    throw ruleBroken('tolerance-too-high', `/${field}`, 'A tolerance is 1000 per cent at the most.')
  }
  return value.toFixed()
}

/** @throws 422 */
export function refuseUnknownTimeZone(timeZone: string): void {
  if (isTimeZone(timeZone)) return
  throw ruleBroken(
    'unknown-time-zone',
    '/timeZone',
    `'${timeZone}' is no time zone. Use a name of the IANA list, such as 'Europe/Warsaw' or 'UTC'.`,
  )
}

/** @throws 422 */
export function refuseUnknownLanguage(language: string): void {
  try {
    Intl.getCanonicalLocales(language)
  } catch {
    throw ruleBroken(
      'unknown-language',
      '/language',
      `'${language}' is no language tag such as 'en' or 'pt-BR'.`,
    )
  }
}

/** Stock values, document rates and balances are in the company currency: changing it would change them all. */
async function refuseCurrency(tx: Transaction, companyId: string, currency: string): Promise<void> {
  tx.write(keepDocumentsOut, { companyId })
  const found = await tx.maybe(currencyUse, { companyId, currency })
  if (found === null) {
    throw ruleBroken(
      'unknown-currency',
      '/currency',
      `${currency} is not among the company's currencies. Add it under Settings > Currencies first.`,
    )
  }
  if (found.usedBy === null) return
  throw conflict(
    'currency-in-use',
    `The company currency cannot change any more: there are ${found.usedBy} in or valued by the present one. Make another company for ${currency}.`,
    { usedBy: found.usedBy },
  )
}

/** Waits for documents on their way in, whose rows refer to the company, and lets no new ones begin. */
const keepDocumentsOut = statement(
  'keep_documents_out',
  { id: 'uuid' },
  (p: { companyId: string }) =>
    sql`select company_id as id from companies where company_id = ${p.companyId} for update`,
)

const currencyUse = statement(
  'company_currency_use',
  { usedBy: 'text?' },
  (p: { companyId: string; currency: string }) => sql`
    select case
      when exists (select from orders where company_id = ${p.companyId}) then 'orders'
      when exists (select from invoices where company_id = ${p.companyId}) then 'invoices'
      when exists (select from payments where company_id = ${p.companyId}) then 'payments'
      when exists (select from shipments where company_id = ${p.companyId}) then 'shipments'
      when exists (select from exchange_rates where company_id = ${p.companyId}) then 'exchange rates'
      end as used_by
    from currencies where company_id = ${p.companyId} and code = ${p.currency}`,
)

const columns = `slug, name, currency, time_zone, country, language, tax_number, address, tax_rounding,
  prices_include_tax, back_orders, sales_tolerance_percent, purchase_tolerance_percent, overpayment,
  reservation_minutes, payment_term_days, match_price_tolerance_percent, match_quantity_tolerance_percent,
  require_second_factor`

const updateCompany = statement(
  'update_company',
  {},
  (p: { companyId: string; row: Settings }) => sql`
    update companies c set (${raw(columns)}, version) = (select ${raw(columns)}, c.version + 1
      from json_populate_record(null::companies, (${rowsParameter([p.row])}::json)->0))
    where c.company_id = ${p.companyId}`,
)
