import { type Decimal, max, min, sum, zero } from '../kernel/decimal.ts'
import { partOf, roundMoney } from '../kernel/money.ts'
import { ruleBroken } from '../kernel/problem.ts'
import type { OrderLineRow } from '../orders/index.ts'
import type { Billed, Effects, Posting } from './posting.ts'
import type { ShipmentLineRow } from './records.ts'

/** What goods are worth that come from a vendor (S22). */

export const nothing: Billed = { quantity: zero, value: zero }

/** What of a receipt line was billed before it came: what no receipt before it has, at what its bills say. */
export function billedAhead(
  posting: Posting,
  line: ShipmentLineRow,
  orderLine: OrderLineRow,
  effects: Effects,
): Billed {
  const earlier = posting.billedOnReceipts.get(orderLine.id) ?? nothing
  // Other lines of this receipt may have taken some, too.
  const here = effects.invoicedLines.filter(
    ({ id }) => posting.lines.find((l) => l.id === id)?.orderLineId === orderLine.id,
  )
  const taken = (of: 'invoiced' | 'invoicedValue'): Decimal => sum(here.map((l) => l[of] ?? zero))
  const quantity = orderLine.invoiced
    .minus(orderLine.credited)
    .minus(earlier.quantity)
    .minus(taken('invoiced'))
  if (!quantity.gt(zero)) return nothing
  const net = netOf(orderLine).times(posting.order!.exchangeRate)
  const value = roundMoney(net, posting.ctx.company.minorDigits)
    .minus(earlier.value)
    .minus(taken('invoicedValue'))
  const all = { quantity, amount: max(value, zero) }
  const part = min(quantity, line.baseQuantity.plus(line.rejectedBaseQuantity))
  const done = { quantity: zero, amount: zero }
  return { quantity: part, value: partOf(all, done, part, posting.ctx.company.minorDigits) }
}

/** Amounts of invoices are kept in the document's price mode; stock is worth the net. */
function netOf(line: OrderLineRow): Decimal {
  return line.amount.eq(zero) ? zero : line.invoicedAmount.times(line.net).div(line.amount)
}

/**
 * What goods of a line are worth, company currency. From an order: what is billed already as its bill says,
 * the rest at the order's price, so that all receipts of a line add up to the line whatever the rounding (R6).
 */
export function valueOf(
  posting: Posting,
  line: ShipmentLineRow,
  orderLine: OrderLineRow | null,
  effects: Effects,
  ahead: Billed,
): (from: Decimal, quantity: Decimal) => Decimal {
  const digits = posting.ctx.company.minorDigits
  if (orderLine) {
    const rate = posting.order!.exchangeRate
    const before = orderLine.shipped.plus(effects.order.get(orderLine.id)?.['shipped'] ?? zero)
    const byOrder = (quantity: Decimal): Decimal =>
      roundMoney(orderLine.net.times(quantity).div(orderLine.baseQuantity).times(rate), digits)
    const byBill = (quantity: Decimal): Decimal =>
      ahead.quantity.eq(zero) ? zero : roundMoney(ahead.value.times(quantity).div(ahead.quantity), digits)
    // The first goods of the line are those that are billed.
    const upTo = (quantity: Decimal): Decimal =>
      byBill(min(quantity, ahead.quantity))
        .plus(byOrder(before.plus(max(quantity, ahead.quantity))))
        .minus(byOrder(before.plus(ahead.quantity)))
    return (from, quantity) => upTo(from.plus(quantity)).minus(upTo(from))
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
