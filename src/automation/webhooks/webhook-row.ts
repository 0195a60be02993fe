import { notFound } from '../../kernel/problem.ts'
import { type Row, type Sql, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

/** A webhook as the API shows it, without its secrets. */
export const webhookColumns = {
  id: 'uuid',
  name: 'text',
  url: 'text',
  events: 'text[]',
  internalAllowed: 'bool',
  active: 'bool',
  pausedReason: 'text?',
  formerSecretUntil: 'timestamptz?',
  version: 'int',
  createdAt: 'timestamptz',
} as const
export type WebhookRow = Row<typeof webhookColumns>

/** In the order of `webhookColumns`, from `webhooks w`. */
export const selectWebhook: Sql = sql`
  select w.id, w.name, w.url, w.events, w.internal_allowed, w.active, w.paused_reason, w.former_secret_until, w.version,
    w.created_at`

interface Key {
  companyId: string
  id: string
}

const loadRow = statement(
  'load_webhook',
  webhookColumns,
  (p: Key) => sql`${selectWebhook} from webhooks w where w.company_id = ${p.companyId} and w.id = ${p.id}`,
)

const lockRow = statement(
  'lock_webhook',
  webhookColumns,
  (p: Key) =>
    sql`${selectWebhook} from webhooks w where w.company_id = ${p.companyId} and w.id = ${p.id} for update`,
)

/** @throws 404 */
export async function loadWebhook(tx: Transaction, companyId: string, id: string): Promise<WebhookRow> {
  const webhook = await tx.maybe(loadRow, { companyId, id })
  if (webhook === null) throw notFound('webhook')
  return webhook
}

/** @throws 404 */
export async function lockWebhook(tx: Transaction, companyId: string, id: string): Promise<WebhookRow> {
  const webhook = await tx.maybe(lockRow, { companyId, id })
  if (webhook === null) throw notFound('webhook')
  return webhook
}
