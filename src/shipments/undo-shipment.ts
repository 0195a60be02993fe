import { inUnit } from '../catalogue/index.ts'
import { type Decimal, max, min, zero } from '../kernel/decimal.ts'
import { conflict } from '../kernel/problem.ts'
import { type OrderLineRow } from '../orders/index.ts'
import { type ShipmentKind, countedAs } from '../kinds.ts'
import { type DatedChange, type Layer, oppositeIssue, poolOf } from '../stock/index.ts'
import { requireUnheld } from './hold-lots.ts'
import { orderWarehouse } from './post-receipt.ts'
import { promiseAgain } from './post-return.ts'
import { type Effects, type Posting, allocateElsewhere } from './posting.ts'
import type { MoveRow, ShipmentLineRow } from './records.ts'

/**
 * Undoes a posted shipment by exactly opposite movements at the same value; nothing is deleted. What a
 * delivery had used up is promised again, what a receipt had brought is expected again.
 * @param taken FIFO: what the moves took of each layer.
 * @param corrected by what the moves were corrected since.
 */
export function undoShipment(
  posting: Posting,
  moves: readonly MoveRow[],
  {
    taken,
    corrected,
  }: {
    readonly taken: ReadonlyMap<string, readonly Layer[]>
    readonly corrected: ReadonlyMap<string, readonly DatedChange[]>
  },
  effects: Effects,
): void {
  const { stock, shipment } = posting
  const lines = new Map(posting.lines.map((l) => [l.id, l]))
  for (const move of moves) {
    const line = lines.get(move.shipmentLineId)!
    const from = stock.location(move.toLocationId)
    const to = stock.location(move.fromLocationId)
    if (from.type === 'stock' && from.warehouseId !== null && from.warehouseId !== to.warehouseId) {
      requireFree(posting, line, from.warehouseId, move.quantity)
      if (move.lotId !== null)
        requireUnheld(stock, stock.lots.get(move.lotId)!, from.warehouseId, move.quantity)
    }
    stock.move({
      productId: move.productId,
      lotId: move.lotId,
      from,
      to,
      quantity: move.quantity,
      valueIn: move.value,
      ...(from.warehouseId !== null ? { valueOut: opposite(posting, move, from.warehouseId) } : {}),
      date: shipment.date,
      shipmentId: shipment.id,
      shipmentLineId: move.shipmentLineId,
      reversesId: move.id,
      layerSeq: move.toSeq,
      took: taken.get(move.id),
      corrected: corrected.get(move.id),
    })
  }
  for (const line of posting.lines) {
    uncount(posting, line, effects)
    stock.allocateWaiting(line.productId, line.warehouseId)
    allocateElsewhere(posting, line)
    if (shipment.toWarehouseId !== null && shipment.toWarehouseId !== line.warehouseId)
      stock.shedHolds(line.productId, shipment.toWarehouseId)
  }
}

function opposite(posting: Posting, move: MoveRow, warehouseId: string): Decimal {
  const level = posting.stock.level(move.productId, warehouseId)
  return oppositeIssue(poolOf(level), move.quantity, move.value)
}

function requireFree(posting: Posting, line: ShipmentLineRow, warehouseId: string, quantity: Decimal): void {
  const { stock } = posting
  const level = stock.level(line.productId, warehouseId)
  if (level.allowNegative) return
  const most = max(level.onHand.minus(level.reserved), zero)
  if (quantity.lte(most)) return
  throw conflict(
    'not-available',
    `This cannot be undone: ${inUnit(quantity, line).toFixed()} of ${line.sku} would have to go, and only ${inUnit(most, line).toFixed()} are free (${inUnit(level.onHand, line).toFixed()} on hand, ${inUnit(level.reserved, line).toFixed()} held for orders).`,
    { available: most.toFixed() },
  )
}

function uncount(posting: Posting, line: ShipmentLineRow, effects: Effects): void {
  const { stock, shipment } = posting
  const kind = shipment.kind as ShipmentKind
  const whole = line.baseQuantity.plus(line.rejectedBaseQuantity)
  const counted = countedAs(kind)
  if (counted === 'returned' && line.sourceLineId !== null)
    effects.source.push({ id: line.sourceLineId, returned: whole.neg() })
  const orderLine = line.orderLineId === null ? undefined : posting.orderLines.get(line.orderLineId)
  if (!orderLine) return
  if (counted === 'shipped') {
    effects.count(orderLine.id, 'shipped', whole.neg())
    effects.count(orderLine.id, 'rejected', line.rejectedBaseQuantity.neg())
    promiseAgain(posting, orderLine, line, whole, effects)
    return
  }
  effects.count(orderLine.id, line.replace ? 'returnedReplace' : 'returned', line.baseQuantity.neg())
  if (!line.replace) return
  if (posting.order!.state !== 'confirmed') {
    effects.count(orderLine.id, 'cancelled', neverOpened(orderLine, effects).neg())
    return
  }
  // The quantity is not open any more: it counts as delivered or received again.
  const less = min(line.baseQuantity, orderLine.openQuantity)
  if (kind === 'purchase-return') stock.announce(line.productId, orderWarehouse(posting, line), less.neg())
  else stock.fulfil(orderLine.id, orderWarehouse(posting, line), less, new Map())
}

/** What was given up of an ended order when goods came back to be replaced, and is with its party after all. */
function neverOpened(line: OrderLineRow, effects: Effects): Decimal {
  const counters = effects.order.get(line.id) ?? {}
  const now = (counter: 'shipped' | 'returnedReplace' | 'cancelled'): Decimal =>
    line[counter].plus(counters[counter] ?? zero)
  const most = max(line.baseQuantity.minus(now('shipped')).plus(now('returnedReplace')), zero)
  return max(now('cancelled').minus(most), zero)
}
