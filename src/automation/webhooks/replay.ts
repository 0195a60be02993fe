import type { Context } from '../../kernel/context.ts'
import { newId } from '../../kernel/ids.ts'
import { conflict } from '../../kernel/problem.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { loadDelivery } from './list-webhooks.ts'
import { loadWebhook } from './webhook-row.ts'

const copyDelivery = statement(
  'replay_webhook_delivery',
  {},
  (p: { companyId: string; id: string; copyId: string; now: Date }) => sql`
    insert into webhook_deliveries (company_id, id, webhook_id, event_id, object_id, next_at, replay, created_at)
    select company_id, ${p.copyId}::uuid, webhook_id, event_id, object_id, ${p.now}::timestamptz, true, ${p.now}::timestamptz
    from webhook_deliveries where company_id = ${p.companyId} and id = ${p.id}`,
)

const copyFailed = statement(
  'replay_failed_webhook_deliveries',
  { replayed: 'int' },
  (p: { companyId: string; webhookId: string; from: string; now: Date }) => sql`
    with replayed as (
      insert into webhook_deliveries (company_id, id, webhook_id, event_id, object_id, next_at, replay, created_at)
      select distinct on (d.event_id) d.company_id, uuidv7(), d.webhook_id, d.event_id, d.object_id,
        ${p.now}::timestamptz, true, ${p.now}::timestamptz
      from webhook_deliveries d
      where d.company_id = ${p.companyId} and d.webhook_id = ${p.webhookId} and d.state = 'failed'
        and d.created_at >= ${p.from}::timestamptz
        and not exists (select from webhook_deliveries other where other.company_id = d.company_id
          and other.webhook_id = d.webhook_id and other.event_id = d.event_id and other.state <> 'failed')
      order by d.event_id
      returning 1)
    select count(*)::int as replayed from replayed`,
)

/** Sends an event once more, under the same `webhook-id`. @returns the id of the new delivery */
export async function replayDelivery(tx: Transaction, ctx: Context, id: string): Promise<string> {
  const { state } = await loadDelivery(tx, ctx.company.id, id)
  if (state === 'waiting')
    throw conflict('still-waiting', 'This delivery waits to be sent; there is nothing to repeat yet.')
  const copyId = newId()
  tx.write(copyDelivery, { companyId: ctx.company.id, id, copyId, now: ctx.now })
  return copyId
}

/** Sends again what was given up since a moment, unless it was received meanwhile. @returns how many */
export async function replayFailed(
  tx: Transaction,
  ctx: Context,
  webhookId: string,
  from: string,
): Promise<number> {
  await loadWebhook(tx, ctx.company.id, webhookId)
  const { replayed } = await tx.one(copyFailed, { companyId: ctx.company.id, webhookId, from, now: ctx.now })
  return replayed
}
