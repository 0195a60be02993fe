import { type Decimal, decimal, max, min, zero } from '../kernel/decimal.ts'
import { roundMoney } from '../kernel/money.ts'
import { conflict, ruleBroken } from '../kernel/problem.ts'
import { fromBase, inUnit } from '../catalogue/index.ts'
import { lyingThere, movedSince } from './lying-there.ts'
import { type Effects, type Posting, moveOut, partsOf } from './posting.ts'
import type { ShipmentLineRow } from './records.ts'
import { currentCost, missingCost } from './value-of-receipt.ts'

/**
 * Gains, losses and counts. The physical truth wins: goods that are gone cannot stay held, so the orders
 * that would be served last lose their hold and wait again.
 */
export function postAdjustment(posting: Posting, effects: Effects): void {
  const { stock, shipment } = posting
  const elsewhere = stock.place('adjustment')
  for (const line of posting.lines) {
    const settled = line.countedQuantity === null ? line : counted(posting, line)
    if (settled !== line) effects.settled.push(settled)
    if (settled.baseQuantity.eq(zero)) continue
    if (settled.baseQuantity.gt(zero)) {
      const to =
        line.locationId === null ? stock.place('stock', line.warehouseId) : stock.location(line.locationId)
      const cost = line.unitCost ?? currentCost(posting, line) ?? stock.product(line.productId).purchasePrice
      if (cost === null) throw missingCost(line)
      let done = zero
      const upTo = (quantity: Decimal): Decimal =>
        roundMoney(cost.times(quantity), posting.ctx.company.minorDigits)
      for (const part of partsOf(posting, settled, true)) {
        stock.move({
          productId: line.productId,
          lotId: part.lot?.id ?? null,
          from: elsewhere,
          to,
          quantity: part.quantity,
          valueIn: upTo(done.plus(part.quantity)).minus(upTo(done)),
          date: shipment.date,
          shipmentId: shipment.id,
          shipmentLineId: line.id,
        })
        done = done.plus(part.quantity)
      }
      stock.allocateWaiting(line.productId, line.warehouseId)
      continue
    }
    for (const part of partsOf(posting, settled, false)) {
      requireThere(posting, line, part.lot?.id ?? null, part.quantity)
      if (part.lot) shedLot(posting, line, part.lot.id, part.quantity)
      moveOut(posting, line, part, elsewhere, { type: typeOf(posting, line) })
    }
    stock.shedHolds(line.productId, line.warehouseId)
  }
}

function typeOf(posting: Posting, line: ShipmentLineRow): 'stock' | 'quarantine' {
  return line.locationId !== null && posting.stock.location(line.locationId).type === 'quarantine'
    ? 'quarantine'
    : 'stock'
}

/**
 * A count fixes the quantity on its date; the change is what the stock of that date differs from it (S21), or what the
 * books had at the very moment of counting where that is known.
 */
function counted(posting: Posting, line: ShipmentLineRow): ShipmentLineRow {
  const { stock } = posting
  if (stock.product(line.productId).tracking !== 'none' && line.lots.length !== 1) {
    throw ruleBroken(
      'lots-missing',
      `/lines/${line.position - 1}/lots`,
      `Count ${line.sku} lot by lot: one line for each.`,
    )
  }
  const lot = line.lots[0]
  const lotId =
    lot === undefined ? null : (lot.lotId ?? stock.lotByNumber(line.productId, lot.number)?.id ?? '')
  const there = line.bookQuantity ?? lyingThere(posting, line, lotId).minus(movedSince(posting, line, lotId))
  const change = line.countedQuantity!.minus(there)
  const quantity = fromBase(change.abs(), line)
  const lots = lot === undefined ? [] : [{ ...lot, quantity: change.abs().toFixed() }]
  return {
    ...line,
    baseQuantity: change,
    quantity: quantity === null ? change : change.lt(zero) ? quantity.times(decimal(-1)) : quantity,
    lots: change.eq(zero) ? line.lots : lots,
  }
}

function requireThere(
  posting: Posting,
  line: ShipmentLineRow,
  lotId: string | null,
  quantity: Decimal,
): void {
  const { stock } = posting
  const level = stock.level(line.productId, line.warehouseId)
  if (level.allowNegative) return
  const there = lyingThere(posting, line, lotId)
  if (quantity.lte(there)) return
  throw conflict(
    'not-on-hand',
    `Only ${inUnit(max(there, zero), line).toFixed()} of ${line.sku} are there; ${inUnit(quantity, line).toFixed()} cannot be taken off.`,
    { onHand: there.toFixed() },
  )
}

/** A lot that is gone is not held any more. */
function shedLot(posting: Posting, line: ShipmentLineRow, lotId: string, quantity: Decimal): void {
  const { stock } = posting
  let excess = quantity.minus(stock.lotFree(lotId, line.warehouseId))
  for (const [key, holds] of stock.lotHolds) {
    if (!excess.gt(zero)) return
    const held = holds.get(lotId)
    const demand = stock.demands.get(key)
    if (!held || !demand || demand.warehouseId !== line.warehouseId) continue
    const given = min(held, excess)
    stock.unhold(demand, given, new Map([[lotId, given]]))
    excess = excess.minus(given)
  }
}
