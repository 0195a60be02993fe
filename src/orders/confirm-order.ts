import { findRulesBefore, refuseUnapproved } from '../approvals/index.ts'
import { inUnit } from '../catalogue/index.ts'
import { refuseStale } from '../kernel/guards.ts'
import type { Context } from '../kernel/context.ts'
import { type Decimal, max, min, zero } from '../kernel/decimal.ts'
import { Problem, conflict, notFound } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import { type ReadBack, type Transaction, awaitedLater, readBack } from '../kernel/transaction.ts'
import { recordEvents } from '../journal/events.ts'
import { takeNumber } from '../journal/numbering.ts'
import { type OrderKind, describeOrder } from '../kinds.ts'
import { type StockState, loadStock, markOrdered, saveStock } from '../stock/index.ts'
import { presentOrder } from './present-order.ts'
import { type OrderLineRow, type OrderRow, lockOrder, selectOrderLines } from './records.ts'
import type { OrderOut } from './schemas.ts'
import { promiseReader } from './stock-of-order.ts'

const setConfirmed = statement(
  'confirm_order',
  { number: 'text?', fulfilment: 'text', version: 'int' },
  (p: { companyId: string; id: string; kind: string; date: string }) => sql`
    update orders o set state = 'confirmed', version = o.version + 1,
      number = ${takeNumber(p.companyId, p.kind, p.date)},
      fulfilment = order_fulfilment(o.company_id, o.id, 'confirmed')
    where o.company_id = ${p.companyId} and o.id = ${p.id}
    returning o.number, o.fulfilment, o.version`,
)

/**
 * Makes a draft a promise: a sales order holds its goods (or waits for them, where back orders are
 * allowed), a purchase order announces them. Two bursts to the database: lock and read, write and commit.
 */
export async function confirmOrder(
  tx: Transaction,
  ctx: Context,
  kind: OrderKind,
  id: string,
  ifMatch: number | null,
): Promise<ReadBack<OrderOut>> {
  const p = { companyId: ctx.company.id, id }
  const [order, before, lines, stock] = await Promise.all([
    tx.maybe(lockOrder, p),
    findRulesBefore(tx, ctx, kind),
    tx.all(selectOrderLines, p),
    loadStock(tx, ctx, promiseReader, id),
  ])
  const description = describeOrder(kind)
  if (!order || order.kind !== kind) throw notFound(description.title)
  refuseStale(order.version, ifMatch)
  if (order.state !== 'draft') {
    throw conflict(
      'wrong-state',
      `This ${description.title} is ${order.state} already${order.number ? ` as ${order.number}` : ''}.`,
    )
  }
  await refuseUnapproved(tx, ctx, before, () => presentOrder(tx, ctx, kind, id))
  if (description.promise === 'announce') {
    for (const line of lines)
      if (line.stocked) stock.announce(line.productId!, order.warehouseId, line.openQuantity)
  } else {
    promiseLines(ctx, order, lines, stock)
  }
  saveStock(tx, ctx, stock)
  if (order.reservationId !== null) {
    const taken = lines.flatMap((l) =>
      l.reservationLineId === null ? [] : [{ id: l.reservationLineId, quantity: l.openQuantity }],
    )
    markOrdered(tx, ctx, order.reservationId, id, taken)
  }
  recordEvents(tx, ctx, [
    {
      type: `${kind}.confirmed`,
      objectKind: kind,
      objectId: id,
      before: { state: 'draft' },
      after: { state: 'confirmed', gross: order.gross },
    },
  ])
  const confirmed = awaitedLater(
    tx
      .one(setConfirmed, { ...p, kind, date: order.date })
      .then((now) => ({ ...order, state: 'confirmed', ...now })),
  )
  const alone = order.reservationId === null
  return readBack(() =>
    presentOrder(tx, ctx, kind, id, { ...promisedOf(ctx, lines, stock), order: confirmed, lines, alone }),
  )
}

/**
 * What the lines hold, and from when on they can be served, which is today where nothing of them waits. Where
 * some does, the database says when it comes.
 */
function promisedOf(ctx: Context, lines: readonly OrderLineRow[], stock: StockState) {
  const own = new Set(lines.map((line) => line.id))
  const reserved = new Map<string, Decimal>()
  let waits = false
  for (const { sourceLineId, wanted, reserved: held } of stock.demands.values()) {
    if (!own.has(sourceLineId) || !wanted.gt(zero)) continue
    reserved.set(sourceLineId, (reserved.get(sourceLineId) ?? zero).plus(held))
    waits ||= held.lt(wanted)
  }
  // A draft's lines that are not open have no demand, so whatever has one is open.
  return waits
    ? { reserved }
    : { reserved, dates: new Map([...reserved.keys()].map((id) => [id, ctx.today])) }
}

/**
 * Holds goods for the lines of a sales order. A line that came from a reservation takes that hold over.
 * @throws 409 naming every line that is short, where back orders are refused.
 */
export function promiseLines(
  ctx: Context,
  order: OrderRow,
  lines: readonly OrderLineRow[],
  stock: StockState,
): void {
  const moved = new Map<string, { warehouseId: string; quantity: Decimal }[]>()
  for (const line of lines) moved.set(line.id, takeOver(order, line, stock))
  const short: { pointer: string; message: string; available: Decimal }[] = []
  const mayWait = (order.backOrders ?? ctx.company.backOrders) || order.allowNegative
  for (const [i, line] of lines.entries()) {
    if (!line.stocked || !line.openQuantity.gt(zero)) continue
    const promise = (warehouseId: string, wanted: Decimal) =>
      stock.want({
        sourceLineId: line.id,
        warehouseId,
        productId: line.productId!,
        type: 'order',
        wanted,
        priority: order.priority,
        dueOn: line.expectedDate ?? order.expectedDate ?? order.date,
        expiresAt: null,
        createdAt: ctx.now,
      })
    let rest = line.openQuantity
    for (const { warehouseId, quantity } of moved.get(line.id)!) {
      promise(warehouseId, quantity)
      rest = rest.minus(quantity)
    }
    if (!rest.gt(zero)) continue
    const before = max(stock.available(line.productId!, order.warehouseId), zero)
    const demand = promise(order.warehouseId, rest)
    if (demand.reserved.lt(demand.wanted) && !mayWait) {
      const available = inUnit(before, line).toFixed()
      short.push({
        pointer: `/lines/${i}/quantity`,
        message: `Only ${available} of ${line.sku} available in ${order.warehouseName}, ${inUnit(rest, line).toFixed()} needed.`,
        available: before,
      })
    }
  }
  const [first] = short
  if (!first) return
  const more = short.length > 1 ? ` (and ${short.length - 1} more lines are short)` : ''
  throw new Problem(
    409,
    'not-available',
    `${first.message}${more} Lower the quantity, or allow back orders on this order.`,
    {
      errors: short.map(({ pointer, message }) => ({ pointer, message })),
      facts: { available: first.available.toFixed() },
    },
  )
}

/**
 * Frees what a reservation held for a line, so that the line can hold it instead.
 * @returns what of it a transfer had taken to other warehouses: the line wants it from there.
 */
function takeOver(
  order: OrderRow,
  line: OrderLineRow,
  stock: StockState,
): { warehouseId: string; quantity: Decimal }[] {
  if (line.reservationLineId === null) return []
  const elsewhere: { warehouseId: string; quantity: Decimal }[] = []
  let left = line.openQuantity
  for (const held of stock.demandsOf(line.reservationLineId)) {
    const { warehouseId } = held
    const part = min(left, held.wanted)
    const quantity = min(part, held.reserved)
    stock.unhold(held, part)
    stock.lower(held, part)
    left = left.minus(part)
    if (warehouseId !== order.warehouseId && quantity.gt(zero)) elsewhere.push({ warehouseId, quantity })
  }
  return elsewhere
}
