import { RateBody, setRate } from '../../catalogue/index.ts'
import { strictSchema } from '../../http/strict-schema.ts'
import { Check } from '../../http/validation.ts'
import type { Company } from '../../kernel/context.ts'
import { type Decimal, decimal, one, round, zero } from '../../kernel/decimal.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Format } from '../files/format.ts'
import { readDate, readNumber } from '../files/values.ts'
import type { Field, Importer, Outcome, Spread } from './importer.ts'
import { asFaults, forRecord } from './records.ts'

const fields: readonly Field[] = [
  { name: 'date', title: 'Date', type: 'date', required: true, names: ['Day', 'Data'] },
  { name: 'currency', title: 'Currency', type: 'text', required: true, names: ['Code', 'Waluta'] },
  {
    name: 'rate',
    title: 'Rate',
    type: 'decimal',
    required: true,
    names: ['Exchange rate', 'Kurs'],
    description: 'Company currency for one unit of the currency.',
  },
  { name: 'source', title: 'Source', type: 'text' },
]

const findKnown = statement(
  'find_rates_of_import',
  { currency: 'text', date: 'date', rate: 'numeric' },
  (p: { companyId: string; currencies: readonly string[]; dates: readonly string[] }) => sql`
    select currency, date, rate from exchange_rates
    where company_id = ${p.companyId} and currency = any(${p.currencies}::text[]) and date = any(${p.dates}::date[])`,
)

const findCurrencyCodes = statement(
  'find_currencies_of_import',
  { code: 'text' },
  (p: { companyId: string }) => sql`select code from currencies where company_id = ${p.companyId}`,
)

const check = new Check(strictSchema(RateBody), 'body')

/** Exchange rates: a row for each, or the tables of the European Central Bank and the National Bank of Poland. */
export const exchangeRateImporter: Importer = {
  what: 'exchange-rates',
  title: 'exchange rates',
  permission: 'exchange-rates:write',
  fields,
  key: ['date', 'currency'],
  spread: spreadTable,
  async save(tx, ctx, records) {
    const companyId = ctx.company.id
    const rows = records.map((record) => record.rows[0])
    const all = (name: string): string[] => [...new Set(rows.map((row) => String(row.values[name])))]
    const [rates, codes] = await Promise.all([
      tx.all(findKnown, { companyId, currencies: all('currency'), dates: all('date') }),
      tx.all(findCurrencyCodes, { companyId }),
    ])
    const known = new Map(rates.map(({ currency, date, rate }) => [`${currency} ${date}`, rate]))
    const kept = new Set(codes.map(({ code }) => code))
    const writes: Promise<unknown>[] = []
    const outcomes = rows.map((row, index): Outcome => {
      const { currency, date, rate, source } = row.values
      const input = { currency, date, rate: rate ?? '', ...(source != null && { source }) }
      const problems = check.faults(input)
      if (problems.length > 0) return { faults: asFaults(row, problems) }
      if (!kept.has(String(currency)) || currency === ctx.company.currency) return 'ignored'
      if (!decimal(String(rate)).gt(zero)) {
        return { faults: [{ line: row.line, field: 'rate', message: 'is not above 0' }] }
      }
      const before = known.get(`${String(currency)} ${String(date)}`)
      if (before?.eq(decimal(String(rate)))) return 'same'
      writes.push(forRecord(index, () => setRate(tx, ctx, input as never)))
      return before === undefined ? 'new' : 'changed'
    })
    await Promise.all(writes)
    return outcomes
  },
}

/** Decimals that a rate keeps. */
const rateDigits = 10

/**
 * A table with a day in each row and a currency in each column. In that of the ECB a cell says how much of the currency
 * one euro is; in that of the NBP, whose columns begin with a number (`100JPY`), how many złoty that many units are.
 */
function spreadTable(columns: readonly string[], format: Format, company: Company): Spread | null {
  const currencies = columns.flatMap((column, index) => {
    const found = /^(\d*)([A-Z]{3})$/.exec(column)
    return found === null ? [] : [{ index, units: found[1]!, code: found[2]! }]
  })
  if (currencies.length < 3 || !/^(date|data)$/i.test(columns[0] ?? '')) return null
  const polish = currencies.every(({ units }) => units !== '')
  const base = polish ? 'PLN' : 'EUR'
  const source = polish ? 'NBP' : 'ECB'
  return {
    columns: ['date', 'currency', 'rate', 'source'],
    rows({ line, cells }) {
      const [day = ''] = cells
      // Names of the currencies below the codes, and numbers of units at the foot.
      if (readDate(day, format.dateOrder) === null) return []
      const worth = new Map<string, Decimal>([[base, one]])
      for (const { index, units, code } of currencies) {
        const text = readNumber(cells[index] ?? '', format.decimalSign)
        const value = text === null ? zero : decimal(text)
        if (!value.gt(zero)) continue
        worth.set(code, polish ? value.div(decimal(units)) : one.div(value))
      }
      const own = worth.get(company.currency)
      if (own === undefined) return []
      return [...worth].flatMap(([code, value]) => {
        if (code === company.currency) return []
        const rate = round(value.div(own), rateDigits).toFixed().replace('.', format.decimalSign)
        return [{ line, cells: [day, code, rate, source] }]
      })
    },
  }
}
