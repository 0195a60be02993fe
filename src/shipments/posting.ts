import { inUnit } from '../catalogue/index.ts'
import type { Context } from '../kernel/context.ts'
import { type Decimal, decimal, max, min, sum, zero } from '../kernel/decimal.ts'
import { newId } from '../kernel/ids.ts'
import { conflict, conflictAt, ruleBroken } from '../kernel/problem.ts'
import { type LineProgress, type OrderLineRow } from '../orders/index.ts'
import type { Balance, Location, Lot, StockState } from '../stock/index.ts'
import { requireFree, requireLot } from './hold-lots.ts'
import type { LotsBack } from './lots-left.ts'
import type { MoveRow, ShipmentLineProgress, ShipmentLineRow, ShipmentRow, StoredLot } from './records.ts'

/** Everything that posting decides on, read under lock. */
export interface Posting {
  readonly ctx: Context
  readonly shipment: ShipmentRow
  readonly lines: readonly ShipmentLineRow[]
  readonly order: {
    readonly state: string
    readonly number: string | null
    readonly exchangeRate: Decimal
    readonly priority: number
    readonly date: string
    readonly expectedDate: string | null
  } | null
  /** Where the order announces or holds its goods; null without an order. */
  readonly orderWarehouseId: string | null
  readonly orderLines: ReadonlyMap<string, OrderLineRow>
  readonly sourceLines: ReadonlyMap<string, ShipmentLineRow>
  readonly sourceMoves: readonly MoveRow[]
  /** Purchase returns: which lots of the receipt are back already. */
  readonly lotsBack: LotsBack
  readonly stock: StockState
  /** Counts: what came to places and lots of what is counted, and went from them (-), after the date of the count. */
  readonly movedLater: readonly Balance[]
  readonly warehouseNames: ReadonlyMap<string, string>
  /** Receipts: what the bills of an order line were counted on already, by order line. */
  readonly billedOnReceipts: ReadonlyMap<string, Billed>
}

/** Goods that are billed, and what the bills say that they cost, company currency. */
export interface Billed {
  readonly quantity: Decimal
  readonly value: Decimal
}

/** What posting changes besides stock: counters, and what it found out about its own lines. */
export class Effects {
  readonly order = new Map<string, Record<string, Decimal>>()
  readonly source: ShipmentLineProgress[] = []
  readonly settled: { id: string; quantity: Decimal; baseQuantity: Decimal; lots: readonly StoredLot[] }[] =
    []
  readonly invoicedLines: ShipmentLineProgress[] = []

  /** Adds to a counter of an order line; several shipment lines may come from one. */
  count(orderLineId: string | null, counter: Exclude<keyof LineProgress, 'id'>, quantity: Decimal): void {
    if (orderLineId === null || quantity.eq(zero)) return
    const counters = this.order.get(orderLineId) ?? {}
    counters[counter] = (counters[counter] ?? zero).plus(quantity)
    this.order.set(orderLineId, counters)
  }

  get orderProgress(): LineProgress[] {
    return [...this.order].map(([id, counters]) => ({ id, ...counters }))
  }
}

/** The parts of a line that move apart: by lot, or as a whole. Lots that come in new are made here. */
export function partsOf(
  posting: Posting,
  line: ShipmentLineRow,
  incoming: boolean,
): { lot: Lot | null; quantity: Decimal }[] {
  const { stock } = posting
  const product = stock.product(line.productId)
  const quantity = line.baseQuantity.abs().plus(line.rejectedBaseQuantity)
  if (product.tracking === 'none') return [{ lot: null, quantity }]
  if (line.lots.length === 0) {
    const what = product.tracking === 'serial' ? 'serial numbers' : 'lots'
    throw ruleBroken(
      'lots-missing',
      `/lines/${line.position - 1}/lots`,
      `Enter the ${what} of ${line.sku}: ${quantity.toFixed()} ${line.unit} in all.`,
    )
  }
  const total = sum(line.lots.map((l) => decimal(l.quantity)))
  if (!total.eq(quantity)) {
    throw ruleBroken(
      'lots-do-not-add-up',
      `/lines/${line.position - 1}/lots`,
      `The lots of ${line.sku} add up to ${total.toFixed()}, the line says ${quantity.toFixed()}.`,
    )
  }
  return line.lots.map((stored, i) => ({
    lot: incoming
      ? incomingLot(posting, line, stored, `/lines/${line.position - 1}/lots/${i}`)
      : requireLot(stock, line.productId, stored),
    quantity: decimal(stored.quantity),
  }))
}

/** A lot that comes in: known, or made now. A serial number comes from a supplier, or is found, once (S30). */
function incomingLot(posting: Posting, line: ShipmentLineRow, stored: StoredLot, pointer: string): Lot {
  const { stock, shipment } = posting
  const serial = stock.product(line.productId).tracking === 'serial'
  const known =
    stored.lotId === null
      ? stock.lotByNumber(line.productId, stored.number)
      : (stock.lots.get(stored.lotId) ?? null)
  if (known) {
    const fresh = shipment.kind === 'receipt-note' || shipment.kind === 'stock-adjustment'
    const here = stock.lotReceived.get(known.id) ?? zero
    if (serial && stock.lies(known.id))
      throw conflictAt(pointer, 'serial-known', `Serial number ${known.number} is in stock already.`)
    if (serial && fresh && known.received.plus(here).gt(zero)) {
      throw conflictAt(
        pointer,
        'serial-known',
        `Serial number ${known.number} came in before. It may come back by a sales return only.`,
      )
    }
    return known
  }
  const lot: Lot = {
    id: newId(),
    productId: line.productId,
    number: stored.number,
    serial,
    expiresOn: stored.expiresOn,
    received: zero,
  }
  stock.addLot(lot)
  return lot
}

/** Moves one part of a line out of stock places of a warehouse. */
export function moveOut(
  posting: Posting,
  line: ShipmentLineRow,
  part: { lot: Lot | null; quantity: Decimal },
  to: Location,
  more: { type?: 'stock' | 'quarantine'; valueIn?: Decimal; layerSeq?: number | null } = {},
) {
  const places = posting.stock.pick(line.productId, line.warehouseId, part.quantity, {
    lotId: part.lot?.id ?? null,
    locationId: line.locationId,
    type: more.type ?? 'stock',
    except: to.id,
  })
  return places.map((place) =>
    posting.stock.move({
      productId: line.productId,
      lotId: part.lot?.id ?? null,
      from: place.location,
      to,
      quantity: place.quantity,
      date: posting.shipment.date,
      shipmentId: posting.shipment.id,
      shipmentLineId: line.id,
      layerSeq: more.layerSeq ?? null,
    }),
  )
}

/** Refuses goods that are not there or are held for others; says how many may go. */
function requireGoods(
  posting: Posting,
  line: ShipmentLineRow,
  quantity: Decimal,
  own: Decimal,
  verb: string,
): void {
  const { stock } = posting
  const level = stock.level(line.productId, line.warehouseId)
  if (level.allowNegative) return
  const most = max(min(stock.available(line.productId, line.warehouseId).plus(own), level.onHand), zero)
  if (quantity.lte(most)) return
  const name = posting.warehouseNames.get(line.warehouseId) ?? 'this warehouse'
  throw conflict(
    'not-available',
    `At most ${inUnit(most, line).toFixed()} of ${line.sku} can be ${verb} from ${name}: ${inUnit(level.onHand, line).toFixed()} on hand, ${inUnit(max(level.reserved.minus(own), zero), line).toFixed()} of them held for others.`,
    { available: most.toFixed() },
  )
}

/** Over-quantity, judged over all receipts and deliveries together (S02). */
export function requireWithinTolerance(
  posting: Posting,
  line: ShipmentLineRow,
  quantity: Decimal,
  effects: Effects,
): void {
  const orderLine = line.orderLineId === null ? undefined : posting.orderLines.get(line.orderLineId)
  if (!orderLine) return
  const shipped = orderLine.shipped
    .minus(orderLine.returnedReplace)
    .plus(effects.order.get(orderLine.id)?.['shipped'] ?? zero)
  const most = orderLine.cancelled.gt(zero)
    ? orderLine.openQuantity
    : max(orderLine.limitQuantity.minus(shipped), zero)
  if (quantity.lte(most)) return
  const verb = posting.shipment.kind === 'delivery-note' ? 'delivered' : 'received'
  throw conflict(
    'over-quantity',
    `At most ${inUnit(most, orderLine).toFixed()} more of ${orderLine.sku} can be ${verb}: ${orderLine.quantity.toFixed()} ordered, ${inUnit(shipped, orderLine).toFixed()} ${verb} already.`,
    { limit: most.toFixed() },
  )
}

/** Goods for a customer leave: what the order line held is used up. */
export function postDelivery(posting: Posting, effects: Effects): void {
  const { stock } = posting
  const customer = stock.place('customer')
  for (const line of posting.lines) {
    const quantity = line.baseQuantity
    requireWithinTolerance(posting, line, quantity, effects)
    const demand =
      line.orderLineId === null
        ? undefined
        : stock.demandsOf(line.orderLineId).find((d) => d.warehouseId === line.warehouseId)
    const chosen = withLots(posting, line, demand?.reserved ?? zero)
    requireGoods(posting, line, quantity, demand?.reserved ?? zero, 'delivered')
    const parts = partsOf(posting, chosen, false)
    for (const part of parts)
      if (part.lot) requireFree(stock, part.lot, line.warehouseId, part.quantity, line.orderLineId)
    const lots = new Map(parts.flatMap((part) => (part.lot ? [[part.lot.id, part.quantity] as const] : [])))
    if (line.orderLineId !== null) stock.fulfil(line.orderLineId, line.warehouseId, quantity, lots)
    for (const part of parts) moveOut(posting, line, part, customer)
    // What the line held in another warehouse is free there.
    allocateElsewhere(posting, line)
    effects.count(line.orderLineId, 'shipped', quantity)
    if (chosen !== line) effects.settled.push(chosen)
  }
  // Of lots that people chose only those were held (S31); the open rest holds what is free again, in its turn.
  for (const line of posting.lines)
    if (line.orderLineId !== null && line.lots.length > 0)
      stock.allocateWaiting(line.productId, line.warehouseId)
}

/** Gives what came free of a line's product in other warehouses than its own to the lines that wait there. */
export function allocateElsewhere({ stock }: Posting, line: ShipmentLineRow): void {
  for (const level of stock.levels.values())
    if (level.productId === line.productId && level.warehouseId !== line.warehouseId)
      stock.allocateWaiting(level.productId, level.warehouseId)
}

/** Lots that nobody chose: those held for the line, then what is free, first expired first (S31). */
function withLots(posting: Posting, line: ShipmentLineRow, held: Decimal): ShipmentLineRow {
  const { stock } = posting
  if (stock.product(line.productId).tracking === 'none' || line.lots.length > 0) return line
  let left = line.baseQuantity
  const lots: StoredLot[] = []
  const take = (lotId: string, quantity: Decimal): void => {
    const taken = min(left, quantity)
    if (!taken.gt(zero)) return
    const lot = stock.lots.get(lotId)!
    lots.push({ lotId, number: lot.number, expiresOn: lot.expiresOn, quantity: taken.toFixed() })
    left = left.minus(taken)
  }
  if (held.gt(zero)) {
    const holds = stock.lotHolds.get(`${line.orderLineId} ${line.warehouseId}`) ?? new Map<string, Decimal>()
    for (const [lotId, quantity] of holds) take(lotId, quantity)
  }
  for (const { lotId, free } of stock.lotsByExpiry(line.productId, line.warehouseId)) take(lotId, free)
  if (left.gt(zero)) requireGoods(posting, line, line.baseQuantity, held, 'delivered')
  return { ...line, lots }
}
