import { refuseStale } from '../kernel/guards.ts'
import type { Context } from '../kernel/context.ts'
import { min, zero } from '../kernel/decimal.ts'
import { conflict, notFound } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import { type ReadBack, type Transaction, readBack } from '../kernel/transaction.ts'
import { recordEvents } from '../journal/events.ts'
import { type OrderKind, describeOrder } from '../kinds.ts'
import { loadStock, saveStock } from '../stock/index.ts'
import { presentOrder, refusals } from './present-order.ts'
import { addProgress, lockOrder, refreshOrder, selectOrderLines } from './records.ts'
import type { OrderOut } from './schemas.ts'
import { releaseReader } from './stock-of-order.ts'

const setState = statement(
  'set_order_state',
  {},
  (p: { companyId: string; id: string; state: string }) => sql`
    update orders set state = ${p.state} where company_id = ${p.companyId} and id = ${p.id}`,
)

/**
 * Cancels or closes: what is not delivered or received yet is not expected any more, and what was held
 * for it is free again, no more than that (S03, S10). An order that has partly gone out becomes closed.
 */
export async function endOrder(
  tx: Transaction,
  ctx: Context,
  kind: OrderKind,
  id: string,
  how: 'cancel' | 'close',
  reason: string | null,
  ifMatch: number | null,
): Promise<ReadBack<OrderOut>> {
  const p = { companyId: ctx.company.id, id }
  const [order, lines, stock] = await Promise.all([
    tx.maybe(lockOrder, p),
    tx.all(selectOrderLines, p),
    loadStock(tx, ctx, releaseReader, id),
  ])
  const description = describeOrder(kind)
  if (!order || order.kind !== kind) throw notFound(description.title)
  refuseStale(order.version, ifMatch)
  const action = description.actions[how]!
  if (!action.from.includes(order.state)) {
    throw conflict(
      'wrong-state',
      `This ${description.title} is ${order.state}; it cannot be ${how === 'cancel' ? 'cancelled' : 'closed'}.`,
    )
  }
  const refusal = refusals(kind, lines)['cancel']
  if (how === 'cancel' && order.state === 'confirmed' && refusal)
    throw conflict('nothing-to-cancel', refusal.message)
  const started = lines.some((l) => l.shipped.gt(zero) || l.invoiced.gt(zero))
  const state = how === 'close' || (started && order.state === 'confirmed') ? 'closed' : 'cancelled'
  if (order.state === 'confirmed') {
    for (const line of lines) {
      if (!line.stocked) continue
      if (description.promise === 'announce')
        stock.announce(line.productId!, order.warehouseId, line.openQuantity.neg())
      const held = stock.demandsOf(line.id)
      for (const demand of held) stock.dropDemand(demand)
      for (const demand of held) stock.allocateWaiting(demand.productId, demand.warehouseId)
    }
    tx.write(addProgress, {
      companyId: ctx.company.id,
      rows: lines.map((line) => ({
        id: line.id,
        // A service that is not invoiced is not expected any more either.
        cancelled: line.stocked ? line.openQuantity : min(line.dueQuantity, line.baseQuantity),
      })),
    })
    saveStock(tx, ctx, stock)
  }
  tx.write(setState, { ...p, state })
  tx.write(refreshOrder, p)
  recordEvents(tx, ctx, [
    {
      type: `${kind}.${state}`,
      objectKind: kind,
      objectId: id,
      before: { state: order.state },
      after: { state },
      reason,
    },
  ])
  return readBack(() => presentOrder(tx, ctx, kind, id))
}
