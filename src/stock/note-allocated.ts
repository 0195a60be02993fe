import type { Context } from '../kernel/context.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'

const insertNotes = statement(
  'note_allocated_orders',
  {},
  (p: {
    companyId: string
    lines: readonly string[]
    now: Date
    actorType: string
    actorId: string
    actorName: string
    requestId: string
  }) => sql`
    insert into events (company_id, id, at, actor_type, actor_id, actor_name, type, object_kind, object_id, after, request_id)
    select ${p.companyId}::uuid, uuidv7(), ${p.now}::timestamptz, ${p.actorType}, ${p.actorId}, ${p.actorName},
      'sales-order.allocated', 'sales-order', held.order_id, jsonb_build_object('lines', held.lines), ${p.requestId}
    from (select l.order_id, jsonb_agg(l.id order by l.position) as lines from order_lines l
      where l.company_id = ${p.companyId} and l.id = any(${p.lines}::uuid[]) group by l.order_id) held
    order by held.order_id`,
)

/** Goods that came free went to orders that had waited: their history says so, and rules can tell their owners. */
export function noteAllocated(tx: Transaction, ctx: Context, lines: ReadonlySet<string>): void {
  if (lines.size === 0) return
  const { type: actorType, id: actorId, name: actorName } = ctx.actor
  const { now, requestId } = ctx
  tx.write(insertNotes, {
    companyId: ctx.company.id,
    lines: [...lines],
    now,
    actorType,
    actorId,
    actorName,
    requestId,
  })
}
