import { difference, recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import type { CalendarDate } from '../../kernel/dates.ts'
import { decimal, zero } from '../../kernel/decimal.ts'
import { refuseStale, tidyOptional } from '../../kernel/guards.ts'
import { newId } from '../../kernel/ids.ts'
import { notFound, ruleBroken } from '../../kernel/problem.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { updateRow } from '../../kernel/update-row.ts'
import { lockRateRow } from './list-rates.ts'
import type { RateChanges, RateInput } from './schema.ts'

const updateRate = updateRow('exchange_rates', ['rate', 'source'])

interface NewRate {
  companyId: string
  id: string
  currency: string
  date: CalendarDate
  rate: string
  source: string | null
  createdAt: Date
}

// `prior` sees the table as it was before this statement, whatever the insert did to it.
const upsertRate = statement(
  'upsert_exchange_rate',
  { id: 'uuid', priorRate: 'text?', priorSource: 'text?' },
  (p: NewRate) => sql`
    with prior as (
      select rate, source from exchange_rates
      where company_id = ${p.companyId} and currency = ${p.currency} and date = ${p.date}
    )
    insert into exchange_rates as r (company_id, id, currency, date, rate, source, created_at)
    values (${p.companyId}, ${p.id}, ${p.currency}, ${p.date}, ${p.rate}, ${p.source}, ${p.createdAt})
    on conflict (company_id, currency, date)
      do update set rate = excluded.rate, source = excluded.source, version = r.version + 1
    returning r.id, (select rate::text from prior) as prior_rate, (select source from prior) as prior_source`,
)

/**
 * Sets the rate of a currency on a date, in place of the one that stood there. Documents keep the rate
 * they were made with (R16).
 * @returns the id of the rate.
 */
export async function setRate(tx: Transaction, ctx: Context, input: RateInput): Promise<string> {
  if (input.currency === ctx.company.currency) {
    throw ruleBroken(
      'own-currency',
      '/currency',
      `${input.currency} is the currency of the company; its rate is always 1. Give the rate of another currency.`,
    )
  }
  const fields = {
    currency: input.currency,
    date: input.date,
    rate: positive(input.rate),
    source: tidyOptional(input.source),
  }
  const { id, priorRate, priorSource } = await tx.one(upsertRate, {
    companyId: ctx.company.id,
    id: newId(),
    ...fields,
    createdAt: ctx.now,
  })
  recordEvents(tx, ctx, [
    {
      type: priorRate === null ? 'exchange-rate.created' : 'exchange-rate.changed',
      objectKind: 'exchange-rate',
      objectId: id,
      before: priorRate === null ? null : { rate: priorRate, source: priorSource },
      after: fields,
    },
  ])
  return id
}

export async function changeRate(
  tx: Transaction,
  ctx: Context,
  id: string,
  changes: RateChanges,
  ifMatch: number | null,
): Promise<void> {
  const companyId = ctx.company.id
  const row = await tx.maybe(lockRateRow, { companyId, id })
  if (row === null) throw notFound('exchange rate')
  refuseStale(row.version, ifMatch)
  const before = { rate: row.rate, source: row.source }
  const merged = { ...before, ...changes }
  const after = { rate: positive(merged.rate), source: tidyOptional(merged.source) }
  const changed = difference(before, after)
  if (Object.keys(changed.after).length === 0) return
  tx.write(updateRate, { companyId, id, row: after })
  recordEvents(tx, ctx, [
    { type: 'exchange-rate.changed', objectKind: 'exchange-rate', objectId: id, ...changed },
  ])
}

/** Documents keep their rate, so nothing can be in the way. */
export async function deleteRate(
  tx: Transaction,
  ctx: Context,
  id: string,
  ifMatch: number | null,
): Promise<void> {
  const key = { companyId: ctx.company.id, id }
  const row = await tx.maybe(lockRateRow, key)
  if (row === null) throw notFound('exchange rate')
  refuseStale(row.version, ifMatch)
  tx.write(deleteRow, key)
  recordEvents(tx, ctx, [
    { type: 'exchange-rate.deleted', objectKind: 'exchange-rate', objectId: id, before: row },
  ])
}

const deleteRow = statement(
  'delete_exchange_rate',
  {},
  (p: { companyId: string; id: string }) =>
    sql`delete from exchange_rates where company_id = ${p.companyId} and id = ${p.id}`,
)

function positive(rate: string): string {
  if (decimal(rate).gt(zero)) return rate
  throw ruleBroken('rate-not-positive', '/rate', 'An exchange rate is above 0.')
}
