import { type Sql, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'

/** Events that one transaction takes out of the queue. */
const most = 500
/** So many rules may set one another off, one after the other; a chain that is longer ends here. */
const longestChain = 5

/** How a run began that will not be made, as the log tells it. */
const ownDoing = 'This rule led to the event itself. A rule does not react to what it caused.'
const tooLong = `${longestChain} rules have set one another off already. The chain ends here.`

/** Whether a list of types, `sales-order.*` or `*` wants the event `e`. */
const wants = (events: Sql): Sql =>
  sql`exists (select from unnest(${events}) wanted
        where wanted = '*' or wanted = e.type or (wanted like '%.*' and starts_with(e.type, left(wanted, -1))))`

const takeEvents = statement(
  'distribute_events',
  { taken: 'int' },
  (p: { companyId: string; now: Date }) => sql`
    with taken as (
      delete from event_queue q where q.company_id = ${p.companyId} and q.event_id = any(array(
        select event_id from event_queue where company_id = ${p.companyId} order by event_id limit ${most} for update))
      returning q.company_id, q.event_id),
    happened as (
      select e.* from taken t join events e on e.company_id = t.company_id and e.id = t.event_id),
    deliveries as (
      insert into webhook_deliveries (company_id, id, webhook_id, event_id, object_id, next_at, created_at)
      select e.company_id, uuidv7(), w.id, e.id, e.object_id, ${p.now}::timestamptz, ${p.now}::timestamptz
      from happened e join webhooks w on w.company_id = e.company_id and w.active
      where ${wants(sql`w.events`)}
      order by e.id
      on conflict do nothing),
    begun as (
      select e.company_id, e.id as event_id, e.object_kind, e.object_id, r.id as rule_id,
        case when e.actor_type = 'system' and e.actor_id = 'rule:' || cause.rule_id
          then cause.chain || cause.rule_id else '{}'::uuid[] end as chain
      from happened e
        join rules r on r.company_id = e.company_id and r.active and r.look is null and r.approver is null
        left join rule_runs cause on cause.company_id = e.company_id and cause.id =
          case when e.actor_id like 'rule:%' then e.request_id::uuid end
      where ${wants(sql`r.events`)}),
    runs as (
      insert into rule_runs (company_id, id, rule_id, occasion, event_id, object_kind, object_id, position, chain,
        state, reason, next_at, created_at, ended_at)
      select begun.company_id, uuidv7(), begun.rule_id, begun.event_id::text, begun.event_id, object_kind, object_id,
        begun.event_id, chain,
        case when refusal is null then 'waiting' else 'skipped' end, refusal,
        case when refusal is null then ${p.now}::timestamptz end, ${p.now}::timestamptz,
        case when refusal is not null then ${p.now}::timestamptz end
      from begun cross join lateral (select case
        when rule_id = any(chain) then ${ownDoing}
        when cardinality(chain) >= ${longestChain}::int then ${tooLong} end as refusal) decided
      order by begun.event_id, begun.rule_id
      on conflict do nothing)
    select count(*)::int as taken from taken`,
)

/**
 * Turns events of the queue into what shall come of them: a delivery for every webhook and a run of every rule
 * that wants them. A second process that comes along waits for the first and finds the queue empty, so that
 * nothing is queued twice.
 * @returns whether there may be more
 */
export async function distributeEvents(tx: Transaction, companyId: string, now: Date): Promise<boolean> {
  const { taken } = await tx.one(takeEvents, { companyId, now })
  return taken === most
}
