import { databaseProblem } from '../../http/database-problems.ts'
import { companiesDue, loadCompany } from '../../identity/index.ts'
import { now } from '../../kernel/clock.ts'
import type { Company, Context } from '../../kernel/context.ts'
import { dateIn } from '../../kernel/dates.ts'
import { newId } from '../../kernel/ids.ts'
import { Problem } from '../../kernel/problem.ts'
import { insertInto, json, sql, statement } from '../../kernel/sql.ts'
import { type Database, type Transaction, inTransaction } from '../../kernel/transaction.ts'
import { kinds, permissionFor } from '../../kinds.ts'
import { askForApproval } from '../approvals/ask.ts'
import { tell, tellRole } from '../notices/tell.ts'
import { call } from '../rules/operations.ts'
import { dateAt } from './dates.ts'
import { lockDueSchedule } from './schedule-row.ts'
import type { RecurringKind } from './schema.ts'
import { type Template, bodyOn } from './template.ts'
import { failureText, leftOutText } from './words.ts'
import { advance } from './write-schedules.ts'

/** What failed is tried again after so many seconds; then a person decides. */
const pauses = [60, 600, 3600, 6 * 3600, 24 * 3600]
/** Dates of one schedule that one transaction takes on. */
const mostDates = 200

const companiesWithWork = statement(
  'companies_with_recurring_work',
  { companyId: 'uuid' },
  (p: { now: Date }) =>
    sql`select w as company_id from companies_with_recurring_work(${p.now}::timestamptz) w`,
)

const insertRuns = insertInto('recurring_runs', [
  'companyId',
  'scheduleId',
  'date',
  'id',
  'state',
  'reason',
  'attempts',
  'nextAt',
  'createdAt',
  'endedAt',
])

const claimRow = statement(
  'claim_recurring_run',
  {
    id: 'uuid',
    scheduleId: 'uuid',
    date: 'date',
    attempts: 'int',
    name: 'text',
    kind: 'text',
    template: json<Template>(),
    make: 'text',
    prices: 'text',
    role: 'text',
    createdByUser: 'text?',
  },
  (p: { companyId: string; now: Date }) => sql`
    with due as (
      select r.id from recurring_runs r
      where r.company_id = ${p.companyId} and r.state = 'waiting' and r.next_at <= ${p.now}::timestamptz
      order by r.date, r.schedule_id limit 1 for update skip locked)
    select r.id, r.schedule_id, r.date, r.attempts, s.name, s.kind, s.template, s.make, s.prices, s.role, s.created_by_user
    from due join recurring_runs r on r.company_id = ${p.companyId} and r.id = due.id
      join recurring_schedules s on s.company_id = r.company_id and s.id = r.schedule_id`,
)

const endRow = statement(
  'end_recurring_run',
  {},
  (p: {
    companyId: string
    id: string
    attempts: number
    state: string
    reason: string | null
    documentId: string | null
    nextAt: Date | null
    now: Date
  }) => sql`
    update recurring_runs set state = ${p.state}, reason = ${p.reason}, document_id = ${p.documentId}::uuid,
      attempts = attempts + 1, next_at = ${p.nextAt}::timestamptz,
      ended_at = case when ${p.nextAt}::timestamptz is null then ${p.now}::timestamptz end
    where company_id = ${p.companyId} and id = ${p.id} and state = 'waiting' and attempts = ${p.attempts}`,
)

interface Claimed {
  readonly id: string
  readonly scheduleId: string
  readonly date: string
  readonly attempts: number
  readonly name: string
  readonly kind: RecurringKind
  readonly template: Template
  readonly make: string
  readonly prices: string
  readonly role: string
  readonly createdByUser: string | null
}

/**
 * Makes the documents whose dates have come, of every company. Run every minute; whether it ran in time only
 * decides how soon, for what has come is found by its date.
 */
export async function makeRecurring(db: Database): Promise<void> {
  for (const companyId of await companiesDue(db, companiesWithWork)) {
    const company = await loadCompany(db, companyId)
    if (company === null) continue
    while (await inTransaction(db, { companyId }, (tx) => takeDates(tx, company)));
    while (await makeNext(db, company));
  }
}

/**
 * Writes down the dates of one schedule that have come, in the transaction that moves it on: a date is there
 * once, whoever comes second.
 * @returns false: there was none
 */
async function takeDates(tx: Transaction, company: Company): Promise<boolean> {
  const moment = now()
  const today = dateIn(company.timeZone, moment)
  const schedule = await lockDueSchedule(tx, company.id, today)
  if (schedule === null) return false
  const dates: string[] = []
  let { position } = schedule
  for (let date = dateAt(schedule, position); date !== null && date <= today && dates.length < mostDates;) {
    dates.push(date)
    date = dateAt(schedule, ++position)
  }
  const after = dateAt(schedule, position)
  // Where more dates have come than one transaction takes on, the last one is among the next.
  const isLast = (i: number): boolean => i === dates.length - 1 && (after === null || after > today)
  tx.write(insertRuns, {
    rows: dates.map((date, i) => {
      const left = schedule.missed === 'last' && !isLast(i)
      return {
        companyId: company.id,
        scheduleId: schedule.id,
        date,
        id: newId(),
        state: left ? 'skipped' : 'waiting',
        reason: left ? 'A later date has come as well, and only the last one is made.' : null,
        attempts: 0,
        nextAt: left ? null : moment,
        createdAt: moment,
        endedAt: left ? moment : null,
      }
    }),
  })
  advance(tx, company.id, schedule, position)
  return true
}

/**
 * Makes the next document. The row of its date stays locked to the end, and the document is committed together
 * with the mark that it is made: should this process die, nothing was made and another begins again.
 * @returns false: nothing is due
 */
async function makeNext(db: Database, company: Company): Promise<boolean> {
  const companyId = company.id
  let claimed: Claimed | null = null
  try {
    await inTransaction(db, { companyId }, async (tx) => {
      claimed = (await tx.maybe(claimRow, { companyId, now: now() })) as Claimed | null
      if (claimed !== null) await make(tx, asSchedule(company, claimed), claimed)
    })
  } catch (error) {
    if (claimed === null) throw error
    const failed: Claimed = claimed
    await inTransaction(db, { companyId }, (tx) =>
      noteFailure(tx, asSchedule(company, failed), failed, error),
    )
  }
  return claimed !== null
}

/** The schedule as the one who acts: it may do what it was made for, which its maker was allowed to. */
function asSchedule(company: Company, run: Claimed): Context {
  const moment = now()
  const { kind, make } = run
  const verbs = make === 'draft' ? (['read', 'write'] as const) : (['read', 'write', 'post'] as const)
  return {
    company,
    actor: { type: 'system', id: `schedule:${run.scheduleId}`, name: `schedule: ${run.name}` },
    role: run.role,
    permissions: new Set(verbs.map((verb) => permissionFor(kind, verb))),
    partyId: null,
    now: moment,
    today: dateIn(company.timeZone, moment),
    requestId: run.id,
  }
}

interface Made {
  readonly id: string
  readonly number: string | null
}

async function make(tx: Transaction, ctx: Context, run: Claimed): Promise<void> {
  const { kind, date } = run
  const { path, family } = kinds[kind]
  const body = bodyOn(run.template, kind, date, run.prices)
  const { id } = (await call(tx, ctx, 'POST', `/${path}`, body)) as Made
  const left =
    run.make === 'draft'
      ? null
      : await count(tx, ctx, run, `/${path}/${id}`, family === 'order' ? 'confirm' : 'post')
  if (left !== null) await tellMaker(tx, ctx, run, leftOutText(ctx, run.name, date, left))
  end(tx, ctx, run, { state: 'made', reason: left, documentId: id, nextAt: null })
}

/** Lets the document count and mails it. @returns what was left out and why; null: nothing */
async function count(
  tx: Transaction,
  ctx: Context,
  run: Claimed,
  address: string,
  action: 'confirm' | 'post',
): Promise<string | null> {
  try {
    await call(tx, ctx, 'POST', `${address}/${action}`)
  } catch (error) {
    // Refused before anything was written. A person decides; the draft waits for that.
    if (!(error instanceof Problem) || error.code !== 'needs-approval') throw error
    await askForApproval(tx, ctx, run.kind, address.split('/')[2]!, null, null)
    return 'It is a draft: it needs approval, which was asked for.'
  }
  if (run.make !== 'mail') return null
  try {
    await call(tx, ctx, 'POST', `${address}/send`, {})
    return null
  } catch (error) {
    // Refused before anything was written: there is no server, or nobody to write to.
    if (!(error instanceof Problem) || !unsendable.has(error.code)) throw error
    return `It was not mailed: ${error.message}`
  }
}

const unsendable = new Set(['no-mail-server', 'no-recipient'])

async function noteFailure(tx: Transaction, ctx: Context, run: Claimed, error: unknown): Promise<void> {
  const problem = error instanceof Problem ? error : databaseProblem(error)?.problem
  const reason = problem?.message ?? `A fault of the server: ${(error as Error).message}`
  const pause = pauses[run.attempts]
  const nextAt = pause === undefined ? null : new Date(now().getTime() + pause * 1000)
  end(tx, ctx, run, { state: nextAt === null ? 'failed' : 'waiting', reason, documentId: null, nextAt })
  // At first, and when it is given up.
  if (run.attempts === 0 || nextAt === null)
    await tellMaker(tx, ctx, run, failureText(ctx, run.name, run.date, reason, nextAt === null))
}

function end(
  tx: Transaction,
  ctx: Context,
  { id, attempts }: Claimed,
  ending: {
    readonly state: 'made' | 'failed' | 'waiting'
    readonly reason: string | null
    readonly documentId: string | null
    readonly nextAt: Date | null
  },
): void {
  const reason = ending.reason === null ? null : ending.reason.slice(0, 1000)
  tx.write(endRow, { companyId: ctx.company.id, id, attempts, ...ending, reason, now: now() })
}

/** Whoever made the schedule; everyone of the role, where that was no person or one who is not here any more. */
async function tellMaker(tx: Transaction, ctx: Context, run: Claimed, text: string): Promise<void> {
  const about = {
    ruleId: null,
    text,
    objectKind: 'recurring-schedule',
    objectId: run.scheduleId,
    role: run.role,
  }
  if (run.createdByUser !== null) {
    const { known } = await tell(tx, ctx, { ...about, to: 'user', userId: run.createdByUser })
    if (known > 0) return
  }
  await tellRole(tx, ctx, about)
}
