import { Keyset, type ListQuery, type Sort } from '../../kernel/keyset.ts'
import { notFound } from '../../kernel/problem.ts'
import { type Sql, dynamic, empty, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { DeliveryFilters } from './schema.ts'
import { selectWebhook, webhookColumns } from './webhook-row.ts'

const webhookSorts: Record<string, Sort> = {
  name: { column: sql`w.name`, type: 'text', notNull: true },
  id: { column: sql`w.id`, type: 'uuid', notNull: true },
}

export async function listWebhooks(tx: Transaction, companyId: string, query: ListQuery) {
  const keyset = new Keyset(query, webhookSorts, sql`w.id`, 'name')
  const rows = await tx.all(
    dynamic(
      { ...webhookColumns, cursorKey: 'text?' },
      sql`${selectWebhook}, ${keyset.key} from webhooks w
        where w.company_id = ${companyId} ${keyset.after} ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  return keyset.page(rows)
}

const deliveryColumns = {
  id: 'uuid',
  webhookId: 'uuid',
  eventId: 'uuid',
  type: 'text',
  objectKind: 'text',
  objectId: 'uuid',
  state: 'text',
  attempts: 'int',
  nextAt: 'timestamptz?',
  replay: 'bool',
  lastAt: 'timestamptz?',
  lastStatus: 'int?',
  lastError: 'text?',
  lastAnswer: 'text?',
  createdAt: 'timestamptz',
} as const

const selectDelivery: Sql = sql`
  select d.id, d.webhook_id, d.event_id, e.type, e.object_kind, d.object_id, d.state, d.attempts, d.next_at, d.replay,
    d.last_at, d.last_status, d.last_error, d.last_answer, d.created_at`
const fromDeliveries: Sql = sql`
  from webhook_deliveries d join events e on e.company_id = d.company_id and e.id = d.event_id`

const deliverySorts: Record<string, Sort> = { id: { column: sql`d.id`, type: 'uuid', notNull: true } }

/** What was sent and what waits, the newest first. */
export async function listDeliveries(tx: Transaction, companyId: string, query: ListQuery & DeliveryFilters) {
  const keyset = new Keyset(query, deliverySorts, sql`d.id`, '-id')
  const rows = await tx.all(
    dynamic(
      { ...deliveryColumns, cursorKey: 'text?' },
      sql`${selectDelivery}, ${keyset.key} ${fromDeliveries}
        where d.company_id = ${companyId}
          ${query.webhookId === undefined ? empty : sql`and d.webhook_id = ${query.webhookId}::uuid`}
          ${query.eventId === undefined ? empty : sql`and d.event_id = ${query.eventId}::uuid`}
          ${query.state === undefined ? empty : sql`and d.state = ${query.state}`}
          ${keyset.after} ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  return keyset.page(rows)
}

const loadRow = statement(
  'load_webhook_delivery',
  deliveryColumns,
  (p: { companyId: string; id: string }) =>
    sql`${selectDelivery} ${fromDeliveries} where d.company_id = ${p.companyId} and d.id = ${p.id}`,
)

/** @throws 404 */
export async function loadDelivery(tx: Transaction, companyId: string, id: string) {
  const delivery = await tx.maybe(loadRow, { companyId, id })
  if (delivery === null) throw notFound('delivery')
  return delivery
}
