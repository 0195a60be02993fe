import { recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { escapeLike } from '../../kernel/fold.ts'
import { refuseStale } from '../../kernel/guards.ts'
import { notFound, ruleBroken } from '../../kernel/problem.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { aroundCounter, checkPattern, numberIn, seriesOf } from './series-pattern.ts'

/** Not against rows that refer to it: a document that takes its first number holds the counter meanwhile. */
const lockSeries = statement(
  'lock_number_series',
  { pattern: 'text', version: 'int' },
  (p: { companyId: string; kind: string }) =>
    sql`select pattern, version from number_series where company_id = ${p.companyId} and kind = ${p.kind} for no key update`,
)

const updateSeries = statement(
  'update_number_series',
  {},
  (p: { companyId: string; kind: string; pattern: string }) => sql`
    update number_series set pattern = ${p.pattern}, version = version + 1
    where company_id = ${p.companyId} and kind = ${p.kind}`,
)

/** Waits for documents that are taking a number of the series, and lets no others until the commit. */
const lockCounter = statement(
  'lock_number_counter',
  { nextNumber: 'bigint' },
  (p: { companyId: string; kind: string; series: string }) => sql`
    insert into number_counters as c (company_id, kind, series, next_number)
    values (${p.companyId}::uuid, ${p.kind}, ${p.series}, 1)
    on conflict (company_id, kind, series) do update set next_number = c.next_number
    returning c.next_number`,
)

const setCounter = statement(
  'set_number_counter',
  {},
  (p: { companyId: string; kind: string; series: string; nextNumber: number }) => sql`
    update number_counters set next_number = ${p.nextNumber}::bigint
    where company_id = ${p.companyId} and kind = ${p.kind} and series = ${p.series}`,
)

/** The highest counter among the numbers of a series that documents have, imported ones too. */
const highestNumber = statement(
  'highest_number_of_series',
  { highest: 'bigint?' },
  (p: { companyId: string; kind: string; before: string; after: string }) => sql`
    select max(counter::bigint) as highest
    from (select substring(number from length(${p.before}) + 1 for length(number) - length(${p.before}) - length(${p.after})) as counter
      from (select number, kind, company_id from documents union all select number, 'stock-count', company_id from counts) d
      where company_id = ${p.companyId} and kind = ${p.kind}
        and number like ${`${escapeLike(p.before)}%${escapeLike(p.after)}`}) numbers
    where counter ~ '^[0-9]{1,15}$'`,
)

export interface SeriesChanges {
  readonly pattern?: string | undefined
  readonly nextNumber?: number | undefined
}

/**
 * Changes how documents of a kind are numbered from now on. The next number can be any that no document
 * has yet and none higher has: numbers only go up.
 */
export async function changeSeries(
  tx: Transaction,
  ctx: Context,
  kind: string,
  changes: SeriesChanges,
  ifMatch: number | null,
): Promise<void> {
  const key = { companyId: ctx.company.id, kind }
  const row = await tx.maybe(lockSeries, key)
  if (row === null) throw notFound('number series')
  refuseStale(row.version, ifMatch)
  const pattern = changes.pattern?.trim() ?? row.pattern
  if (pattern !== row.pattern) checkPattern(pattern)
  const series = seriesOf(pattern, ctx.today)
  const [counter, { highest }] = await Promise.all([
    tx.one(lockCounter, { ...key, series }),
    tx.one(highestNumber, { ...key, ...aroundCounter(series) }),
  ])
  const lowest = (highest ?? 0) + 1
  // A pattern that documents had before, or were imported with, goes on behind them.
  const nextNumber = changes.nextNumber ?? Math.max(counter.nextNumber, lowest)
  if (nextNumber < lowest) {
    throw ruleBroken(
      'number-too-low',
      '/nextNumber',
      `${numberIn(series, highest!)} is in use, and numbers only go up: the next number of this series is ${lowest} or more.`,
      { lowest },
    )
  }
  if (pattern === row.pattern && nextNumber === counter.nextNumber) return
  tx.write(updateSeries, { ...key, pattern })
  tx.write(setCounter, { ...key, series, nextNumber })
  recordEvents(tx, ctx, [
    {
      type: 'number-series.changed',
      objectKind: 'number-series',
      objectId: ctx.company.id,
      before: { kind, pattern: row.pattern, nextNumber: counter.nextNumber },
      after: { kind, pattern, nextNumber },
    },
  ])
}
