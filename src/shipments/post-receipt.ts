import { type Decimal, max, min, zero } from '../kernel/decimal.ts'
import { roundMoney } from '../kernel/money.ts'
import { ruleBroken } from '../kernel/problem.ts'
import type { OrderLineRow } from '../orders/index.ts'
import { type Effects, type Posting, partsOf, requireWithinTolerance } from './posting.ts'
import type { ShipmentLineRow } from './records.ts'

/** Goods come from a vendor: accepted ones to stock, rejected ones to quarantine; waiting orders get theirs. */
export function postReceipt(posting: Posting, effects: Effects): void {
  const { stock, shipment } = posting
  const supplier = stock.place('supplier')
  for (const line of posting.lines) {
    const whole = line.baseQuantity.plus(line.rejectedBaseQuantity)
    requireWithinTolerance(posting, line, whole, effects)
    const orderLine = line.orderLineId === null ? null : (posting.orderLines.get(line.orderLineId) ?? null)
    const valuer = valueOf(posting, line, orderLine, effects)
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
      // What was billed before it came, less what came of it since, on this receipt too.
      const billed = orderLine.invoiced.minus(orderLine.credited)
      const ahead = min(max(billed.minus(orderLine.shipped).minus(already), zero), whole)
      if (ahead.gt(zero)) effects.invoicedLines.push({ id: line.id, invoiced: ahead })
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

/**
 * What goods of a line are worth, company currency. From an order: its price, so that all receipts of a
 * line add up to the line whatever the rounding (R6); goods that are billed already: the bill's price.
 */
function valueOf(
  posting: Posting,
  line: ShipmentLineRow,
  orderLine: OrderLineRow | null,
  effects: Effects,
): (from: Decimal, quantity: Decimal) => Decimal {
  const digits = posting.ctx.company.minorDigits
  if (orderLine) {
    const rate = posting.order!.exchangeRate
    const before = orderLine.shipped.plus(effects.order.get(orderLine.id)?.['shipped'] ?? zero)
    const billed = orderLine.invoiced.minus(orderLine.credited)
    // Amounts of invoices are kept in the document's price mode; stock is worth the net.
    const billedNet = orderLine.amount.eq(zero)
      ? zero
      : orderLine.invoicedAmount.times(orderLine.net).div(orderLine.amount)
    const upTo = (quantity: Decimal): Decimal => {
      const byBill = billed.gt(orderLine.shipped) ? min(quantity, billed) : zero
      const byOrder = quantity.minus(byBill)
      const exact = (byBill.gt(zero) ? billedNet.times(byBill).div(billed) : zero).plus(
        orderLine.net.times(byOrder).div(orderLine.baseQuantity),
      )
      return roundMoney(exact.times(rate), digits)
    }
    return (from, quantity) => upTo(before.plus(from).plus(quantity)).minus(upTo(before.plus(from)))
  }
  const cost =
    line.unitCost ?? currentCost(posting, line) ?? posting.stock.product(line.productId).purchasePrice
  if (cost === null) throw missingCost(line)
  const upTo = (quantity: Decimal): Decimal => roundMoney(cost.times(quantity), digits)
  return (from, quantity) => upTo(from.plus(quantity)).minus(upTo(from))
}

/** Average cost of one base unit now; null when there is nothing to take it from. */
export function currentCost(posting: Posting, line: ShipmentLineRow): Decimal | null {
  const level = posting.stock.level(line.productId, line.warehouseId)
  const quantity = level.onHand.plus(level.quarantined)
  return quantity.gt(zero) ? level.value.div(quantity) : null
}

export function missingCost(line: ShipmentLineRow): Error {
  return ruleBroken(
    'no-cost',
    `/lines/${line.position - 1}/unitCost`,
    `There is no stock of ${line.sku} to take a cost from. Enter what one ${line.unit} costs.`,
  )
}
