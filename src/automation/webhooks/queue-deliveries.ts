import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

/** Events that one transaction takes out of the queue. */
const most = 500

const takeEvents = statement(
  'queue_webhook_deliveries',
  { taken: 'int' },
  (p: { companyId: string; now: Date }) => sql`
    with taken as (
      delete from event_queue q where q.company_id = ${p.companyId} and q.event_id = any(array(
        select event_id from event_queue where company_id = ${p.companyId} order by event_id limit ${most} for update))
      returning q.company_id, q.event_id),
    queued as (
      insert into webhook_deliveries (company_id, id, webhook_id, event_id, object_id, next_at, created_at)
      select e.company_id, uuidv7(), w.id, e.id, e.object_id, ${p.now}::timestamptz, ${p.now}::timestamptz
      from taken t
        join events e on e.company_id = t.company_id and e.id = t.event_id
        join webhooks w on w.company_id = e.company_id and w.active
      where exists (select from unnest(w.events) wanted
        where wanted = '*' or wanted = e.type or (wanted like '%.*' and starts_with(e.type, left(wanted, -1))))
      order by e.id
      on conflict do nothing)
    select count(*)::int as taken from taken`,
)

/**
 * Turns events of the queue into deliveries, one for every webhook that wants them. A second process that
 * comes along waits for the first and finds the queue empty, so that nothing is queued twice.
 * @returns whether there may be more
 */
export async function queueDeliveries(tx: Transaction, companyId: string, now: Date): Promise<boolean> {
  const { taken } = await tx.one(takeEvents, { companyId, now })
  return taken === most
}
