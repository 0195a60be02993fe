import { findRulesBefore, withApprovals } from '../approvals/index.ts'
import { inUnit } from '../catalogue/index.ts'
import type { Context } from '../kernel/context.ts'
import { type Decimal, decimal, sum, zero } from '../kernel/decimal.ts'
import { notFound } from '../kernel/problem.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { findLinks } from '../journal/links.ts'
import { type ShipmentKind, countedAs, describeShipment } from '../kinds.ts'
import { type Refusal, ofKinds, offeredActions } from '../offered-actions.ts'
import { type OrderLineRow, creditForReturnsOf } from '../orders/index.ts'
import { findInvoicedThroughOrder } from './invoiced-through-order.ts'
import {
  type ShipmentLineRow,
  type ShipmentRow,
  selectLineValues,
  selectOrderLinesOfShipment,
  selectLotsReceived,
  selectProductsBySerial,
  selectShipment,
  selectShipmentLines,
  stayed,
} from './records.ts'
import type { ShipmentOut } from './schemas.ts'

const none: ReadonlyMap<string, Decimal> = new Map()

/** What an action that has just written a shipment knows of it, read or decided under its lock. */
export interface KnownOfShipment {
  readonly shipment?: Promise<ShipmentRow>
  readonly lines?: readonly ShipmentLineRow[]
  /** What its goods are worth, by line. */
  readonly values?: readonly { readonly lineId: string; readonly value: Decimal }[]
  readonly links?: ShipmentOut['links']
}

/**
 * One shipment as the API answers it.
 * @param known is not read again
 */
export async function presentShipment(
  tx: Transaction,
  ctx: Context,
  kind: ShipmentKind,
  id: string,
  known: KnownOfShipment = {},
): Promise<ShipmentOut> {
  const p = { companyId: ctx.company.id, id }
  // What goods cost is not the customer's business: a customer's login reads no values.
  const [shipment, lines, values, links, before, throughOrder, orderLines, lotsReceived, bySerial] =
    await Promise.all([
      known.shipment ?? tx.maybe(selectShipment, p),
      known.lines ?? tx.all(selectShipmentLines, p),
      ctx.partyId === null ? (known.values ?? tx.all(selectLineValues, p)) : [],
      known.links ?? findLinks(tx, ctx, 'shipment', id),
      findRulesBefore(tx, ctx, kind),
      kind === 'delivery-note' ? findInvoicedThroughOrder(tx, ctx.company.id, [id]) : none,
      countedAs(kind) === 'returned' ? tx.all(selectOrderLinesOfShipment, p) : [],
      kind === 'stock-transfer' ? tx.all(selectLotsReceived, p) : [],
      known.lines?.every((line) => line.lots.length === 0) ? [] : tx.all(selectProductsBySerial, p),
    ])
  if (!shipment || shipment.kind !== kind) throw notFound(describeShipment(kind).title)
  const serial = new Set(bySerial.map(({ productId }) => productId))
  const invoiced = (line: ShipmentLineRow): Decimal => line.invoiced.plus(throughOrder.get(line.id) ?? zero)
  const valueOf = new Map(values.map((v) => [v.lineId, v.value]))
  return withApprovals(tx, ctx, before, {
    ...presentShipmentHead({ ...shipment, inTransit: isInTransit(shipment, lines) }),
    viaTransit: shipment.viaTransit,
    takeReservations: shipment.takeReservations,
    deliveryAddress: shipment.deliveryAddress,
    notes: shipment.notes,
    createdBy: shipment.createdBy,
    postedAt: shipment.postedAt,
    value: shipment.state === 'posted' && ctx.partyId === null ? sum(values.map((v) => v.value)) : null,
    lines: lines.map((line) => ({
      ...presentLine(kind, line, shipment.state === 'posted' ? (valueOf.get(line.id) ?? null) : null),
      serials: serial.has(line.productId) ? line.lots.map((lot) => lot.number) : [],
      invoiced: inUnit(invoiced(line), line),
      lotsReceived: lotsReceived
        .filter(({ lineId }) => lineId === line.id)
        .map(({ lotId, number, expiresOn, quantity }) => ({ lotId, number, expiresOn, quantity })),
    })),
    actions: offeredActions(
      describeShipment(kind),
      shipment.state,
      refusals(shipment, lines, invoiced, orderLines),
      links,
    ),
    links,
  })
}

export function presentShipmentHead(shipment: ShipmentRow & { readonly inTransit: boolean }) {
  return {
    id: shipment.id,
    kind: shipment.kind,
    number: shipment.number,
    state: shipment.state as ShipmentOut['state'],
    partyId: shipment.partyId,
    party: shipment.party,
    warehouseId: shipment.warehouseId,
    toWarehouseId: shipment.toWarehouseId,
    orderId: shipment.orderId,
    sourceId: shipment.sourceShipmentId ?? shipment.orderId,
    date: shipment.date,
    reference: shipment.reference,
    carrier: shipment.carrier,
    tracking: shipment.tracking,
    reason: shipment.reason,
    inTransit: shipment.inTransit,
    version: shipment.version,
    createdAt: shipment.createdAt,
  }
}

function presentLine(
  kind: ShipmentKind,
  line: ShipmentLineRow,
  value: Decimal | null,
): Omit<ShipmentOut['lines'][number], 'serials' | 'invoiced' | 'lotsReceived'> {
  const unit = (base: Decimal): Decimal => inUnit(base, line)
  return {
    id: line.id,
    position: line.position,
    sourceLineId: line.sourceLineId,
    orderLineId: line.orderLineId,
    productId: line.productId,
    sku: line.sku,
    description: line.description,
    quantity: line.quantity,
    unit: line.unit,
    baseQuantity: line.baseQuantity,
    expectedQuantity: line.expectedBaseQuantity === null ? null : unit(line.expectedBaseQuantity),
    rejectedQuantity: unit(line.rejectedBaseQuantity),
    countedQuantity: line.countedQuantity === null ? null : unit(line.countedQuantity),
    bookQuantity: line.bookQuantity === null ? null : unit(line.bookQuantity),
    ...(kind === 'stock-adjustment' ? { quantityChange: unit(line.baseQuantity) } : {}),
    unitCost: line.unitCost,
    value,
    reason: line.reason,
    disposition: line.disposition as ShipmentOut['lines'][number]['disposition'],
    replace: line.replace,
    warehouseId: line.warehouseId,
    locationId: line.locationId,
    toLocationId: line.toLocationId,
    lots: line.lots.map((lot) => ({ ...lot, quantity: decimal(lot.quantity) })),
    returned: unit(line.returned),
    received: unit(line.received),
  }
}

/** Whether goods of a shipment are on their way, as the condition `inTransit` of lists has it. */
export function isInTransit(
  shipment: ShipmentRow,
  lines: readonly Pick<ShipmentLineRow, 'received' | 'baseQuantity'>[],
): boolean {
  return (
    shipment.state === 'posted' && shipment.viaTransit && lines.some((l) => l.received.lt(l.baseQuantity))
  )
}

/** Reasons that only the lines know. */
function refusals(
  shipment: ShipmentRow,
  lines: readonly ShipmentLineRow[],
  invoiced: (line: ShipmentLineRow) => Decimal,
  orderLines: readonly OrderLineRow[],
): Record<string, Refusal | undefined> {
  const allBack = lines.every((l) => l.returned.gte(l.baseQuantity.plus(l.rejectedBaseQuantity)))
  const allInvoiced = lines.every((l) => !isToInvoice(l, invoiced(l)))
  const undo = whyNotUndo(shipment, lines)
  const nothingToCredit = lines.every((l) => !isToCredit(l, orderLines))
    ? { message: 'Nothing of it is left to credit.' }
    : undefined
  return {
    delete:
      shipment.number === null
        ? undefined
        : { message: 'It was posted once and keeps its number and its movements.' },
    'credit-notes': nothingToCredit,
    'vendor-credits': nothingToCredit,
    'sales-returns': allBack ? { message: 'Everything is back already.' } : undefined,
    'purchase-returns': allBack ? { message: 'Everything went back already.' } : undefined,
    invoices: allInvoiced ? { message: 'Nothing of it is left to invoice.' } : undefined,
    bills: allInvoiced ? { message: 'Nothing of it is left to bill.' } : undefined,
    receive: isInTransit(shipment, lines) ? undefined : { message: 'Nothing of it is in transit.' },
    reverse: undo,
    reopen: undo,
  }
}

/** Whether goods that stayed are still to be invoiced (billed). */
export function isToInvoice(line: Parameters<typeof stayed>[0], invoiced: Decimal): boolean {
  return invoiced.lt(stayed(line))
}

/** Whether goods that came back, or went back, may still be credited: by this return, and by their order. */
export function isToCredit(
  line: Pick<ShipmentLineRow, 'orderLineId' | 'invoiced' | 'baseQuantity'>,
  orderLines: readonly OrderLineRow[],
): boolean {
  const orderLine = orderLines.find((l) => l.id === line.orderLineId)
  return line.invoiced.lt(line.baseQuantity) && (!orderLine || creditForReturnsOf(orderLine).gt(zero))
}

/** What stands in the way of undoing goods that a posted document has accounted for, and the way that is left. */
const accounted: Readonly<Record<string, string>> = {
  'delivery-note': 'It is invoiced. Take goods back with a return and a credit note instead.',
  'receipt-note': 'Its goods are billed. Enter a vendor credit or a return instead.',
  'sales-return':
    'It is credited, and a credit note stays. Deliver the goods again and invoice that instead.',
  'purchase-return':
    'It is credited, and a vendor credit stays. Receive the goods again and enter a bill instead.',
}

/** A shipment that others build on is not undone under them. */
export function whyNotUndo(shipment: ShipmentRow, lines: readonly ShipmentLineRow[]): Refusal | undefined {
  if (lines.some((l) => !l.returned.eq('0')))
    return {
      message: 'Goods of it came back or went back. Reverse those returns first.',
      behind: ofKinds('sales-return', 'purchase-return'),
    }
  const booked = lines.some((l) => !l.invoiced.eq('0')) ? accounted[shipment.kind] : undefined
  if (booked !== undefined)
    return { message: booked, behind: ofKinds('invoice', 'bill', 'credit-note', 'vendor-credit') }
  if (shipment.viaTransit && lines.some((l) => !l.received.eq('0')))
    return { message: 'Goods of it arrived already. Transfer them back instead.' }
  return undefined
}
