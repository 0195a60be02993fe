import { difference, recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { decimal, zero } from '../../kernel/decimal.ts'
import { mostUsesCounted, refuseWhileUsed, tidy } from '../../kernel/guards.ts'
import { Problem, conflict, notFound, ruleBroken } from '../../kernel/problem.ts'
import { insertInto, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { isoCurrencies } from './iso-currencies.ts'
import { lockCurrencyRow } from './list-currencies.ts'
import type { CurrencyChanges, CurrencyInput } from './schema.ts'

const insertCurrencies = insertInto('currencies', [
  'companyId',
  'code',
  'name',
  'minorDigits',
  'cashRounding',
  'active',
])

/** A currency has a code and no id; its events stand at the company. */
const kind = 'currency'

/** Adds a currency; what is left out comes from ISO 4217. */
export function createCurrency(tx: Transaction, ctx: Context, input: CurrencyInput): void {
  const iso = isoCurrencies.find((currency) => currency.code === input.code)
  const name = input.name ?? iso?.name
  const minorDigits = input.minorDigits ?? iso?.minorDigits
  if (name === undefined || minorDigits === undefined) {
    const message = `${input.code} is not a currency of ISO 4217. Give its name and minorDigits to use it all the same.`
    throw ruleBroken('unknown-currency', '/code', message)
  }
  const fields = {
    code: input.code,
    name: tidy(name, '/name'),
    minorDigits,
    cashRounding: coin(input.cashRounding === undefined ? (iso?.cashRounding ?? null) : input.cashRounding),
    active: input.active ?? true,
  }
  tx.write(insertCurrencies, { rows: [{ companyId: ctx.company.id, ...fields }] })
  recordEvents(tx, ctx, [
    { type: 'currency.created', objectKind: kind, objectId: ctx.company.id, after: fields },
  ])
}

export async function changeCurrency(
  tx: Transaction,
  ctx: Context,
  code: string,
  changes: CurrencyChanges,
): Promise<void> {
  const companyId = ctx.company.id
  const row = await tx.maybe(lockCurrencyRow, { companyId, code })
  if (row === null) throw notFound('currency')
  const before = { name: row.name, cashRounding: row.cashRounding, active: row.active }
  const merged = { ...before, ...changes }
  const after = {
    name: tidy(merged.name, '/name'),
    cashRounding: coin(merged.cashRounding),
    active: merged.active,
  }
  if (!after.active && code === ctx.company.currency) {
    const message = `${code} is the currency of the company, so it stays active.`
    throw new Problem(409, 'company-currency', message, { errors: [{ pointer: '/active', message }] })
  }
  const changed = difference(before, after)
  if (Object.keys(changed.after).length === 0) return
  tx.write(updateCurrency, { companyId, code, ...after })
  recordEvents(tx, ctx, [
    {
      type: 'currency.changed',
      objectKind: kind,
      objectId: companyId,
      before: { code, ...changed.before },
      after: { code, ...changed.after },
    },
  ])
}

/** @throws 409 when it is the company's or anything is in it. */
export async function deleteCurrency(tx: Transaction, ctx: Context, code: string): Promise<void> {
  const key = { companyId: ctx.company.id, code }
  const [row, uses] = await Promise.all([tx.maybe(lockCurrencyRow, key), tx.all(findCurrencyUses, key)])
  if (row === null) throw notFound('currency')
  if (code === ctx.company.currency) {
    throw conflict('company-currency', `${code} is the currency of the company, so it cannot be deleted.`)
  }
  refuseWhileUsed('currency', uses, `Set active to false instead (PATCH /currencies/${code}).`)
  tx.write(deleteCurrencyRow, key)
  recordEvents(tx, ctx, [
    { type: 'currency.deleted', objectKind: kind, objectId: ctx.company.id, before: row },
  ])
}

function coin(value: string | null): string | null {
  if (value === null || !decimal(value).eq(zero)) return value
  throw ruleBroken(
    'no-coin',
    '/cashRounding',
    'The smallest coin is above 0; null means that cash is not rounded.',
  )
}

const updateCurrency = statement(
  'update_currency',
  {},
  (p: { companyId: string; code: string; name: string; cashRounding: string | null; active: boolean }) => sql`
    update currencies set name = ${p.name}, cash_rounding = ${p.cashRounding}::numeric, active = ${p.active}
    where company_id = ${p.companyId} and code = ${p.code}`,
)

const deleteCurrencyRow = statement(
  'delete_currency',
  {},
  (p: { companyId: string; code: string }) =>
    sql`delete from currencies where company_id = ${p.companyId} and code = ${p.code}`,
)

const findCurrencyUses = statement(
  'currency_uses',
  { kind: 'text', count: 'int' },
  (p: { companyId: string; code: string }) => sql`
    select kind, count(*)::int as count from (
      (select 'party' as kind from parties where company_id = ${p.companyId} and currency = ${p.code}
        limit ${mostUsesCounted + 1})
      union all
      (select 'price-book' from price_books where company_id = ${p.companyId} and currency = ${p.code}
        limit ${mostUsesCounted + 1})
      union all
      (select 'vendor-price' from product_vendors where company_id = ${p.companyId} and currency = ${p.code}
        limit ${mostUsesCounted + 1})
      union all
      (select 'exchange-rate' from exchange_rates where company_id = ${p.companyId} and currency = ${p.code}
        limit ${mostUsesCounted + 1})
      union all
      (select o.kind from orders o where o.company_id = ${p.companyId} and o.currency = ${p.code}
        limit ${mostUsesCounted + 1})
      union all
      (select i.kind from invoices i where i.company_id = ${p.companyId} and i.currency = ${p.code}
        limit ${mostUsesCounted + 1})
      union all
      (select 'payment' from payments where company_id = ${p.companyId} and currency = ${p.code}
        limit ${mostUsesCounted + 1})
    ) uses group by kind order by kind`,
)
