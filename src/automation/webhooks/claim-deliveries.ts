import { json, sql, statement, type Row } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

/** Sent at once, for one company. */
const most = 20
/** So long (ms) nobody else sends what was claimed: longer than any attempt takes. */
const lease = 60_000

const columns = {
  id: 'uuid',
  attempts: 'int',
  webhookId: 'uuid',
  url: 'text',
  internalAllowed: 'bool',
  secret: 'text',
  formerSecret: 'text?',
  eventId: 'uuid',
  at: 'timestamptz',
  actorType: 'text',
  actorId: 'text',
  actorName: 'text',
  type: 'text',
  objectKind: 'text',
  objectId: 'uuid',
  objectNumber: 'text?',
  before: json<object | null>(),
  after: json<object | null>(),
  reason: 'text?',
} as const
export type Claimed = Row<typeof columns>

const claimRows = statement(
  'claim_webhook_deliveries',
  columns,
  (p: { companyId: string; now: Date; until: Date }) => sql`
    with due as (
      select d.id from webhook_deliveries d
        join webhooks w on w.company_id = d.company_id and w.id = d.webhook_id and w.active
      where d.company_id = ${p.companyId} and d.state = 'waiting' and d.next_at <= ${p.now}::timestamptz
        and not exists (select from webhook_deliveries earlier
          where earlier.company_id = d.company_id and earlier.webhook_id = d.webhook_id
            and earlier.object_id = d.object_id and earlier.state = 'waiting' and earlier.event_id < d.event_id)
      order by d.event_id limit ${most} for update of d skip locked),
    claimed as (
      update webhook_deliveries d
      set attempts = d.attempts + 1, next_at = ${p.until}::timestamptz, last_at = ${p.now}::timestamptz
      from due where d.company_id = ${p.companyId} and d.id = due.id
      returning d.id, d.attempts, d.webhook_id, d.event_id)
    select c.id, c.attempts, c.webhook_id, w.url, w.internal_allowed, w.secret,
      case when w.former_secret_until > ${p.now}::timestamptz then w.former_secret end as former_secret,
      e.id as event_id, e.at, e.actor_type, e.actor_id, e.actor_name, e.type, e.object_kind, e.object_id,
      (select n.number from documents n where n.company_id = e.company_id and n.id = e.object_id limit 1) as object_number,
      e.before, e.after, e.reason
    from claimed c
      join webhooks w on w.company_id = ${p.companyId} and w.id = c.webhook_id
      join events e on e.company_id = ${p.companyId} and e.id = c.event_id
    order by e.id`,
)

/**
 * Takes what is due and may be sent: a delivery waits while an earlier one of the same document waits for the
 * same receiver. Should this process die, another sends it when the lease is over.
 */
export function claimDeliveries(tx: Transaction, companyId: string, now: Date): Promise<Claimed[]> {
  return tx.all(claimRows, { companyId, now, until: new Date(now.getTime() + lease) })
}
