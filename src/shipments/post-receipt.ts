import { type Decimal, max, min, zero } from '../kernel/decimal.ts'
import type { OrderLineRow } from '../orders/index.ts'
import { type Effects, type Posting, partsOf, requireWithinTolerance } from './posting.ts'
import type { ShipmentLineRow } from './records.ts'
import { billedAhead, nothing, valueOf } from './value-of-receipt.ts'

/** Goods come from a vendor: accepted ones to stock, rejected ones to quarantine; waiting orders get theirs. */
export function postReceipt(posting: Posting, effects: Effects): void {
  const { stock, shipment } = posting
  const supplier = stock.place('supplier')
  for (const line of posting.lines) {
    const whole = line.baseQuantity.plus(line.rejectedBaseQuantity)
    requireWithinTolerance(posting, line, whole, effects)
    const orderLine = line.orderLineId === null ? null : (posting.orderLines.get(line.orderLineId) ?? null)
    const ahead = orderLine ? billedAhead(posting, line, orderLine, effects) : nothing
    const valuer = valueOf(posting, line, orderLine, effects, ahead)
    let rejectedLeft = line.rejectedBaseQuantity
    let done = zero
    // Of tracked goods the last lots of the line are the rejected ones, unless a line of its own says so.
    for (const part of partsOf(posting, line, true)) {
      const acceptedLeft = max(line.baseQuantity.minus(done), zero)
      const accepted = min(part.quantity, acceptedLeft)
      const rejected = min(part.quantity.minus(accepted), rejectedLeft)
      rejectedLeft = rejectedLeft.minus(rejected)
      for (const [quantity, type] of [
        [accepted, 'stock'],
        [rejected, 'quarantine'],
      ] as const) {
        if (!quantity.gt(zero)) continue
        const to =
          type === 'stock' && line.locationId !== null
            ? stock.location(line.locationId)
            : stock.place(type, line.warehouseId)
        stock.move({
          productId: line.productId,
          lotId: part.lot?.id ?? null,
          from: supplier,
          to,
          quantity,
          valueIn: valuer(done, quantity),
          date: shipment.date,
          shipmentId: shipment.id,
          shipmentLineId: line.id,
        })
        done = done.plus(quantity)
      }
    }
    if (orderLine) {
      // What was announced has come; what came beyond the order was never announced.
      const already = effects.order.get(orderLine.id)?.['shipped'] ?? zero
      const before = openAfter(orderLine, already)
      effects.count(orderLine.id, 'shipped', whole)
      effects.count(orderLine.id, 'rejected', line.rejectedBaseQuantity)
      const after = openAfter(orderLine, effects.order.get(orderLine.id)?.['shipped'] ?? zero)
      if (posting.order?.state === 'confirmed') {
        stock.announce(line.productId, orderWarehouse(posting, line), after.minus(before))
      }
      if (ahead.quantity.gt(zero))
        effects.invoicedLines.push({ id: line.id, invoiced: ahead.quantity, invoicedValue: ahead.value })
    }
    stock.allocateWaiting(line.productId, line.warehouseId)
  }
}

/** Goods of an order are announced in the order's warehouse, wherever they are received. */
export function orderWarehouse(posting: Posting, line: ShipmentLineRow): string {
  return posting.orderWarehouseId ?? line.warehouseId
}

function openAfter(line: OrderLineRow, shipped: Decimal): Decimal {
  return max(
    line.baseQuantity.minus(line.cancelled).minus(line.shipped).minus(shipped).plus(line.returnedReplace),
    zero,
  )
}
