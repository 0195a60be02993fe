import { type Decimal, decimal, max, sum, zero } from '../kernel/decimal.ts'
import { conflict, ruleBroken } from '../kernel/problem.ts'
import type { Lot, StockState } from '../stock/index.ts'
import type { DraftShipmentLine } from './draft-lines.ts'
import type { StoredLot } from './records.ts'

/**
 * Lots put on a draft delivery are held for its order line, and those taken off are free again (S31), so
 * that two drafts cannot count on one serial number (S30).
 * @throws 409 when a lot is held for somebody else or expired.
 */
export function holdChosenLots(stock: StockState, lines: readonly DraftShipmentLine[]): void {
  const byLine = new Map<string, DraftShipmentLine[]>()
  for (const line of lines) {
    if (line.orderLineId === null || line.lots.length === 0) continue
    byLine.set(line.orderLineId, [...(byLine.get(line.orderLineId) ?? []), line])
  }
  for (const [orderLineId, group] of byLine) {
    for (const demand of stock.demandsOf(orderLineId)) {
      const here = group.filter((l) => l.warehouseId === demand.warehouseId)
      if (here.length === 0) continue
      const chosen = new Map<string, Decimal>()
      for (const line of here) {
        for (const stored of line.lots) {
          const lot = requireLot(stock, line.productId, stored)
          requireFree(stock, lot, line.warehouseId, decimal(stored.quantity), orderLineId)
          chosen.set(lot.id, (chosen.get(lot.id) ?? zero).plus(decimal(stored.quantity)))
        }
      }
      // More than the line wants is refused by its limit; what is held never exceeds what is wanted.
      if (sum(chosen.values()).lte(demand.wanted)) stock.holdLots(demand, chosen)
    }
  }
}

/** The lot that a line names, which must exist to go out. */
export function requireLot(stock: StockState, productId: string, stored: StoredLot): Lot {
  const lot =
    stored.lotId === null
      ? stock.lotByNumber(productId, stored.number)
      : (stock.lots.get(stored.lotId) ?? null)
  if (!lot) throw ruleBroken('unknown-lot', '/lines', `${stored.number} is not known for this product.`)
  return lot
}

/** A lot may go to a customer: not expired, there, and not held for somebody else. */
export function requireFree(
  stock: StockState,
  lot: Lot,
  warehouseId: string,
  quantity: Decimal,
  orderLineId: string | null,
): void {
  if (stock.expired(lot)) {
    throw conflict(
      'lot-expired',
      `${lot.number} expired on ${lot.expiresOn}. It cannot go to a customer; return it to the supplier or write it off.`,
    )
  }
  const free = stock.lotFree(lot.id, warehouseId, orderLineId)
  if (free.gte(quantity) || stock.level(lot.productId, warehouseId).allowNegative) return
  const what = lot.serial
    ? `Serial number ${lot.number}`
    : `${free.lt(zero) ? '0' : free.toFixed()} of lot ${lot.number}`
  throw conflict(
    'lot-not-available',
    `${what} is ${lot.serial ? 'not free here: it is elsewhere or held for another order' : `free here, ${quantity.toFixed()} needed`}.`,
  )
}

/**
 * Goods of a lot that do not go to the customer they are held for (a transfer, a return to the vendor, an
 * undone receipt): what is held of the lot stays. Expired lots may go (S31).
 */
export function requireUnheld(stock: StockState, lot: Lot, warehouseId: string, quantity: Decimal): void {
  if (stock.level(lot.productId, warehouseId).allowNegative) return
  const free = max(stock.lotFree(lot.id, warehouseId), zero)
  if (free.gte(quantity)) return
  throw conflict(
    'lot-not-available',
    lot.serial
      ? `Serial number ${lot.number} is not here, or is held for an order.`
      : `At most ${free.toFixed()} of lot ${lot.number} can go: the rest is held for orders or is not here.`,
    { available: free.toFixed() },
  )
}
