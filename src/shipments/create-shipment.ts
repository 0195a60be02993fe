import { askEarlyForRulesBefore } from '../approvals/index.ts'
import type { Context } from '../kernel/context.ts'
import { type Decimal, sum, zero } from '../kernel/decimal.ts'
import { newId } from '../kernel/ids.ts'
import { Problem, conflict, notFound, ruleBroken } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import { Made, type Transaction } from '../kernel/transaction.ts'
import { recordEventsLater } from '../journal/events.ts'
import { madeBy } from '../journal/made-by.ts'
import { type OrderKind, type ShipmentKind, describeOrder, describeShipment, titles } from '../kinds.ts'
import {
  type OrderLineRow,
  type PartySnapshot,
  canShip,
  lockOrder,
  requireParty,
  requireWarehouse,
  selectOrderLines,
  snapshot,
} from '../orders/index.ts'
import { type PostalAddress, postalAddress } from '../kernel/postal-address.ts'
import { type StockState, loadStock, saveStock } from '../stock/index.ts'
import {
  type DraftShipmentLine,
  type Source,
  buildShipmentLines,
  sourceOfOrderLine,
  sourceOfShipmentLine,
} from './draft-lines.ts'
import { holdChosenLots } from './hold-lots.ts'
import { lotsBackByLine } from './lots-left.ts'
import { presentShipment } from './present-shipment.ts'
import {
  type ShipmentLineRow,
  type ShipmentRow,
  type StoredLot,
  insertShipment,
  insertShipmentLines,
  lockShipment,
  selectLotsBack,
  selectShipmentLines,
} from './records.ts'
import type { ShipmentFollowUp, ShipmentInput, ShipmentOut } from './schemas.ts'
import type { FreshShipment } from './load-posting.ts'
import { arrivalReader, proposalReader } from './stock-of-shipment.ts'

interface Head {
  readonly partyId: string | null
  readonly party: PartySnapshot | null
  readonly warehouseId: string
  readonly toWarehouseId: string | null
  readonly viaTransit: boolean
  readonly takeReservations: boolean
  readonly orderId: string | null
  readonly sourceShipmentId: string | null
  /** Of a delivery note: that of its order, else the customer's own. */
  readonly deliveryAddress: PostalAddress | null
}

/** A draft made from an order (deliver, receive): all that is open, or the lines that were given. */
export async function createFromOrder(
  tx: Transaction,
  ctx: Context,
  kind: 'delivery-note' | 'receipt-note',
  orderId: string,
  input: ShipmentFollowUp,
): Promise<Made<ShipmentOut, FreshShipment>> {
  const orderKind = describeShipment(kind).source!.kind as OrderKind
  const p = { companyId: ctx.company.id, id: orderId }
  // Posted at once, what comes in is given to those who wait: they are locked and read along.
  const arrives = kind === 'receipt-note' && input.post === true
  askEarlyForRulesBefore(tx, ctx, kind)
  const [order, orderLines, stock] = await Promise.all([
    tx.maybe(lockOrder, p),
    tx.all(selectOrderLines, p),
    loadStock(tx, ctx, arrives ? arrivalReader : proposalReader, orderId),
  ])
  const { title } = describeOrder(orderKind)
  if (!order || order.kind !== orderKind) throw notFound(title)
  if (order.state !== 'confirmed')
    throw conflict(
      'wrong-state',
      `This ${title} is ${order.state}; only a confirmed one can be ${kind === 'delivery-note' ? 'delivered' : 'received'}.`,
    )
  const open = orderLines.filter(canShip)
  if (open.length === 0)
    throw conflict(
      'nothing-left',
      kind === 'delivery-note' ? 'Nothing is left to deliver.' : 'Nothing is left to receive.',
    )
  const somethingHeld = orderLines.some((line) => heldFor(line, stock).gt(zero))
  const sources = new Map(
    orderLines
      .filter((line) => line.stocked)
      .map((line): [string, Source] => [
        line.id,
        sourceOf(kind, line, order.warehouseId, order.allowNegative, stock, somethingHeld),
      ]),
  )
  const proposed = input.lines ? sources : new Map([...sources].filter(([, s]) => s.open.gt(zero)))
  if (proposed.size === 0)
    throw conflict(
      'nothing-left',
      'Nothing is left that is open; name the lines to go beyond what was ordered.',
    )
  const lines = await buildShipmentLines(tx, ctx, input.lines, {
    kind,
    warehouseId: input.warehouseId ?? order.warehouseId,
    sources: proposed,
    reason: input.reason ?? null,
    products: stock.products,
  })
  const head: Head = {
    partyId: order.partyId,
    party: order.party,
    warehouseId: input.warehouseId ?? order.warehouseId,
    toWarehouseId: null,
    viaTransit: false,
    takeReservations: false,
    orderId: order.id,
    sourceShipmentId: null,
    deliveryAddress: order.deliveryAddress,
  }
  const lotsHeld = kind === 'delivery-note' && lines.some((l) => l.lots.length > 0)
  if (lotsHeld) {
    holdChosenLots(stock, lines)
    saveStock(tx, ctx, stock)
  }
  const written = writeShipment(tx, ctx, kind, head, input, lines)
  // What was changed and saved once is no state to post on.
  const unchanged = !lotsHeld && (arrives || kind === 'delivery-note')
  return madeOf(tx, ctx, kind, { ...written, order, orderLines, stock: unchanged ? stock : null })
}

/** Where a line's goods lie: what it holds, warehouse by warehouse, with the lots it holds there. */
function sourceOf(
  kind: 'delivery-note' | 'receipt-note',
  line: OrderLineRow,
  warehouseId: string,
  mayGoNegative: boolean,
  stock: StockState,
  somethingHeld: boolean,
): Source {
  if (kind === 'receipt-note')
    return sourceOfOrderLine(line, kind, [{ warehouseId, quantity: line.openQuantity }], [])
  const demands = stock.demandsOf(line.id)
  const held = heldFor(line, stock)
  const lots: StoredLot[] = demands.flatMap((d) =>
    [...(stock.lotHolds.get(`${d.sourceLineId} ${d.warehouseId}`) ?? new Map<string, Decimal>())].map(
      ([lotId, quantity]) => {
        const lot = stock.lots.get(lotId)!
        return { lotId, number: lot.number, expiresOn: lot.expiresOn, quantity: quantity.toFixed() }
      },
    ),
  )
  const places = demands
    .filter((d) => (held.gt(zero) && !mayGoNegative ? d.reserved : d.wanted).gt(zero))
    .map((d) => ({
      warehouseId: d.warehouseId,
      quantity: held.gt(zero) && !mayGoNegative ? d.reserved : d.wanted,
    }))
    .sort((a, b) => Number(b.warehouseId === warehouseId) - Number(a.warehouseId === warehouseId))
  const source = sourceOfOrderLine(
    line,
    kind,
    places.length > 0 ? places : [{ warehouseId, quantity: line.openQuantity }],
    lots,
  )
  // What waits for stock is not proposed, be it a whole line: only what is held can go out now. Where
  // nothing is held at all everything is proposed, and posting says what is missing.
  return somethingHeld && held.lt(line.openQuantity) && !mayGoNegative ? { ...source, open: held } : source
}

function heldFor(line: OrderLineRow, stock: StockState): Decimal {
  return sum(stock.demandsOf(line.id).map((d) => d.reserved))
}

/** A draft return made from a delivery or receipt: all that can still come or go back, or the lines given. */
export async function createFromShipment(
  tx: Transaction,
  ctx: Context,
  kind: 'sales-return' | 'purchase-return',
  sourceId: string,
  input: ShipmentFollowUp,
): Promise<Made<ShipmentOut, FreshShipment>> {
  const sourceKind = describeShipment(kind).source!.kind as ShipmentKind
  const p = { companyId: ctx.company.id, id: sourceId }
  const [source, sourceLines, lotsBack] = await Promise.all([
    tx.maybe(lockShipment, p),
    tx.all(selectShipmentLines, p),
    tx.all(selectLotsBack, p),
  ])
  const { title } = titles[sourceKind]
  if (!source || source.kind !== sourceKind) throw notFound(title)
  if (source.state !== 'posted')
    throw conflict('wrong-state', `This ${title} is ${source.state}; goods come back from a posted one.`)
  const back = lotsBackByLine(lotsBack)
  const sources = new Map(
    sourceLines.map((line): [string, Source] => [
      line.id,
      sourceOfShipmentLine(line, kind, back.get(line.id)),
    ]),
  )
  const open = input.lines ? sources : new Map([...sources].filter(([, s]) => s.open.gt(zero)))
  if (open.size === 0) throw conflict('nothing-left', `Everything of this ${title} is back already.`)
  const lines = await buildShipmentLines(tx, ctx, input.lines, {
    kind,
    warehouseId: input.warehouseId ?? source.warehouseId,
    sources: open,
    reason: input.reason ?? null,
  })
  await checkLocations(tx, ctx, lines, input.warehouseId ?? source.warehouseId)
  const moved =
    input.warehouseId === undefined
      ? lines
      : lines.map((l, i) => ({ ...l, warehouseId: input.lines?.[i]?.warehouseId ?? input.warehouseId! }))
  const head: Head = {
    partyId: source.partyId,
    party: source.party,
    warehouseId: input.warehouseId ?? source.warehouseId,
    toWarehouseId: null,
    viaTransit: false,
    takeReservations: false,
    orderId: source.orderId,
    sourceShipmentId: source.id,
    deliveryAddress: null,
  }
  return madeOf(tx, ctx, kind, writeShipment(tx, ctx, kind, head, input, moved))
}

/** A draft made by hand: adjustments, transfers, and deliveries, receipts or returns without an order. */
export async function createShipment(
  tx: Transaction,
  ctx: Context,
  kind: ShipmentKind,
  input: ShipmentInput,
): Promise<Made<ShipmentOut, FreshShipment>> {
  const description = describeShipment(kind)
  if (input.sourceId !== undefined) {
    if (kind === 'delivery-note' || kind === 'receipt-note')
      return createFromOrder(tx, ctx, kind, input.sourceId, followUp(input))
    if (kind === 'sales-return' || kind === 'purchase-return')
      return createFromShipment(tx, ctx, kind, input.sourceId, followUp(input))
    throw ruleBroken('no-source', '/sourceId', `A ${description.title} is not made from another document.`)
  }
  if (!input.lines) throw ruleBroken('no-lines', '/lines', 'Enter at least one line.')
  const transfer = kind === 'stock-transfer'
  if (description.side === null && input.partyId)
    throw ruleBroken('no-party', '/partyId', `A ${description.title} has no party.`)
  if (description.side !== null && !input.partyId)
    throw ruleBroken('no-party', '/partyId', `Enter the ${description.side}.`)
  if (!transfer && input.toWarehouseId)
    throw ruleBroken(
      'no-target',
      '/toWarehouseId',
      `A ${description.title} stays in one warehouse; a stock transfer goes to another.`,
    )
  const [party, warehouse, target] = await Promise.all([
    description.side !== null ? requireParty(tx, ctx, input.partyId!, description.side) : null,
    requireWarehouse(tx, ctx, input.warehouseId),
    transfer ? requireWarehouse(tx, ctx, input.toWarehouseId ?? input.warehouseId, '/toWarehouseId') : null,
  ])
  const lines = await buildShipmentLines(tx, ctx, input.lines, {
    kind,
    warehouseId: warehouse.id,
    sources: null,
    reason: input.reason ?? null,
  })
  // All lines of these documents are in the one warehouse of the head.
  for (const [i, line] of lines.entries()) {
    if (line.warehouseId !== warehouse.id)
      throw ruleBroken(
        'warehouse',
        `/lines/${i}/warehouseId`,
        'The line is in another warehouse than the document.',
      )
  }
  if (transfer) checkTransfer(lines, warehouse.id, target!.id, input)
  await checkLocations(tx, ctx, lines, target?.id ?? warehouse.id)
  const head: Head = {
    partyId: party?.id ?? null,
    party: party ? snapshot(party) : null,
    warehouseId: warehouse.id,
    toWarehouseId: target?.id ?? null,
    viaTransit: transfer && (input.viaTransit ?? false),
    takeReservations: transfer && (input.takeReservations ?? false),
    orderId: null,
    sourceShipmentId: null,
    deliveryAddress: kind === 'delivery-note' && party ? postalAddress(party.shippingAddress) : null,
  }
  return madeOf(tx, ctx, kind, writeShipment(tx, ctx, kind, head, input, lines))
}

function followUp(input: ShipmentInput): ShipmentFollowUp {
  const { date, reference, carrier, tracking, reason, notes, warehouseId, lines } = input
  return { date, reference, carrier, tracking, reason, notes, warehouseId, lines }
}

function checkTransfer(
  lines: readonly DraftShipmentLine[],
  from: string,
  to: string,
  input: ShipmentInput,
): void {
  if (from !== to) {
    if (input.viaTransit && input.takeReservations) {
      throw ruleBroken(
        'transit-reservations',
        '/takeReservations',
        'Goods in transit cannot be held for an order. Transfer them in one step.',
      )
    }
    return
  }
  if (input.viaTransit)
    throw ruleBroken('same-warehouse', '/viaTransit', 'Within one warehouse goods are not in transit.')
  for (const [i, line] of lines.entries()) {
    if (line.toLocationId === null || line.toLocationId === line.locationId) {
      throw ruleBroken(
        'same-place',
        `/lines/${i}/toLocationId`,
        'Within one warehouse, name another location to move to.',
      )
    }
  }
}

const selectWarehousesOfLocations = statement(
  'warehouses_of_locations',
  { id: 'uuid', warehouseId: 'uuid?' },
  (p: { companyId: string; ids: readonly string[] }) => sql`
    select id, warehouse_id from locations where company_id = ${p.companyId} and id = any(${p.ids}::uuid[]) and not archived`,
)

/** Locations named on lines belong to the warehouses of the document. */
export async function checkLocations(
  tx: Transaction,
  ctx: Context,
  lines: readonly DraftShipmentLine[],
  toWarehouseId: string,
): Promise<void> {
  const ids = lines.flatMap((l) => [l.locationId, l.toLocationId]).filter((id) => id !== null)
  if (ids.length === 0) return
  const locations = await tx.all(selectWarehousesOfLocations, {
    companyId: ctx.company.id,
    ids: [...new Set(ids)],
  })
  const warehouseOf = new Map(locations.map((l) => [l.id, l.warehouseId]))
  for (const [i, line] of lines.entries()) {
    if (line.locationId !== null && warehouseOf.get(line.locationId) !== line.warehouseId) {
      throw ruleBroken(
        'location',
        `/lines/${i}/locationId`,
        'This location is not in the warehouse of the line.',
      )
    }
    if (line.toLocationId !== null && warehouseOf.get(line.toLocationId) !== toWarehouseId) {
      throw ruleBroken(
        'location',
        `/lines/${i}/toLocationId`,
        'This location is not in the warehouse that the goods go to.',
      )
    }
  }
}

type Written = Pick<FreshShipment, 'shipment' | 'lines'>

/** The answer to a new draft; what posting can go on with is that of an order. */
function madeOf(
  tx: Transaction,
  ctx: Context,
  kind: ShipmentKind,
  written: Written | FreshShipment,
): Made<ShipmentOut, FreshShipment> {
  const { id } = written.shipment
  const fresh = 'order' in written ? written : undefined
  return new Made(id, () => presentShipment(tx, ctx, kind, id), fresh)
}

function writeShipment(
  tx: Transaction,
  ctx: Context,
  kind: ShipmentKind,
  head: Head,
  input: ShipmentFollowUp,
  lines: readonly DraftShipmentLine[],
): Written {
  const id = newId()
  const { createdBy, createdByUser } = madeBy(ctx)
  const shipment: ShipmentRow = {
    id,
    kind,
    number: null,
    state: 'draft',
    ...head,
    date: input.date ?? ctx.today,
    reference: input.reference ?? null,
    carrier: input.carrier ?? null,
    tracking: input.tracking ?? null,
    reason: input.reason ?? null,
    notes: input.notes ?? null,
    version: 1,
    createdAt: ctx.now,
    createdBy,
    postedAt: null,
  }
  tx.write(insertShipment, { rows: [{ companyId: ctx.company.id, ...shipment, createdByUser }] })
  const written = writeShipmentLines(tx, ctx, id, lines)
  recordEventsLater(tx, ctx, [
    {
      type: `${kind}.created`,
      objectKind: kind,
      objectId: id,
      after: { state: 'draft', partyId: head.partyId, warehouseId: head.warehouseId, lines: lines.length },
    },
  ])
  return { shipment, lines: written }
}

export function writeShipmentLines(
  tx: Transaction,
  ctx: Context,
  shipmentId: string,
  lines: readonly DraftShipmentLine[],
): ShipmentLineRow[] {
  if (lines.length === 0)
    throw new Problem(422, 'no-lines', 'Enter at least one line.', {
      errors: [{ pointer: '/lines', message: 'at least one' }],
    })
  const rows = lines.map((line, i) => ({
    companyId: ctx.company.id,
    id: newId(),
    shipmentId,
    position: i + 1,
    ...line,
  }))
  tx.write(insertShipmentLines, { rows })
  return rows.map((row) => ({ ...row, lots: [...row.lots], returned: zero, invoiced: zero, received: zero }))
}
