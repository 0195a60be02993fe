import { rowsParameter, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { isoCurrencies } from './iso-currencies.ts'

/** Offered in pickers from the start; all others work too and can be offered by hand. */
const common = new Set([
  'AUD',
  'BRL',
  'CAD',
  'CHF',
  'CNY',
  'CZK',
  'DKK',
  'EUR',
  'GBP',
  'HUF',
  'INR',
  'JPY',
  'MXN',
  'NOK',
  'NZD',
  'PLN',
  'SEK',
  'SGD',
  'USD',
  'ZAR',
])

const insertMissing = statement(
  'insert_missing_currencies',
  {},
  (p: { rows: readonly object[] }) => sql`
    insert into currencies (company_id, code, name, minor_digits, cash_rounding, active)
    select company_id, code, name, minor_digits, cash_rounding, active
    from json_populate_recordset(null::currencies, ${rowsParameter(p.rows)}::json)
    on conflict do nothing`,
)

/** Gives a new company every currency of ISO 4217, so that a party or order in any of them just works. */
export function createCurrencies(tx: Transaction, companyId: string, ownCurrency: string): void {
  tx.write(insertMissing, {
    rows: isoCurrencies.map((currency) => ({
      companyId,
      ...currency,
      active: common.has(currency.code) || currency.code === ownCurrency,
    })),
  })
}
