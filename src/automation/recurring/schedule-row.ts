import type { Context } from '../../kernel/context.ts'
import { Keyset, type ListQuery, type Sort } from '../../kernel/keyset.ts'
import { notFound } from '../../kernel/problem.ts'
import { type Row, type Sql, dynamic, join, json, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { decimal } from '../../kernel/decimal.ts'
import { permissionFor } from '../../kinds.ts'
import { type Rhythm, datesFrom } from './dates.ts'
import { type RecurringKind, type ScheduleFilters, recurringKinds } from './schema.ts'
import type { Template } from './template.ts'

const storedColumns = {
  id: 'uuid',
  name: 'text',
  kind: 'text',
  sourceId: 'uuid',
  partyId: 'uuid',
  template: json<Template>(),
  every: 'int',
  unit: 'text',
  day: 'int?',
  firstDate: 'date',
  lastDate: 'date?',
  times: 'int?',
  make: 'text',
  prices: 'text',
  missed: 'text',
  state: 'text',
  position: 'int',
  nextDate: 'date?',
  role: 'text',
  createdBy: 'text',
  createdByUser: 'text?',
  version: 'int',
  createdAt: 'timestamptz',
} as const
type Stored = Row<typeof storedColumns>

/** A schedule as it is kept. */
export interface Schedule extends Omit<Stored, 'kind' | 'unit'> {
  readonly kind: RecurringKind
  readonly unit: Rhythm['unit']
}

const fields = sql`s.id, s.name, s.kind, s.source_id, s.party_id, s.template, s.every, s.unit, s.day, s.first_date, s.last_date,
  s.times, s.make, s.prices, s.missed, s.state, s.position, s.next_date, s.role, s.created_by, s.created_by_user, s.version,
  s.created_at`

const lockRow = statement(
  'lock_recurring_schedule',
  storedColumns,
  (p: { companyId: string; id: string }) => sql`
    select ${fields} from recurring_schedules s where s.company_id = ${p.companyId} and s.id = ${p.id} for update`,
)

/** @throws 404, also where the caller may not see documents of its kind */
export async function lockSchedule(tx: Transaction, ctx: Context, id: string): Promise<Schedule> {
  const row = await tx.maybe(lockRow, { companyId: ctx.company.id, id })
  if (row === null || !ctx.permissions.has(permissionFor(row.kind as RecurringKind, 'read')))
    throw notFound('schedule')
  return row as Schedule
}

const lockDue = statement(
  'lock_due_recurring_schedule',
  storedColumns,
  (p: { companyId: string; today: string }) => sql`
    select ${fields} from recurring_schedules s
    where s.company_id = ${p.companyId} and s.state = 'active' and s.next_date <= ${p.today}::date
    order by s.next_date, s.id limit 1 for update skip locked`,
)

/** One whose next date has come, locked; null: there is none, or others have them in hand. */
export async function lockDueSchedule(
  tx: Transaction,
  companyId: string,
  today: string,
): Promise<Schedule | null> {
  return (await tx.maybe(lockDue, { companyId, today })) as Schedule | null
}

const shownColumns = {
  ...storedColumns,
  party: 'text?',
  sourceNumber: 'text?',
  made: 'int',
  problem: 'text?',
} as const
const select = sql`
  select ${fields}, p.name as party,
    (select d.number from documents d where d.company_id = s.company_id and d.id = s.source_id limit 1) as source_number,
    (select count(*)::int from recurring_runs r
      where r.company_id = s.company_id and r.schedule_id = s.id and r.state = 'made') as made,
    (select case when r.state = 'failed' or r.state = 'waiting' and r.attempts > 0 then r.reason end from recurring_runs r
      where r.company_id = s.company_id and r.schedule_id = s.id order by r.date desc limit 1) as problem`
const from = sql`from recurring_schedules s left join parties p on p.company_id = s.company_id and p.id = s.party_id`

const sorts: Record<string, Sort> = {
  nextDate: { column: sql`s.next_date`, type: 'date' },
  name: { column: sql`s.name`, type: 'text', notNull: true },
  id: { column: sql`s.id`, type: 'uuid', notNull: true },
}

function seen(ctx: Context): Sql {
  const kinds = recurringKinds.filter((kind) => ctx.permissions.has(permissionFor(kind, 'read')))
  return sql`s.company_id = ${ctx.company.id} and s.kind = any(${kinds}::text[])`
}

export async function listSchedules(tx: Transaction, ctx: Context, query: ListQuery & ScheduleFilters) {
  const keyset = new Keyset(query, sorts, sql`s.id`, 'nextDate')
  const { state, kind, sourceId, madeId } = query
  const parts = [seen(ctx)]
  if (state !== undefined) parts.push(sql`s.state = ${state}`)
  if (kind !== undefined) parts.push(sql`s.kind = ${kind}`)
  if (sourceId !== undefined) parts.push(sql`s.source_id = ${sourceId}::uuid`)
  if (madeId !== undefined)
    parts.push(sql`s.id in (select r.schedule_id from recurring_runs r
      where r.company_id = ${ctx.company.id} and r.document_id = ${madeId}::uuid)`)
  const rows = await tx.all(
    dynamic(
      { ...shownColumns, cursorKey: 'text?' },
      sql`${select}, ${keyset.key} ${from} where ${join(parts, ' and ')} ${keyset.after} ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  const page = keyset.page(rows)
  return { ...page, items: page.items.map(present) }
}

/** @throws 404 */
export async function loadSchedule(tx: Transaction, ctx: Context, id: string) {
  const row = await tx.maybe(
    dynamic(shownColumns, sql`${select} ${from} where ${seen(ctx)} and s.id = ${id}::uuid`),
    undefined,
  )
  if (row === null) throw notFound('schedule')
  return present(row)
}

/** So many of the next dates are shown. */
const shownDates = 6

function present(row: Row<typeof shownColumns>) {
  const { template, position, role: _, createdByUser: _user, ...shown } = row
  return {
    ...shown,
    kind: row.kind as RecurringKind,
    unit: row.unit as Rhythm['unit'],
    make: row.make as 'draft' | 'post' | 'mail',
    prices: row.prices as 'original' | 'current',
    missed: row.missed as 'each' | 'last',
    state: row.state as 'active' | 'paused' | 'ended',
    amount: decimal(template.gross),
    currency: template.currency,
    dates: row.nextDate === null ? [] : datesFrom(row as Stored as Rhythm, position, shownDates),
  }
}
