import { Keyset, type ListQuery, type Sort } from '../../kernel/keyset.ts'
import { conflict, notFound } from '../../kernel/problem.ts'
import { type Row, type Sql, dynamic, empty, json, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { Result, RunFilters } from './schema.ts'

const columns = {
  id: 'uuid',
  ruleId: 'uuid',
  rule: 'text',
  eventId: 'uuid?',
  eventType: 'text?',
  objectKind: 'text',
  objectId: 'uuid',
  objectNumber: 'text?',
  state: 'text',
  reason: 'text?',
  results: json<Result[]>(),
  attempts: 'int',
  nextAt: 'timestamptz?',
  createdAt: 'timestamptz',
  endedAt: 'timestamptz?',
} as const
export type Run = Row<typeof columns>

/** In the order of `columns`, of `rule_runs x`. */
const selectRun: Sql = sql`
  select x.id, x.rule_id, r.name as rule, x.event_id, e.type as event_type, x.object_kind, x.object_id,
    (select d.number from documents d where d.company_id = x.company_id and d.id = x.object_id limit 1) as object_number,
    x.state, x.reason, x.results, x.attempts, x.next_at, x.created_at, x.ended_at`
const fromRuns: Sql = sql`
  from rule_runs x join rules r on r.company_id = x.company_id and r.id = x.rule_id
    left join events e on e.company_id = x.company_id and e.id = x.event_id`

const sorts: Record<string, Sort> = {
  createdAt: { column: sql`x.created_at`, type: 'timestamptz', notNull: true },
}

/** The log: what rules did, and why they did nothing. */
export async function listRuns(tx: Transaction, companyId: string, query: ListQuery & RunFilters) {
  const keyset = new Keyset(query, sorts, sql`x.id`, '-createdAt')
  const rows = await tx.all(
    dynamic(
      { ...columns, cursorKey: 'text?' },
      sql`${selectRun}, ${keyset.key} ${fromRuns}
        where x.company_id = ${companyId}
          ${query.ruleId === undefined ? empty : sql`and x.rule_id = ${query.ruleId}::uuid`}
          ${query.objectId === undefined ? empty : sql`and x.object_id = ${query.objectId}::uuid`}
          ${query.state === undefined ? empty : sql`and x.state = ${query.state}`}
          ${keyset.after} ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  return keyset.page(rows)
}

interface Key {
  companyId: string
  id: string
}
const loadRow = statement(
  'load_rule_run',
  columns,
  (p: Key) => sql`${selectRun} ${fromRuns} where x.company_id = ${p.companyId} and x.id = ${p.id}`,
)

/** @throws 404 */
export async function loadRun(tx: Transaction, companyId: string, id: string): Promise<Run> {
  const run = await tx.maybe(loadRow, { companyId, id })
  if (run === null) throw notFound('run')
  return run
}

const againRow = statement(
  'run_rule_again',
  { id: 'uuid' },
  (p: Key & { now: Date }) => sql`
    update rule_runs set state = 'waiting', next_at = ${p.now}::timestamptz, ended_at = null, attempts = 0
    where company_id = ${p.companyId} and id = ${p.id} and state = 'failed' returning id`,
)

/** Runs once more what failed, when its cause is gone. @throws 409 for one that did not fail */
export async function runAgain(tx: Transaction, companyId: string, id: string, now: Date): Promise<void> {
  const run = await loadRun(tx, companyId, id)
  if ((await tx.maybe(againRow, { companyId, id, now })) === null)
    throw conflict('not-failed', `Only a run that failed is tried again; this one is ${run.state}.`)
}

/** Days that is kept why nothing was done, and what was done. */
const kept = { skipped: 30, ended: 365 }

const purge = statement(
  'purge_rule_runs',
  {},
  (p: { companyId: string; skippedBefore: Date; endedBefore: Date }) => sql`
    delete from rule_runs x using rules r
    where x.company_id = ${p.companyId} and r.company_id = x.company_id and r.id = x.rule_id
      and ((x.state = 'skipped' and x.event_id is not null and x.created_at < ${p.skippedBefore}::timestamptz)
        or (x.state <> 'waiting' and x.event_id is not null and x.created_at < ${p.endedBefore}::timestamptz))`,
)

const purgeNotices = statement(
  'purge_notices',
  {},
  (p: { companyId: string; before: Date }) => sql`
    delete from notices where company_id = ${p.companyId} and read_at < ${p.before}::timestamptz`,
)

/**
 * Deletes old entries of the log, and notices that were read a year ago. What was found at a look stays: the
 * rule would run for it again.
 */
export function purgeRuns(tx: Transaction, companyId: string, moment: Date): void {
  const daysAgo = (days: number): Date => new Date(moment.getTime() - days * 86_400_000)
  tx.write(purge, { companyId, skippedBefore: daysAgo(kept.skipped), endedBefore: daysAgo(kept.ended) })
  tx.write(purgeNotices, { companyId, before: daysAgo(kept.ended) })
}
