import { inUnit } from '../catalogue/index.ts'
import { type Decimal, max, min, sum, zero } from '../kernel/decimal.ts'
import { partOf, roundMoney } from '../kernel/money.ts'
import { conflict, conflictAt } from '../kernel/problem.ts'
import { type OrderLineRow } from '../orders/index.ts'
import type { Lot } from '../stock/index.ts'
import { requireUnheld } from './hold-lots.ts'
import { lyingThere } from './lying-there.ts'
import { orderWarehouse } from './post-receipt.ts'
import { type Effects, type Posting, moveOut, partsOf } from './posting.ts'
import type { MoveRow, ShipmentLineRow } from './records.ts'
import { currentCost, missingCost } from './value-of-receipt.ts'

/** A customer's goods come back, worth what they left with on that delivery (R9). */
export function postSalesReturn(posting: Posting, effects: Effects): void {
  const { stock, shipment } = posting
  const customer = stock.place('customer')
  const taken = new Map<string, { quantity: Decimal; value: Decimal }>()
  for (const line of posting.lines) {
    requireReturnable(posting, line, effects)
    const to =
      line.disposition === 'scrap'
        ? stock.place('scrap')
        : line.locationId !== null
          ? stock.location(line.locationId)
          : stock.place(line.disposition === 'quarantine' ? 'quarantine' : 'stock', line.warehouseId)
    for (const [i, part] of partsOf(posting, line, true).entries()) {
      const pointer = `/lines/${line.position - 1}/lots/${i}`
      for (const piece of valuePieces(posting, line, part, pointer, taken)) {
        stock.move({
          productId: line.productId,
          lotId: part.lot?.id ?? null,
          from: customer,
          to,
          quantity: piece.quantity,
          valueIn: piece.value,
          date: shipment.date,
          shipmentId: shipment.id,
          shipmentLineId: line.id,
          returnsId: piece.move?.id ?? null,
        })
      }
    }
    countReturn(posting, line, effects)
    stock.allocateWaiting(line.productId, line.warehouseId)
  }
}

interface Piece {
  quantity: Decimal
  value: Decimal
  move: MoveRow | null
}

/** Splits returned goods over the delivery moves they left by; the last part takes the remainder (R6). */
function valuePieces(
  posting: Posting,
  line: ShipmentLineRow,
  part: { lot: Lot | null; quantity: Decimal },
  pointer: string,
  taken: Map<string, { quantity: Decimal; value: Decimal }>,
): Piece[] {
  const digits = posting.ctx.company.minorDigits
  if (line.sourceLineId === null) {
    const cost = line.unitCost ?? currentCost(posting, line)
    if (cost === null) throw missingCost(line)
    return [{ quantity: part.quantity, value: roundMoney(cost.times(part.quantity), digits), move: null }]
  }
  const pieces: Piece[] = []
  let left = part.quantity
  const lotId = part.lot?.id ?? null
  const moves = posting.sourceMoves.filter((m) => m.shipmentLineId === line.sourceLineId && m.lotId === lotId)
  for (const move of moves) {
    if (!left.gt(zero)) break
    const before = taken.get(move.id) ?? { quantity: move.returnedQuantity, value: move.returnedValue }
    const quantity = min(left, move.quantity.minus(before.quantity))
    if (!quantity.gt(zero)) continue
    const value = partOf(
      { quantity: move.quantity, amount: move.value },
      { quantity: before.quantity, amount: before.value },
      quantity,
      digits,
    )
    taken.set(move.id, { quantity: before.quantity.plus(quantity), value: before.value.plus(value) })
    pieces.push({ quantity, value, move })
    left = left.minus(quantity)
  }
  if (left.gt(zero)) {
    const went = sum(moves.map((m) => m.quantity))
    refuseMore({ ...part, pointer, verb: 'delivered' }, went, part.quantity.minus(left))
  }
  return pieces
}

/** Says how much of a lot, or of a line that has none, may still come or go back. */
function refuseMore(
  { lot, pointer, verb }: { lot: Lot | null; pointer: string; verb: 'delivered' | 'received' },
  moved: Decimal,
  most: Decimal,
): never {
  const name = lot && `${lot.serial ? 'Serial number' : 'Lot'} ${lot.number}`
  if (name && moved.eq(zero)) {
    const document =
      verb === 'delivered' ? 'did not go out with this delivery' : 'did not come with this receipt'
    throw conflictAt(pointer, `not-${verb}`, `${name} ${document} line.`)
  }
  throw conflictAt(
    pointer,
    'over-return',
    lot?.serial
      ? `${name} is back already.`
      : `At most ${most.toFixed()}${lot ? ` of lot ${lot.number}` : ''} can be returned: ${moved.toFixed()} ${verb}, ${moved.minus(most).toFixed()} already back.`,
    { limit: most.toFixed() },
  )
}

/** Goods go back to a vendor: quarantine first, at the moving average (FIFO: at that receipt's cost, R10). */
export function postPurchaseReturn(posting: Posting, effects: Effects): void {
  const { stock } = posting
  const supplier = stock.place('supplier')
  const taken = new Map<string, Decimal>()
  for (const line of posting.lines) {
    requireReturnable(posting, line, effects)
    const layerSeq = posting.sourceMoves.find((m) => m.shipmentLineId === line.sourceLineId)?.toSeq ?? null
    for (const [i, part] of partsOf(posting, line, false).entries()) {
      requireCameWith(posting, line, part, `/lines/${line.position - 1}/lots/${i}`, taken)
      const inQuarantine = quarantineShare(posting, line, part, effects)
      const fromStock = part.quantity.minus(inQuarantine)
      if (fromStock.gt(zero)) requireFreeStock(posting, line, fromStock)
      if (fromStock.gt(zero) && part.lot) requireUnheld(stock, part.lot, line.warehouseId, fromStock)
      if (inQuarantine.gt(zero))
        moveOut(posting, line, { ...part, quantity: inQuarantine }, supplier, {
          type: 'quarantine',
          layerSeq,
        })
      if (fromStock.gt(zero)) moveOut(posting, line, { ...part, quantity: fromStock }, supplier, { layerSeq })
    }
    countReturn(posting, line, effects)
  }
}

/** Lots go back with the receipt that they came by, no more of each than is left of it there. */
function requireCameWith(
  posting: Posting,
  line: ShipmentLineRow,
  { lot, quantity }: { lot: Lot | null; quantity: Decimal },
  pointer: string,
  taken: Map<string, Decimal>,
): void {
  if (lot === null || line.sourceLineId === null) return
  const moves = posting.sourceMoves.filter(
    (m) => m.shipmentLineId === line.sourceLineId && m.lotId === lot.id,
  )
  const came = sum(moves.map((m) => m.quantity))
  const key = `${line.sourceLineId} ${lot.id}`
  const back = posting.lotsBack.get(line.sourceLineId)?.get(lot.number) ?? zero
  const already = back.plus(taken.get(key) ?? zero)
  const most = max(came.minus(already), zero)
  if (quantity.gt(most)) refuseMore({ lot, pointer, verb: 'received' }, came, most)
  taken.set(key, already.minus(back).plus(quantity))
}

/** How much of a part lies in quarantine and is taken from there: rejected goods go back first. */
function quarantineShare(
  posting: Posting,
  line: ShipmentLineRow,
  part: { lot: Lot | null; quantity: Decimal },
  effects: Effects,
): Decimal {
  const { stock } = posting
  if (line.locationId !== null)
    return stock.location(line.locationId).type === 'quarantine' ? part.quantity : zero
  const there = lyingThere(posting, line, part.lot?.id ?? null, 'quarantine')
  return min(part.quantity, min(there, rejectedLeft(posting, line, part.lot, effects) ?? there))
}

/** What of the rejected goods of a receipt line has not gone back yet; null where there is no receipt. */
function rejectedLeft(
  posting: Posting,
  line: ShipmentLineRow,
  lot: Lot | null,
  effects: Effects,
): Decimal | null {
  const source = line.sourceLineId === null ? undefined : posting.sourceLines.get(line.sourceLineId)
  if (!source) return null
  if (lot === null) return max(source.rejectedBaseQuantity.minus(alreadyBack(posting, line, effects)), zero)
  // Of tracked goods it is known which lots were rejected; that they have gone shows where they lay.
  const rejected = posting.sourceMoves.filter(
    (m) =>
      m.shipmentLineId === source.id &&
      m.lotId === lot.id &&
      posting.stock.location(m.toLocationId).type === 'quarantine',
  )
  return sum(rejected.map((m) => m.quantity))
}

/** Expired lots may go back (S31), goods that are held for a customer may not. */
function requireFreeStock(posting: Posting, line: ShipmentLineRow, quantity: Decimal): void {
  const level = posting.stock.level(line.productId, line.warehouseId)
  if (level.allowNegative) return
  const most = max(level.onHand.minus(level.reserved), zero)
  if (quantity.lte(most)) return
  throw conflict(
    'not-available',
    `At most ${inUnit(most, line).toFixed()} of ${line.sku} can go back: ${inUnit(level.onHand, line).toFixed()} on hand, ${inUnit(level.reserved, line).toFixed()} held for customers.`,
    { available: most.toFixed() },
  )
}

/** Each return is judged against what is left, over all returns together (S04). */
function requireReturnable(posting: Posting, line: ShipmentLineRow, effects: Effects): void {
  if (line.sourceLineId === null) return
  const source = posting.sourceLines.get(line.sourceLineId)!
  const already = alreadyBack(posting, line, effects)
  const moved = source.baseQuantity.plus(source.rejectedBaseQuantity)
  const most = max(moved.minus(already), zero)
  if (line.baseQuantity.lte(most)) return
  const verb = posting.shipment.kind === 'sales-return' ? 'delivered' : 'received'
  throw conflict(
    'over-return',
    `At most ${inUnit(most, source).toFixed()} of ${source.sku} can be returned: ${inUnit(moved, source).toFixed()} ${verb}, ${inUnit(already, source).toFixed()} already back.`,
    { limit: most.toFixed() },
  )
}

/** What of the source line came or went back before this line, by earlier returns and lines of this one. */
function alreadyBack(posting: Posting, line: ShipmentLineRow, effects: Effects): Decimal {
  const source = line.sourceLineId === null ? undefined : posting.sourceLines.get(line.sourceLineId)
  if (!source) return zero
  return effects.source
    .filter((s) => s.id === source.id)
    .reduce((all, s) => all.plus(s.returned ?? zero), source.returned)
}

/** R13: a return marked 'replace' opens the quantity again, others do not. */
function countReturn(posting: Posting, line: ShipmentLineRow, effects: Effects): void {
  if (line.sourceLineId !== null) effects.source.push({ id: line.sourceLineId, returned: line.baseQuantity })
  const orderLine = line.orderLineId === null ? undefined : posting.orderLines.get(line.orderLineId)
  if (!orderLine) return
  effects.count(orderLine.id, line.replace ? 'returnedReplace' : 'returned', line.baseQuantity)
  if (line.replace) promiseAgain(posting, orderLine, line, line.baseQuantity, effects)
}

/** What is open again on an order line is promised again; on an ended order it is not expected any more. */
export function promiseAgain(
  posting: Posting,
  orderLine: OrderLineRow,
  line: ShipmentLineRow,
  quantity: Decimal,
  effects: Effects,
): void {
  const { stock, order, ctx } = posting
  const open = (counters: Record<string, Decimal>): Decimal =>
    max(
      orderLine.baseQuantity
        .minus(orderLine.cancelled)
        .minus(orderLine.shipped)
        .plus(orderLine.returnedReplace)
        .minus(counters['shipped'] ?? zero)
        .plus(counters['returnedReplace'] ?? zero)
        .minus(counters['cancelled'] ?? zero),
      zero,
    )
  const counters = effects.order.get(orderLine.id) ?? {}
  const gained = min(open(counters), quantity)
  if (!gained.gt(zero)) return
  if (order!.state !== 'confirmed') {
    effects.count(orderLine.id, 'cancelled', gained)
    return
  }
  if (posting.shipment.kind === 'purchase-return' || posting.shipment.kind === 'receipt-note') {
    stock.announce(line.productId, orderWarehouse(posting, line), gained)
    return
  }
  stock.want({
    sourceLineId: orderLine.id,
    // What an undone delivery brings back lies where it went out from, and is held there.
    warehouseId: posting.shipment.kind === 'delivery-note' ? line.warehouseId : orderWarehouse(posting, line),
    productId: line.productId,
    type: 'order',
    wanted: gained,
    priority: order!.priority,
    dueOn: orderLine.expectedDate ?? order!.expectedDate ?? order!.date,
    expiresAt: null,
    createdAt: ctx.now,
  })
}
