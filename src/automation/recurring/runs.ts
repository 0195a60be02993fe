import type { Context } from '../../kernel/context.ts'
import { allowAlso } from '../../http/access.ts'
import { Keyset, type ListQuery, type Sort } from '../../kernel/keyset.ts'
import { conflict, notFound } from '../../kernel/problem.ts'
import { dynamic, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { permissionFor } from '../../kinds.ts'
import type { RecurringKind } from './schema.ts'

const columns = {
  id: 'uuid',
  scheduleId: 'uuid',
  date: 'date',
  state: 'text',
  reason: 'text?',
  documentId: 'uuid?',
  documentNumber: 'text?',
  attempts: 'int',
  nextAt: 'timestamptz?',
  endedAt: 'timestamptz?',
} as const
const select = sql`
  select r.id, r.schedule_id, r.date, r.state, r.reason, r.document_id,
    (select d.number from documents d where d.company_id = r.company_id and d.id = r.document_id limit 1) as document_number,
    r.attempts, r.next_at, r.ended_at`

const sorts: Record<string, Sort> = { date: { column: sql`r.date`, type: 'date', notNull: true } }
type State = 'waiting' | 'made' | 'failed' | 'skipped'

/** The log of one schedule. The caller has looked whether it may be seen. */
export async function listRuns(tx: Transaction, companyId: string, scheduleId: string, query: ListQuery) {
  const keyset = new Keyset(query, sorts, sql`r.id`, '-date')
  const rows = await tx.all(
    dynamic(
      { ...columns, cursorKey: 'text?' },
      sql`${select}, ${keyset.key} from recurring_runs r
        where r.company_id = ${companyId} and r.schedule_id = ${scheduleId}::uuid
        ${keyset.after} ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  const page = keyset.page(rows)
  return { ...page, items: page.items.map((row) => ({ ...row, state: row.state as State })) }
}

const kindOfRun = statement(
  'kind_of_recurring_run',
  { kind: 'text' },
  (p: { companyId: string; id: string }) => sql`
    select s.kind from recurring_runs r join recurring_schedules s on s.company_id = r.company_id and s.id = r.schedule_id
    where r.company_id = ${p.companyId} and r.id = ${p.id}`,
)
const retry = statement(
  'retry_recurring_run',
  { id: 'uuid' },
  (p: { companyId: string; id: string; now: Date }) => sql`
    update recurring_runs set state = 'waiting', next_at = ${p.now}::timestamptz, ended_at = null, attempts = 0
    where company_id = ${p.companyId} and id = ${p.id}
      and (state = 'failed' or state = 'waiting' and next_at > ${p.now}::timestamptz)
    returning id`,
)

/** Tries at once what failed or waits to be tried again. @throws 404, 409 */
export async function tryAgain(tx: Transaction, ctx: Context, id: string): Promise<void> {
  const companyId = ctx.company.id
  const run = await tx.maybe(kindOfRun, { companyId, id })
  if (run === null || !ctx.permissions.has(permissionFor(run.kind as RecurringKind, 'read')))
    throw notFound('date of a schedule')
  allowAlso(ctx, permissionFor(run.kind as RecurringKind, 'write'))
  if ((await tx.maybe(retry, { companyId, id, now: ctx.now })) === null)
    throw conflict('not-failed', 'Only what failed is tried again.')
}

/** @throws 404 */
export async function loadRun(tx: Transaction, companyId: string, id: string) {
  const row = await tx.maybe(
    dynamic(
      columns,
      sql`${select} from recurring_runs r where r.company_id = ${companyId} and r.id = ${id}::uuid`,
    ),
    undefined,
  )
  if (row === null) throw notFound('date of a schedule')
  return { ...row, state: row.state as State }
}
