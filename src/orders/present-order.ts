import { findRulesBefore, withApprovals } from '../approvals/index.ts'
import { inUnit } from '../catalogue/index.ts'
import type { Context } from '../kernel/context.ts'
import { type Decimal, decimal, max, zero } from '../kernel/decimal.ts'
import { notFound } from '../kernel/problem.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { findLinks } from '../journal/links.ts'
import { type OrderKind, describeOrder } from '../kinds.ts'
import { type Refusal, ofKinds, offeredActions } from '../offered-actions.ts'
import { findPromiseDates } from './promise-dates.ts'
import {
  type OrderLineRow,
  type OrderRow,
  selectLineHolds,
  selectOrder,
  selectOrderLines,
} from './records.ts'
import type { OrderOut } from './schemas.ts'
import { toCredit } from './to-credit.ts'

/** What an action that has just written an order knows of it, read or decided under its lock. */
export interface KnownOfOrder {
  readonly order?: OrderRow | Promise<OrderRow>
  readonly lines?: readonly OrderLineRow[] | Promise<readonly OrderLineRow[]>
  /** What is held, by line. */
  readonly reserved?: ReadonlyMap<string, Decimal>
  readonly dates?: ReadonlyMap<string, string | null>
  /** Nothing comes before or after it yet. */
  readonly alone?: boolean
}

/**
 * One order as the API answers it, with what is left to do on every line.
 * @param known is not read again
 */
export async function presentOrder(
  tx: Transaction,
  ctx: Context,
  kind: OrderKind,
  id: string,
  known: KnownOfOrder = {},
): Promise<OrderOut> {
  const p = { companyId: ctx.company.id, id }
  // A customer sees neither the stock nor who else waits for it.
  const dated = kind === 'sales-order' && ctx.partyId === null
  const [order, lines, reserved, dates, links, before] = await Promise.all([
    known.order ?? tx.maybe(selectOrder, p),
    known.lines ?? tx.all(selectOrderLines, p),
    known.reserved ?? findHolds(tx, ctx, kind, id),
    dated ? (known.dates ?? findPromiseDates(tx, ctx, id)) : new Map<string, string | null>(),
    known.alone ? [] : findLinks(tx, ctx, 'order', id),
    findRulesBefore(tx, ctx, kind),
  ])
  if (!order || order.kind !== kind) throw notFound(describeOrder(kind).title)
  return withApprovals(tx, ctx, before, {
    ...presentHead(order),
    pricesIncludeTax: order.pricesIncludeTax,
    taxRounding: order.taxRounding as OrderOut['taxRounding'],
    priceBookId: order.priceBookId,
    deliveryAddress: order.deliveryAddress,
    notes: order.notes,
    paymentTermDays: order.paymentTermDays,
    priority: order.priority,
    backOrders: order.backOrders,
    discountPercent: order.discountPercent,
    discountAmount: order.discountAmount,
    reservationId: order.reservationId,
    createdBy: order.createdBy,
    taxes: order.taxes.map((t) => ({
      ...t,
      rate: decimal(t.rate),
      net: decimal(t.net),
      tax: decimal(t.tax),
    })),
    lines: lines.map((line) => ({
      ...presentLine(kind, order, line, reserved.get(line.id) ?? zero),
      availableOn: dates.get(line.id) ?? null,
    })),
    actions: offeredActions(describeOrder(kind), order.state, refusals(kind, lines), links),
    links,
  })
}

/** Only what is sold is held. */
async function findHolds(
  tx: Transaction,
  ctx: Context,
  kind: OrderKind,
  id: string,
): Promise<ReadonlyMap<string, Decimal>> {
  if (kind !== 'sales-order') return new Map()
  const holds = await tx.all(selectLineHolds, { companyId: ctx.company.id, id, now: ctx.now })
  return new Map(holds.map((h) => [h.lineId, h.reserved]))
}

export function presentHead(order: Omit<OrderRow, 'warehouseName' | 'allowNegative'>) {
  return {
    id: order.id,
    kind: order.kind,
    number: order.number,
    state: order.state as OrderOut['state'],
    fulfilment: order.fulfilment as OrderOut['fulfilment'],
    invoicing: order.invoicing as OrderOut['invoicing'],
    returned: order.returned as OrderOut['returned'],
    partyId: order.partyId,
    party: order.party,
    warehouseId: order.warehouseId,
    currency: order.currency,
    exchangeRate: order.exchangeRate,
    orderDate: order.date,
    expectedDate: order.expectedDate,
    reference: order.reference,
    totals: { net: order.net, tax: order.tax, gross: order.gross, currency: order.currency },
    version: order.version,
    createdAt: order.createdAt,
  }
}

function presentLine(
  kind: OrderKind,
  order: OrderRow,
  line: OrderLineRow,
  reserved: Decimal,
): Omit<OrderOut['lines'][number], 'availableOn'> {
  const unit = (base: Decimal): Decimal => inUnit(base, line)
  const counts = order.state === 'confirmed'
  const open = order.state === 'draft' || counts ? line.openQuantity : zero
  const back = line.returned.plus(line.returnedReplace)
  return {
    id: line.id,
    position: line.position,
    productId: line.productId,
    stocked: line.stocked,
    sku: line.sku,
    description: line.description,
    quantity: line.quantity,
    unit: line.unit,
    baseQuantity: line.baseQuantity,
    unitPrice: line.unitPrice,
    discountPercent: line.discountPercent,
    priceSource: line.priceSource,
    taxIds: line.taxes.map((t) => t.id),
    taxes: line.taxes.map((t) => ({ ...t, rate: decimal(t.rate) })),
    amount: line.amount,
    net: line.net,
    tax: line.tax,
    expectedDate: line.expectedDate,
    tolerancePercent: line.tolerancePercent,
    [describeOrder(kind).shippedName]: unit(line.shipped),
    rejected: unit(line.rejected),
    returned: unit(back),
    shippedNet: unit(line.shipped.minus(back)),
    invoiced: unit(line.invoiced),
    credited: unit(line.credited),
    invoicedNet: unit(line.invoiced.minus(line.credited)),
    cancelled: unit(line.cancelled),
    reserved: unit(reserved),
    backordered: unit(kind === 'sales-order' && counts ? max(open.minus(reserved), zero) : zero),
    open: unit(open),
    toInvoice: unit(order.state === 'draft' || order.state === 'cancelled' ? zero : line.dueQuantity),
    toCredit: unit(toCredit(line)),
  }
}

/** Reasons that only the lines know. */
export function refusals(
  kind: OrderKind,
  lines: readonly OrderLineRow[],
): Record<string, Refusal | undefined> {
  const shipped = kind === 'sales-order' ? 'deliver' : 'receive'
  const invoice = kind === 'sales-order' ? 'invoice' : 'bill'
  const nothingOpen = lines.every((l) => !canShip(l))
  const nothingDue = lines.every((l) => l.dueQuantity.eq(zero))
  const nothingLeft = lines.every((l) => l.openQuantity.eq(zero) && (l.stocked || l.dueQuantity.eq(zero)))
  return {
    'delivery-notes': nothingOpen ? { message: `Nothing is left to ${shipped}.` } : undefined,
    'receipt-notes': nothingOpen ? { message: `Nothing is left to ${shipped}.` } : undefined,
    invoices: nothingDue ? { message: `Nothing is left to ${invoice}.` } : undefined,
    bills: nothingDue ? { message: `Nothing is left to ${invoice}.` } : undefined,
    cancel: nothingLeft ? whyNotCancel(kind, lines) : undefined,
  }
}

/** Something may still be shipped, be it only within the tolerance. */
export function canShip(line: OrderLineRow): boolean {
  return (
    line.stocked && line.cancelled.eq(zero) && line.shipped.minus(line.returnedReplace).lt(line.limitQuantity)
  )
}

function whyNotCancel(kind: OrderKind, lines: readonly OrderLineRow[]): Refusal {
  const done = kind === 'sales-order' ? 'delivered' : 'received'
  const way =
    kind === 'sales-order'
      ? 'Take goods back with a sales return.'
      : 'Send goods back with a purchase return.'
  return lines.some((l) => l.shipped.gt(zero))
    ? { message: `Everything is ${done} already. ${way}`, behind: ofKinds('delivery-note', 'receipt-note') }
    : { message: 'Nothing is left to cancel.' }
}
