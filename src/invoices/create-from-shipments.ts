import type { Context } from '../kernel/context.ts'
import { type Decimal, decimal, max, min, sum, zero } from '../kernel/decimal.ts'
import { conflict, notFound, ruleBroken } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Made, Transaction } from '../kernel/transaction.ts'
import { choosePrices, findAllTaxes, findCurrency, findProducts, inUnit, toBase } from '../catalogue/index.ts'
import { findParty } from '../parties/index.ts'
import { type ShipmentKind, describeInvoice, titles } from '../kinds.ts'
import {
  type OrderLineRow,
  type OrderRow,
  lineTaxes,
  lockOrder,
  requireRate,
  selectOrderLines,
  snapshot,
} from '../orders/index.ts'
import {
  type ShipmentLineRow,
  type ShipmentRow,
  findInvoicedThroughOrder,
  lockShipment,
  selectShipmentLines,
  stayed,
} from '../shipments/index.ts'
import { deductions, orderLineDraft, withOrderAmounts } from './create-from-order.ts'
import { selectPartsOfOrders, selectPostedLinesOfOrder } from './records.ts'
import type { InvoiceFollowUp, InvoiceOut, SourceLine } from './schemas.ts'
import {
  type FreshInvoice,
  type DraftInvoiceLine,
  type InvoiceHead,
  enteredHead,
  writeInvoice,
} from './write-invoice.ts'

const selectOrdersOfShipments = statement(
  'orders_of_shipments',
  { id: 'uuid' },
  (p: { companyId: string; ids: readonly string[] }) => sql`
    select o.id from orders o
    where o.company_id = ${p.companyId} and o.id in (
      select s.order_id from shipments s where s.company_id = ${p.companyId} and s.id = any(${p.ids}::uuid[]))
    order by o.id`,
)

/** An invoice for delivery notes, or a bill for receipt notes: one of them, or several of one party together. */
export async function createFromShipments(
  tx: Transaction,
  ctx: Context,
  kind: 'invoice' | 'bill',
  shipmentIds: readonly string[],
  input: InvoiceFollowUp,
): Promise<Made<InvoiceOut, FreshInvoice>> {
  const sourceKind = describeInvoice(kind).sources[1] as ShipmentKind
  const ids = [...new Set(shipmentIds)].sort()
  const orderIds = await tx.all(selectOrdersOfShipments, { companyId: ctx.company.id, ids })
  // Orders before shipments, each in the order of their ids: the one order in which chains are locked.
  const orders = await Promise.all(
    orderIds.map(async ({ id }) => {
      const p = { companyId: ctx.company.id, id }
      const [order, lines, posted] = await Promise.all([
        tx.one(lockOrder, p),
        tx.all(selectOrderLines, p),
        tx.all(selectPostedLinesOfOrder, p),
      ])
      return { order, lines, posted }
    }),
  )
  const shipments = await Promise.all(
    ids.map(async (id) => {
      const p = { companyId: ctx.company.id, id }
      const [shipment, lines] = await Promise.all([tx.maybe(lockShipment, p), tx.all(selectShipmentLines, p)])
      return { shipment: requirePosted(sourceKind, shipment), lines }
    }),
  )
  const companyId = ctx.company.id
  const [parts, throughOrder] = await Promise.all([
    tx.all(selectPartsOfOrders, { companyId, ids: orderIds.map(({ id }) => id) }),
    kind === 'invoice' ? findInvoicedThroughOrder(tx, companyId, ids) : null,
  ])
  const first = shipments[0]!.shipment
  if (shipments.some(({ shipment }) => shipment.partyId !== first.partyId)) {
    throw ruleBroken(
      'several-parties',
      '/sourceIds',
      'These documents belong to several parties. Invoice each party apart.',
    )
  }
  const currencies = new Set(
    orders.map(({ order }) => `${order.currency} ${order.pricesIncludeTax} ${order.taxRounding}`),
  )
  if (currencies.size > 1) {
    throw ruleBroken(
      'several-currencies',
      '/sourceIds',
      'Their orders differ in currency or in how tax is computed. Invoice them apart.',
    )
  }
  const orderLines = new Map(orders.flatMap(({ lines }) => lines.map((l) => [l.id, l] as const)))
  const order = orders[0]?.order ?? null
  const head = await headOf(tx, ctx, first, shipments.length === 1, order, orders.length === 1, input)
  const all = shipments.flatMap(({ lines }) => lines)
  const wanted = partsOf(kind, all, orderLines, throughOrder, input)
  const alone = await draftsWithoutOrder(tx, ctx, kind, head, wanted)
  const made = wanted.map(({ line, orderLine, base, entry }): DraftInvoiceLine =>
    orderLine
      ? { ...orderLineDraft(orderLine, base, entry), sourceLineId: line.id, shipmentLineId: line.id }
      : alone.get(line.id)!,
  )
  const drafts = withOrderAmounts(head, orderLines.values(), parts, made)
  for (const [i, entry] of (input.lines ?? []).entries()) {
    if (!drafts.some((d) => d.shipmentLineId === entry.sourceLineId)) {
      throw ruleBroken(
        'unknown-line',
        `/lines/${i}/sourceLineId`,
        'These documents have no such line, or nothing of it is left to invoice.',
      )
    }
  }
  if (drafts.length === 0)
    throw conflict('nothing-left', `Nothing of it is left to ${kind === 'invoice' ? 'invoice' : 'bill'}.`)
  const advances = orders.flatMap(({ order: of, posted }) => deductions(of, posted, drafts))
  return writeInvoice(tx, ctx, kind, head, [...drafts, ...advances])
}

function requirePosted(kind: ShipmentKind, shipment: ShipmentRow | null): ShipmentRow {
  const { title } = titles[kind]
  if (!shipment || shipment.kind !== kind) throw notFound(title)
  if (shipment.state !== 'posted')
    throw conflict('wrong-state', `This ${title} is ${shipment.state}; only a posted one is invoiced.`)
  return shipment
}

async function headOf(
  tx: Transaction,
  ctx: Context,
  shipment: ShipmentRow,
  oneShipment: boolean,
  order: OrderRow | null,
  oneOrder: boolean,
  input: InvoiceFollowUp,
): Promise<InvoiceHead> {
  const party = await findParty(tx, ctx.company.id, shipment.partyId!)
  if (!party) throw notFound('party')
  const currency = order?.currency ?? party.currency ?? ctx.company.currency
  const entered = enteredHead(
    ctx,
    input,
    order?.paymentTermDays ?? party.paymentTermDays ?? ctx.company.paymentTermDays,
    order ?? {},
  )
  const [known, exchangeRate] = await Promise.all([
    findCurrency(tx, ctx.company.id, currency),
    requireRate(tx, ctx, currency, entered.date, input.exchangeRate),
  ])
  return {
    ...entered,
    saleDate: entered.saleDate ?? (oneShipment && shipment.date !== entered.date ? shipment.date : null),
    partyId: party.id,
    party: snapshot(party),
    orderId: oneOrder ? (order?.id ?? null) : null,
    correctsId: null,
    sourceShipmentId: oneShipment ? shipment.id : null,
    currency,
    exchangeRate,
    minorDigits: order?.minorDigits ?? known!.minorDigits,
    pricesIncludeTax: order?.pricesIncludeTax ?? ctx.company.pricesIncludeTax,
    taxRounding: (order?.taxRounding as 'document' | 'line' | undefined) ?? ctx.company.taxRounding,
    discountPercent: zero,
    discountAmount: zero,
  }
}

/** What is to be invoiced of a line of a shipment. */
interface Part {
  readonly line: ShipmentLineRow
  /** Undefined: the goods moved without an order. */
  readonly orderLine: OrderLineRow | undefined
  readonly base: Decimal
  readonly entry: Partial<SourceLine>
}

/** @param throughOrder what invoices of the orders charge of the lines already; null: nothing */
function partsOf(
  kind: 'invoice' | 'bill',
  lines: readonly ShipmentLineRow[],
  orderLines: ReadonlyMap<string, OrderLineRow>,
  throughOrder: ReadonlyMap<string, Decimal> | null,
  input: InvoiceFollowUp,
): Part[] {
  const taken = new Map<string, Decimal>()
  return lines.flatMap((line): Part[] => {
    const entry = input.lines?.find((l) => l.sourceLineId === line.id)
    if (input.lines && !entry) return []
    const orderLine = line.orderLineId === null ? undefined : orderLines.get(line.orderLineId)
    const invoiced = line.invoiced.plus(throughOrder?.get(line.id) ?? zero)
    let left = max(stayed(line).minus(invoiced), zero)
    const other = taken.get(line.orderLineId ?? '') ?? zero
    if (orderLine && kind === 'invoice') left = min(left, max(orderLine.dueQuantity.minus(other), zero))
    const base = entry?.quantity === undefined ? left : toBase(decimal(entry.quantity), line)
    if (base.gt(left)) {
      throw conflict(
        'over-invoice',
        `At most ${inUnit(left, line).toFixed()} of ${line.sku} can be invoiced from this document.`,
        { limit: left.toFixed() },
      )
    }
    if (!base.gt(zero)) return []
    if (orderLine) taken.set(orderLine.id, other.plus(base))
    return [{ line, orderLine, base, entry: entry ?? {} }]
  })
}

/** Goods that moved without an order, by line of the shipment: at the price that applies to the party now. */
async function draftsWithoutOrder(
  tx: Transaction,
  ctx: Context,
  kind: 'invoice' | 'bill',
  head: InvoiceHead,
  parts: readonly Part[],
): Promise<ReadonlyMap<string, DraftInvoiceLine>> {
  const alone = parts.filter(({ orderLine }) => orderLine === undefined)
  if (alone.length === 0) return new Map()
  const side = kind === 'invoice' ? 'sales' : 'purchase'
  const ids = alone.map(({ line }) => line.productId)
  const [products, allTaxes] = await Promise.all([
    findProducts(tx, ctx.company.id, [...new Set(ids)]),
    findAllTaxes(tx, ctx.company.id),
  ])
  const taxes = alone.map(({ line }) => {
    const product = products.get(line.productId)!
    return lineTaxes(side === 'sales' ? product.taxIds : product.purchaseTaxIds, allTaxes, '/lines')
  })
  const choices = await choosePrices(tx, ctx, {
    side,
    partyId: head.partyId,
    currency: head.currency,
    pricesIncludeTax: head.pricesIncludeTax,
    date: head.date,
    priceBookId: null,
    lines: alone.map(({ line, base }, i) => ({
      productId: line.productId,
      unit: line.unit,
      quantity: inUnit(base, line),
      taxPercent: sum(taxes[i]!.map(({ rate }) => rate)),
    })),
  })
  return new Map(
    alone.map(({ line, base, entry }, i): [string, DraftInvoiceLine] => {
      const price = entry.unitPrice === undefined ? choices[i]!.price : decimal(entry.unitPrice)
      if (price === null)
        throw ruleBroken(
          'no-price',
          '/lines',
          `There is no price of ${line.sku} in ${head.currency} for this party. Name the line and enter one.`,
        )
      return [
        line.id,
        {
          type: 'item',
          productId: line.productId,
          stocked: true,
          sku: line.sku,
          description: line.description,
          unit: line.unit,
          numerator: line.numerator,
          denominator: line.denominator,
          quantity: inUnit(base, line),
          baseQuantity: base,
          unitPrice: price,
          discountPercent: decimal(entry.discountPercent ?? '0'),
          taxes: taxes[i]!,
          sourceLineId: line.id,
          orderLineId: null,
          shipmentLineId: line.id,
          correctsLineId: null,
        },
      ]
    }),
  )
}
