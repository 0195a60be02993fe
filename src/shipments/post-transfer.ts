import { inUnit } from '../catalogue/index.ts'
import { type Decimal, max, min, sum, zero } from '../kernel/decimal.ts'
import { partOf } from '../kernel/money.ts'
import { conflict } from '../kernel/problem.ts'
import { type Demand, type Location, type Lot, byAllocation } from '../stock/index.ts'
import type { Arrival } from './arriving.ts'
import { requireUnheld } from './hold-lots.ts'
import { lyingThere } from './lying-there.ts'
import { type Effects, type Posting, moveOut, partsOf } from './posting.ts'
import type { ShipmentLineRow } from './records.ts'

interface Part {
  readonly lot: Lot | null
  readonly quantity: Decimal
}

/**
 * Goods go from one place to another. What is not there cannot go, negative stock or not (S23); what is
 * held goes only together with its reservation (S29).
 */
export function postTransfer(posting: Posting, _effects: Effects): void {
  const { stock, shipment } = posting
  const within = shipment.toWarehouseId === shipment.warehouseId
  for (const line of posting.lines) {
    const from = line.locationId === null ? null : stock.location(line.locationId)
    const type = from?.type === 'quarantine' ? 'quarantine' : 'stock'
    const to = shipment.viaTransit
      ? stock.place('transit')
      : line.toLocationId === null
        ? stock.place('stock', shipment.toWarehouseId)
        : stock.location(line.toLocationId)
    const leavesStock = type === 'stock' && !(within && to.type === 'stock')
    if (leavesStock) requireFree(posting, line)
    const parts = partsOf(posting, line, false)
    for (const part of parts) {
      requireThere(posting, line, part, type, to)
      if (leavesStock && part.lot && !shipment.takeReservations)
        requireUnheld(stock, part.lot, line.warehouseId, part.quantity)
    }
    const along =
      leavesStock && shipment.takeReservations ? parts.flatMap((part) => takeAlong(posting, line, part)) : []
    for (const part of parts) moveOut(posting, line, part, to, { type })
    for (const demand of along) {
      stock.want({ ...demand, warehouseId: shipment.toWarehouseId! })
    }
    if (!shipment.viaTransit && to.type === 'stock' && !(within && type === 'stock'))
      stock.allocateWaiting(line.productId, shipment.toWarehouseId!)
  }
}

function requireFree(posting: Posting, line: ShipmentLineRow): void {
  const { stock, shipment } = posting
  const level = stock.level(line.productId, line.warehouseId)
  const held = shipment.takeReservations ? zero : level.reserved
  const most = max(level.onHand.minus(held), zero)
  if (line.baseQuantity.lte(most)) return
  const name = posting.warehouseNames.get(line.warehouseId) ?? 'this warehouse'
  const kept = held.gt(zero)
    ? `, ${inUnit(held, line).toFixed()} of them held for orders; take their reservations along to move more`
    : ''
  throw conflict(
    'not-available',
    `At most ${inUnit(most, line).toFixed()} of ${line.sku} can be transferred: ${inUnit(level.onHand, line).toFixed()} on hand in ${name}${kept}.`,
    { available: most.toFixed() },
  )
}

function requireThere(
  posting: Posting,
  line: ShipmentLineRow,
  part: Part,
  type: 'stock' | 'quarantine',
  to: Location,
): void {
  const lotId = part.lot?.id ?? null
  const there = max(lyingThere(posting, line, lotId, type, to.id), zero)
  if (part.quantity.lte(there)) return
  const what = part.lot ? `${part.lot.number} of ${line.sku}` : line.sku
  // Within a warehouse it may lie where it is to go already.
  const arrived =
    line.locationId === null && lyingThere(posting, { ...line, locationId: to.id }, lotId).gt(zero)
  throw conflict(
    'not-on-hand',
    `Only ${inUnit(there, line).toFixed()} of ${what} are there${arrived ? `, beside what lies in ${to.code} already` : ''}.`,
    { onHand: there.toFixed() },
  )
}

/**
 * What goes beyond the free goods is held for somebody: those promises move to the other warehouse. Of
 * tracked goods they are the promises on that very lot.
 */
function takeAlong(posting: Posting, line: ShipmentLineRow, part: Part) {
  const { stock } = posting
  const level = stock.level(line.productId, line.warehouseId)
  const lotId = part.lot?.id ?? null
  const free = lotId === null ? level.onHand.minus(level.reserved) : stock.lotFree(lotId, line.warehouseId)
  let left = part.quantity.minus(max(free, zero))
  const held = (d: Demand): Decimal =>
    lotId === null
      ? d.reserved
      : (stock.lotHolds.get(`${d.sourceLineId} ${d.warehouseId}`)?.get(lotId) ?? zero)
  const moved = []
  const holders = [...stock.demands.values()].filter(
    (d) => d.productId === line.productId && d.warehouseId === line.warehouseId && held(d).gt(zero),
  )
  holders.sort(byAllocation)
  for (const demand of holders) {
    if (!left.gt(zero)) break
    const quantity = min(left, held(demand))
    stock.unhold(demand, quantity, lotId === null ? undefined : new Map([[lotId, quantity]]))
    stock.lower(demand, quantity)
    moved.push({ ...demand, wanted: quantity })
    left = left.minus(quantity)
  }
  return moved
}

/** Goods in transit arrive, all or a part; the rest stays in transit and visible. */
export function receiveTransfer(
  posting: Posting,
  arrivals: ReadonlyMap<string, readonly Arrival[]>,
  effects: Effects,
): void {
  const { stock, shipment, ctx } = posting
  const transit = stock.place('transit')
  for (const line of posting.lines) {
    const arriving = arrivals.get(line.id) ?? []
    const received = sum(arriving.map(({ quantity }) => quantity))
    if (!received.gt(zero)) continue
    const to =
      line.toLocationId === null
        ? stock.place('stock', shipment.toWarehouseId)
        : stock.location(line.toLocationId)
    const arrivedNow = new Map<string, Decimal>()
    for (const { move, quantity } of arriving) {
      const whole = { quantity: move.quantity, amount: move.value }
      const gone = move.returnedQuantity.plus(arrivedNow.get(move.id) ?? zero)
      const digits = ctx.company.minorDigits
      const amount = partOf(whole, { quantity: zero, amount: zero }, gone, digits)
      stock.move({
        productId: line.productId,
        lotId: move.lotId,
        from: transit,
        to,
        quantity,
        valueIn: partOf(whole, { quantity: gone, amount }, quantity, digits),
        date: ctx.today,
        shipmentId: shipment.id,
        shipmentLineId: line.id,
        // A later correction of what left follows to what arrived.
        returnsId: move.id,
      })
      arrivedNow.set(move.id, (arrivedNow.get(move.id) ?? zero).plus(quantity))
    }
    effects.source.push({ id: line.id, received })
    stock.allocateWaiting(line.productId, shipment.toWarehouseId!)
  }
}
