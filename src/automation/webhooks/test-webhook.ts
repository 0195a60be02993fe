import { recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { newId } from '../../kernel/ids.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { lockWebhook } from './webhook-row.ts'

const queueTest = statement(
  'queue_webhook_test',
  {},
  (p: { companyId: string; id: string; webhookId: string; now: Date }) => sql`
    insert into webhook_deliveries (company_id, id, webhook_id, event_id, object_id, next_at, replay, created_at)
    select company_id, ${p.id}::uuid, ${p.webhookId}::uuid, id, object_id, ${p.now}::timestamptz, true, ${p.now}::timestamptz
    from events where company_id = ${p.companyId} and object_id = ${p.webhookId} order by id desc limit 1`,
)

/** Sends a test event to this webhook, whatever events it wants. @returns the id of the delivery */
export async function testWebhook(tx: Transaction, ctx: Context, webhookId: string): Promise<string> {
  const companyId = ctx.company.id
  await lockWebhook(tx, companyId, webhookId)
  recordEvents(tx, ctx, [{ type: 'webhook.tested', objectKind: 'webhook', objectId: webhookId }])
  const id = newId()
  tx.write(queueTest, { companyId, id, webhookId, now: ctx.now })
  return id
}
