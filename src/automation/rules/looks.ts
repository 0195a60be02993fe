import { loadCompany } from '../../identity/index.ts'
import { now } from '../../kernel/clock.ts'
import type { Company, Context } from '../../kernel/context.ts'
import { dateIn } from '../../kernel/dates.ts'
import { newId } from '../../kernel/ids.ts'
import { insertInto, sql, statement, type Statement } from '../../kernel/sql.ts'
import { type Database, type Transaction, inTransaction } from '../../kernel/transaction.ts'
import { asRule } from './as-rule.ts'
import { Unanswerable, holds, speaksOf } from '../../conditions/index.ts'
import { findVendorsToOrderFrom } from '../../replenishment/index.ts'
import { readFacts } from './facts.ts'
import type { LookName } from './look-names.ts'
import { type Rule, ruleColumns, selectRule } from './rule-row.ts'

/** Documents that one look reads; those it has run for are not among them, so the next look gets further. */
const most = 500

interface At {
  companyId: string
  ruleId: string
  now: Date
  today: string
}
type Finder = Statement<At, { kind: string; id: string }>

const found = { kind: 'text', id: 'uuid' } as const
const notRunYet = (p: At) => sql`not exists (select from rule_runs run where run.company_id = ${p.companyId}
  and run.rule_id = ${p.ruleId}::uuid and run.object_id = d.id)`

const overdue = (kind: 'invoice' | 'bill'): Finder =>
  statement(
    `look_for_overdue_${kind}s`,
    found,
    (p: At) => sql`
    select d.kind, d.id from invoices d
    where d.company_id = ${p.companyId} and d.kind = ${kind} and d.state = 'posted' and d.settled < d.gross
      and d.due_date < ${p.today}::date and ${notRunYet(p)}
    order by d.due_date, d.id limit ${most}`,
  )

const late = (kind: 'sales-order' | 'purchase-order'): Finder =>
  statement(
    `look_for_late_${kind.replace('-', '_')}s`,
    found,
    (p: At) => sql`
    select d.kind, d.id from orders d
    where d.company_id = ${p.companyId} and d.kind = ${kind} and d.state = 'confirmed' and d.fulfilment <> 'full'
      and d.expected_date < ${p.today}::date and ${notRunYet(p)}
    order by d.expected_date, d.id limit ${most}`,
  )

/** By what a rule looks for: a statement that gives what there is and the rule has not run for yet. */
const finders: Readonly<Record<Exclude<LookName, 'purchase-proposals'>, Finder>> = {
  'overdue-invoices': overdue('invoice'),
  'overdue-bills': overdue('bill'),
  'late-sales-orders': late('sales-order'),
  'late-purchase-orders': late('purchase-order'),
  'ending-reservations': statement(
    'look_for_ending_reservations',
    found,
    (p: At) => sql`
    select 'stock-reservation' as kind, d.id from stock_reservations d
    where d.company_id = ${p.companyId} and d.state = 'active' and d.reserve_until > ${p.now}::timestamptz
      and ${notRunYet(p)}
    order by d.reserve_until, d.id limit ${most}`,
  ),
  // The lowest first. Stock goes down again and again, so this one is looked at anew each day.
  'low-stock': statement(
    'look_for_low_stock',
    found,
    (p: At) => sql`
    select 'product' as kind, d.id from products d
      join (select l.product_id, sum(l.on_hand + l.incoming - l.outgoing) as forecast from stock_levels l
        where l.company_id = ${p.companyId} group by l.product_id) level on level.product_id = d.id
    where d.company_id = ${p.companyId} and not d.archived and not exists (select from rule_runs run
      where run.company_id = ${p.companyId} and run.rule_id = ${p.ruleId}::uuid
        and run.occasion = 'look:' || d.id || ':' || ${p.today}::text)
    order by level.forecast, d.id limit ${most}`,
  ),
}

const lookedAtToday = statement(
  'vendors_that_were_looked_at_today',
  { id: 'uuid' },
  (p: At) => sql`
    select object_id as id from rule_runs where company_id = ${p.companyId} and rule_id = ${p.ruleId}::uuid
      and occasion = 'look:' || object_id || ':' || ${p.today}::text`,
)

/** Vendors of whom something should be bought now; each once a day. */
async function vendorsToOrderFrom(
  tx: Transaction,
  ctx: Context,
  at: At,
): Promise<{ kind: string; id: string }[]> {
  const [vendors, looked] = await Promise.all([findVendorsToOrderFrom(tx, ctx), tx.all(lookedAtToday, at)])
  const done = new Set(looked.map(({ id }) => id))
  return vendors.filter((id) => !done.has(id)).map((id) => ({ kind: 'party', id }))
}

/** What changes again and again is looked at anew each day. */
const daily: ReadonlySet<LookName> = new Set(['low-stock', 'purchase-proposals'])

const insertRuns = insertInto('rule_runs', [
  'companyId',
  'id',
  'ruleId',
  'occasion',
  'objectKind',
  'objectId',
  'position',
  'chain',
  'nextAt',
  'createdAt',
  'state',
  'results',
  'attempts',
])

const companiesThatLook = statement(
  'companies_with_looking_rules',
  { companyId: 'uuid' },
  (_: object) => sql`select c as company_id from companies_with_looking_rules() c`,
)

// Whoever comes second waits for the first and finds that it has been looked already.
const claimLooks = statement(
  'claim_looks_of_rules',
  ruleColumns,
  (p: { companyId: string; now: Date; hourAgo: Date; midnight: string; timeZone: string }) => sql`
    with due as (
      update rules set looked_at = ${p.now}::timestamptz
      where company_id = ${p.companyId} and active and look is not null and (looked_at is null or case look_every
        when 'hour' then looked_at <= ${p.hourAgo}::timestamptz
        else (looked_at at time zone ${p.timeZone})::date < ${p.midnight}::date end)
      returning id)
    ${selectRule} from rules r join due on due.id = r.id where r.company_id = ${p.companyId} order by r.id`,
)

/** Lets the rules look that are due, and queues a run for each document that meets their condition. */
export async function lookForRules(db: Database): Promise<void> {
  const companies = await inTransaction(db, { companyId: null }, (tx) => tx.all(companiesThatLook, {}), {
    readOnly: true,
  })
  for (const { companyId } of companies) {
    const company = await loadCompany(db, companyId)
    if (company !== null) await inTransaction(db, { companyId }, (tx) => lookOfCompany(tx, company))
  }
}

async function lookOfCompany(tx: Transaction, company: Company): Promise<void> {
  const moment = now()
  const { id: companyId, timeZone } = company
  const rules = (await tx.all(claimLooks, {
    companyId,
    now: moment,
    hourAgo: new Date(moment.getTime() - 3_600_000),
    midnight: dateIn(timeZone, moment),
    timeZone,
  })) as Rule[]
  for (const rule of rules) {
    const rows = await findFor(tx, company, rule)
    if (rows.length === 0) continue
    tx.write(insertRuns, {
      rows: rows.map(({ kind, id, occasion }) => ({
        companyId,
        id: newId(),
        ruleId: rule.id,
        occasion,
        objectKind: kind,
        objectId: id,
        position: newId(),
        chain: [],
        nextAt: moment,
        createdAt: moment,
        state: 'waiting',
        results: [],
        attempts: 0,
      })),
    })
  }
}

/** What a rule finds at this moment. A document whose condition cannot be answered is found: its run says why. */
export async function findFor(
  tx: Transaction,
  company: Company,
  rule: Pick<Rule, 'id' | 'name' | 'role' | 'look' | 'condition'>,
): Promise<{ kind: string; id: string; occasion: string }[]> {
  const look = rule.look!
  const ctx = asRule(company, rule, newId())
  const at = { companyId: company.id, ruleId: rule.id, now: ctx.now, today: ctx.today }
  const met: { kind: string; id: string; occasion: string }[] = []
  const rows =
    look === 'purchase-proposals' ? await vendorsToOrderFrom(tx, ctx, at) : await tx.all(finders[look], at)
  for (const { kind, id } of rows) {
    const occasion = daily.has(look) ? `look:${id}:${ctx.today}` : `look:${id}`
    const about = { eventId: null, objectKind: kind, objectId: id }
    const { facts } = await readFacts(tx, ctx, about, (name) => speaksOf(rule.condition, name))
    let meets = true
    try {
      meets = holds(rule.condition, facts)
    } catch (error) {
      if (!(error instanceof Unanswerable)) throw error
    }
    if (meets) met.push({ kind, id, occasion })
  }
  return met
}
