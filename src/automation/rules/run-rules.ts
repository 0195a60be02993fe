import { companiesDue, loadCompany } from '../../identity/index.ts'
import { now } from '../../kernel/clock.ts'
import type { Company } from '../../kernel/context.ts'
import { databaseProblem } from '../../http/database-problems.ts'
import { Problem } from '../../kernel/problem.ts'
import { type RepeatOptions, type Repeated, repeat } from '../../kernel/repeat.ts'
import { json, sql, statement } from '../../kernel/sql.ts'
import { type Database, type Transaction, inTransaction } from '../../kernel/transaction.ts'
import { distributeEvents } from '../distribute-events.ts'
import { asRule } from './as-rule.ts'
import { Unanswerable, holds, speaksOf } from '../../conditions/index.ts'
import { type Occasion, readFacts } from './facts.ts'
import { perform } from './perform.ts'
import type { Rule } from './rule-row.ts'
import type { Action, Result } from './schema.ts'

/** So often a run is tried that met a passing trouble, with these pauses (seconds) in between. */
const pauses = [2, 10, 60, 300]

const companiesWithWork = statement(
  'companies_with_rule_work',
  { companyId: 'uuid' },
  (p: { now: Date }) => sql`select w as company_id from companies_with_rule_work(${p.now}::timestamptz) w`,
)

const claimRow = statement(
  'claim_rule_run',
  {
    id: 'uuid',
    ruleId: 'uuid',
    eventId: 'uuid?',
    objectKind: 'text',
    objectId: 'uuid',
    attempts: 'int',
    name: 'text',
    active: 'bool',
    condition: 'text',
    actions: json<Action[]>(),
    role: 'text',
  },
  (p: { companyId: string; now: Date }) => sql`
    with due as (
      select run.id from rule_runs run
      where run.company_id = ${p.companyId} and run.state = 'waiting' and run.next_at <= ${p.now}::timestamptz
        and not exists (select from rule_runs earlier
          where earlier.company_id = run.company_id and earlier.object_id = run.object_id and earlier.state = 'waiting'
            and (earlier.position, earlier.rule_id) < (run.position, run.rule_id))
      order by run.position, run.rule_id limit 1 for update skip locked)
    select run.id, run.rule_id, run.event_id, run.object_kind, run.object_id, run.attempts,
      r.name, r.active, r.condition, r.actions, r.role
    from due join rule_runs run on run.company_id = ${p.companyId} and run.id = due.id
      join rules r on r.company_id = run.company_id and r.id = run.rule_id`,
)

const endRow = statement(
  'end_rule_run',
  {},
  (p: {
    companyId: string
    id: string
    attempts: number
    state: string
    reason: string
    results: string
    nextAt: Date | null
    now: Date
  }) => sql`
    update rule_runs set state = ${p.state}, reason = ${p.reason}, results = ${p.results}::jsonb, attempts = attempts + 1,
      next_at = ${p.nextAt}::timestamptz, ended_at = case when ${p.nextAt}::timestamptz is null then ${p.now}::timestamptz end
    where company_id = ${p.companyId} and id = ${p.id} and state = 'waiting' and attempts = ${p.attempts}`,
)

interface Claimed extends Occasion {
  readonly id: string
  readonly ruleId: string
  readonly attempts: number
  readonly name: string
  readonly active: boolean
  readonly condition: string
  readonly actions: readonly Action[]
  readonly role: string
}

interface Ending {
  readonly state: 'done' | 'skipped' | 'failed' | 'waiting'
  readonly reason: string
  readonly results: readonly Result[]
  readonly nextAt: Date | null
}

function end(tx: Transaction, companyId: string, claimed: Claimed, ending: Ending): void {
  const { id, attempts } = claimed
  const reason = ending.reason.slice(0, 1000)
  tx.write(endRow, {
    companyId,
    id,
    attempts,
    ...ending,
    reason,
    results: JSON.stringify(ending.results),
    now: now(),
  })
}

/** Does what is due, of every company, until nothing is: what one rule does may set off another. */
export async function runRules(db: Database): Promise<void> {
  for (const companyId of await companiesDue(db, companiesWithWork)) await runOfCompany(db, companyId)
}

async function runOfCompany(db: Database, companyId: string): Promise<void> {
  const company = await loadCompany(db, companyId)
  if (company === null) return
  for (;;) {
    while (await inTransaction(db, { companyId }, (tx) => distributeEvents(tx, companyId, now())));
    if (!(await runNext(db, company))) return
  }
}

/**
 * Runs what comes next. The row of the run stays locked to the end, and what is done is committed together with
 * the mark that it is done: should this process die, nothing was done and another begins again.
 * @returns false: nothing is due
 */
async function runNext(db: Database, company: Company): Promise<boolean> {
  const companyId = company.id
  let claimed: Claimed | null = null
  try {
    await inTransaction(db, { companyId }, async (tx) => {
      claimed = await tx.maybe(claimRow, { companyId, now: now() })
      if (claimed !== null) end(tx, companyId, claimed, await decide(tx, company, claimed))
    })
  } catch (error) {
    if (claimed === null) throw error
    const failed: Claimed = claimed
    await inTransaction(db, { companyId }, async (tx) =>
      end(tx, companyId, failed, afterFailure(failed, error)),
    )
  }
  return claimed !== null
}

async function decide(tx: Transaction, company: Company, run: Claimed): Promise<Ending> {
  const rule = { id: run.ruleId, name: run.name, role: run.role as Rule['role'], actions: [...run.actions] }
  const over = { results: [], nextAt: null }
  if (!run.active) return { ...over, state: 'skipped', reason: 'The rule was switched off meanwhile.' }
  const ctx = asRule(company, rule, run.id)
  const speaks = `${run.condition} ${JSON.stringify(run.actions)}`
  const read = await readFacts(tx, ctx, run, (name) => speaksOf(speaks, name))
  const why =
    read.event === null ? 'Found when it looked by the clock' : `${read.event.type} by ${read.event.actor}`
  const said = run.condition.trim() === '' ? '' : `; ${run.condition}`
  if (!holds(run.condition, read.facts))
    return { ...over, state: 'skipped', reason: `${why}; the condition does not hold: ${run.condition}` }
  const results = await perform(tx, ctx, rule, run, read)
  return results.some((result) => result.done)
    ? { state: 'done', reason: `${why}${said}`, results, nextAt: null }
    : {
        state: 'skipped',
        reason: `${why}; ${results.map((result) => result.text).join(' ')}`,
        results,
        nextAt: null,
      }
}

/** What passes by itself is tried again; what was refused is written down, for a person to decide. */
function afterFailure(run: Claimed, error: unknown): Ending {
  const problem = error instanceof Problem ? error : databaseProblem(error)?.problem
  const results: Result[] = []
  if (error instanceof Unanswerable)
    return { state: 'failed', reason: `It could not be decided: ${error.message}`, results, nextAt: null }
  const pause = problem !== undefined && problem.status < 500 ? undefined : pauses[run.attempts]
  const reason = problem?.message ?? `A fault of the server: ${(error as Error).message}`
  return pause === undefined
    ? { state: 'failed', reason, results, nextAt: null }
    : { state: 'waiting', reason, results, nextAt: new Date(now().getTime() + pause * 1000) }
}

/** Runs rules from now on. Several processes share the work. */
export function startRules(db: Database, options: RepeatOptions = {}): Repeated {
  return repeat('rules', () => runRules(db), options)
}
