import { askEarlyForRulesBefore } from '../approvals/index.ts'
import type { Context } from '../kernel/context.ts'
import { type Decimal, decimal, hundred, max, min, sum, zero } from '../kernel/decimal.ts'
import { partOf, roundMoney } from '../kernel/money.ts'
import { conflict, notFound, ruleBroken } from '../kernel/problem.ts'
import type { Made, Transaction } from '../kernel/transaction.ts'
import { findProducts, fromBase, inUnit, toBase, unitOf } from '../catalogue/index.ts'
import { type InvoiceKind, type OrderKind, describeInvoice, describeOrder } from '../kinds.ts'
import {
  type OrderLineRow,
  type OrderRow,
  lockOrder,
  requireRate,
  selectOrderLines,
  whatStayed,
} from '../orders/index.ts'
import { lineAmount } from '../totals.ts'
import {
  type InvoiceLineRow,
  type PartAtOrderPrice,
  selectPartsOfOrders,
  selectPostedLinesOfOrder,
} from './records.ts'
import type { InvoiceFollowUp, InvoiceOut, SourceLine } from './schemas.ts'
import {
  type DraftInvoiceLine,
  type FreshInvoice,
  type InvoiceHead,
  enteredHead,
  readTaxes,
  writeInvoice,
} from './write-invoice.ts'

/** An invoice or bill from an order: all that is open, the lines given, or a down payment. */
export async function createFromOrder(
  tx: Transaction,
  ctx: Context,
  kind: 'invoice' | 'bill',
  orderId: string,
  input: InvoiceFollowUp,
): Promise<Made<InvoiceOut, FreshInvoice>> {
  const orderKind = describeInvoice(kind).sources[0] as OrderKind
  const p = { companyId: ctx.company.id, id: orderId }
  askEarlyForRulesBefore(tx, ctx, kind)
  const [order, lines, posted, parts] = await Promise.all([
    tx.maybe(lockOrder, p),
    tx.all(selectOrderLines, p),
    tx.all(selectPostedLinesOfOrder, p),
    tx.all(selectPartsOfOrders, { companyId: ctx.company.id, ids: [orderId] }),
  ])
  const { title } = describeOrder(orderKind)
  const verb = kind === 'invoice' ? 'invoiced' : 'billed'
  if (!order || order.kind !== orderKind) throw notFound(title)
  if (order.state !== 'confirmed' && order.state !== 'closed') {
    throw conflict(
      'wrong-state',
      `This ${title} is ${order.state}; only a confirmed or closed one can be ${verb}.`,
    )
  }
  const head = await headFromOrder(tx, ctx, order, input)
  const write = (drafts: readonly DraftInvoiceLine[]) =>
    writeInvoice(tx, ctx, kind, head, drafts, undefined, { order, orderLines: lines, posted, parts })
  if (input.downPayment) return write(downPaymentLines(order, lines, posted, input.downPayment))
  const units = input.lines?.some((l) => l.unit !== undefined)
    ? await findProducts(tx, ctx.company.id, [
        ...new Set(lines.flatMap((l) => (l.productId ? [l.productId] : []))),
      ])
    : new Map<string, never>()
  const made = input.lines
    ? input.lines.map((entry, i) => enteredLine(kind, lines, entry, i, units))
    : lines
        .filter((line) => due(kind, line, lines).gt(zero))
        .map((line) => orderLineDraft(line, due(kind, line, lines), {}))
  const drafts = withOrderAmounts(order, lines, parts, made)
  if (drafts.length === 0)
    throw conflict(
      'nothing-left',
      `Nothing is left to ${kind === 'invoice' ? 'invoice' : 'bill'} on this order.`,
    )
  requireDue(kind, lines, drafts)
  return write([...drafts, ...deductions(order, posted, drafts)])
}

async function headFromOrder(
  tx: Transaction,
  ctx: Context,
  order: OrderRow,
  input: InvoiceFollowUp,
): Promise<InvoiceHead> {
  const entered = enteredHead(ctx, input, order.paymentTermDays, order.kind === 'sales-order' ? order : {})
  return {
    ...entered,
    partyId: order.partyId,
    party: order.party,
    orderId: order.id,
    correctsId: null,
    sourceShipmentId: null,
    currency: order.currency,
    exchangeRate: await requireRate(tx, ctx, order.currency, entered.date, input.exchangeRate),
    minorDigits: order.minorDigits,
    pricesIncludeTax: order.pricesIncludeTax,
    taxRounding: order.taxRounding as 'document' | 'line',
    // The order's discount is inside the amounts of its lines already (R5).
    discountPercent: zero,
    discountAmount: zero,
  }
}

/**
 * What an empty body invoices of a line, base units. A bill follows what was received and accepted and
 * stayed; before anything has come it follows the order.
 */
function due(kind: 'invoice' | 'bill', line: OrderLineRow, all: readonly OrderLineRow[]): Decimal {
  if (kind === 'invoice' || !line.stocked || all.every((l) => l.shipped.eq(zero))) return line.dueQuantity
  const kept = whatStayed({ ...line, back: line.returned.plus(line.returnedReplace) })
  return max(kept.minus(line.invoiced.minus(line.credited)), zero)
}

/** A line of an invoice that is a part of an order line; what it comes to, `withOrderAmounts` says. */
export function orderLineDraft(
  line: OrderLineRow,
  base: Decimal,
  entered: { unitPrice?: string; discountPercent?: string },
): DraftInvoiceLine {
  return {
    type: 'item',
    productId: line.productId,
    stocked: line.stocked,
    sku: line.sku,
    description: line.description,
    unit: line.unit,
    numerator: line.numerator,
    denominator: line.denominator,
    quantity: fromBase(base, line) ?? inUnit(base, line),
    baseQuantity: base,
    unitPrice: entered.unitPrice === undefined ? line.unitPrice : decimal(entered.unitPrice),
    discountPercent:
      entered.discountPercent === undefined ? line.discountPercent : decimal(entered.discountPercent),
    taxes: readTaxes(line.taxes),
    sourceLineId: line.id,
    orderLineId: line.id,
    shipmentLineId: null,
    correctsLineId: null,
  }
}

type OrderLinePart = Pick<
  InvoiceLineRow,
  'type' | 'orderLineId' | 'correctsLineId' | 'baseQuantity' | 'unitPrice' | 'discountPercent'
>
type OrderLineSource = Pick<
  OrderLineRow,
  'id' | 'baseQuantity' | 'amount' | 'unitPrice' | 'discountPercent' | 'invoiced' | 'credited'
>

/**
 * What lines come to that are parts of order lines, one after the other, the last with the remainder (R6).
 * Undefined where the price was set by hand or the line is none of an order: quantity and price decide (R2).
 * @param earlier parts that were invoiced before at the order's price.
 */
export function orderLineAmounts(
  document: { minorDigits: number },
  sources: Iterable<OrderLineSource>,
  earlier: readonly PartAtOrderPrice[],
  lines: readonly OrderLinePart[],
): (Decimal | undefined)[] {
  const known = new Map([...sources].map((source) => [source.id, source]))
  const own = new Map(earlier.map((part) => [part.orderLineId, part]))
  const taken = new Map<string, Decimal>()
  return lines.map((line) => {
    const source = line.orderLineId === null ? undefined : known.get(line.orderLineId)
    if (line.type !== 'item' || line.correctsLineId !== null || !source) return undefined
    const all = source.invoiced.minus(source.credited).plus(taken.get(source.id) ?? zero)
    taken.set(source.id, (taken.get(source.id) ?? zero).plus(line.baseQuantity))
    if (!source.unitPrice.eq(line.unitPrice) || !source.discountPercent.eq(line.discountPercent))
      return undefined
    const done = own.get(source.id) ?? { quantity: zero, amount: zero }
    const quantity = done.quantity.plus(line.baseQuantity)
    const ends = all.plus(line.baseQuantity).eq(source.baseQuantity)
    const upTo = source.amount.times(quantity).div(source.baseQuantity)
    const amount = ends
      ? roundMoney(upTo, document.minorDigits).minus(done.amount)
      : partOf(
          { quantity: source.baseQuantity, amount: source.amount },
          done,
          line.baseQuantity,
          document.minorDigits,
        )
    own.set(source.id, { orderLineId: source.id, quantity, amount: done.amount.plus(amount) })
    return amount
  })
}

export function withOrderAmounts(
  document: { minorDigits: number },
  sources: Iterable<OrderLineSource>,
  earlier: readonly PartAtOrderPrice[],
  drafts: readonly DraftInvoiceLine[],
): DraftInvoiceLine[] {
  const amounts = orderLineAmounts(document, sources, earlier, drafts)
  return drafts.map((draft, i) => (amounts[i] === undefined ? draft : { ...draft, fixedAmount: amounts[i] }))
}

function enteredLine(
  kind: 'invoice' | 'bill',
  lines: readonly OrderLineRow[],
  entry: SourceLine,
  index: number,
  products: ReadonlyMap<string, Parameters<typeof unitOf>[0]>,
): DraftInvoiceLine {
  const line = lines.find((l) => l.id === entry.sourceLineId)
  if (!line) throw ruleBroken('unknown-line', `/lines/${index}/sourceLineId`, 'This order has no such line.')
  const product = line.productId === null ? undefined : products.get(line.productId)
  const unit =
    entry.unit === undefined || !product ? line : unitOf(product, entry.unit, `/lines/${index}/unit`)
  const base =
    entry.quantity === undefined
      ? due(kind, line, lines)
      : toBase(decimal(entry.quantity), unit, `/lines/${index}/quantity`)
  if (!base.gt(zero))
    throw ruleBroken('no-quantity', `/lines/${index}/quantity`, 'Enter a quantity above zero.')
  return orderLineDraft(line, base, entry)
}

/** A customer is never invoiced more than is due; a vendor's bill is recorded as it is and matched (three ways). */
function requireDue(
  kind: InvoiceKind,
  lines: readonly OrderLineRow[],
  drafts: readonly DraftInvoiceLine[],
): void {
  if (kind !== 'invoice') return
  for (const line of lines) {
    const asked = sum(drafts.filter((d) => d.orderLineId === line.id).map((d) => d.baseQuantity))
    if (asked.lte(line.dueQuantity)) continue
    throw conflict(
      'over-invoice',
      `At most ${inUnit(line.dueQuantity, line).toFixed()} of ${line.sku ?? line.description} can be invoiced: ${line.quantity.toFixed()} ordered, ${inUnit(line.invoiced.minus(line.credited), line).toFixed()} invoiced already.`,
      { limit: line.dueQuantity.toFixed() },
    )
  }
}

/** One line per combination of taxes, so that the tax of the advance is right by rate. */
function downPaymentLines(
  order: OrderRow,
  lines: readonly OrderLineRow[],
  posted: readonly InvoiceLineRow[],
  asked: { percent?: string; amount?: string },
): DraftInvoiceLine[] {
  if ((asked.percent === undefined) === (asked.amount === undefined)) {
    throw ruleBroken('down-payment', '/downPayment', 'Give the down payment in per cent or as an amount.')
  }
  const groups = new Map<string, { amount: Decimal; line: OrderLineRow }>()
  for (const line of lines) {
    const key = taxKey(line.taxes)
    const group = groups.get(key)
    groups.set(key, { amount: (group?.amount ?? zero).plus(line.amount), line: group?.line ?? line })
  }
  const whole = sum([...groups.values()].map((g) => g.amount))
  const percent =
    asked.percent === undefined
      ? decimal(asked.amount!)
          .times(hundred)
          .div(whole.eq(zero) ? hundred : whole)
      : decimal(asked.percent)
  const taken = sum(
    posted
      .filter((l) => l.type === 'advance')
      .map((l) => l.amount.minus(l.creditedAmount).minus(l.deductedAmount)),
  )
  const invoiced = sum(lines.map((l) => l.invoicedAmount))
  const left = whole.minus(taken).minus(invoiced)
  const wanted = roundMoney(whole.times(percent).div(hundred), order.minorDigits)
  if (!wanted.gt(zero) || wanted.gt(left)) {
    throw ruleBroken(
      'down-payment',
      '/downPayment',
      `A down payment is above zero and at most ${left.toFixed()} ${order.currency}, what is not invoiced yet.`,
    )
  }
  const label = asked.percent === undefined ? '' : ` ${percent.toFixed()} %`
  return [...groups.values()]
    .map((group): DraftInvoiceLine => {
      const amount = roundMoney(group.amount.times(percent).div(hundred), order.minorDigits)
      return {
        type: 'advance',
        productId: null,
        stocked: false,
        sku: null,
        description: `Down payment${label} on ${order.number}`,
        unit: 'pcs',
        numerator: 1,
        denominator: 1,
        quantity: decimal(1),
        baseQuantity: decimal(1),
        unitPrice: amount,
        discountPercent: zero,
        taxes: readTaxes(group.line.taxes),
        sourceLineId: null,
        orderLineId: null,
        shipmentLineId: null,
        correctsLineId: null,
      }
    })
    .filter((line) => line.unitPrice.gt(zero))
}

/** Down payments are taken off once, as lines of their own, up to what this invoice is worth (S12). */
export function deductions(
  order: OrderRow,
  posted: readonly InvoiceLineRow[],
  drafts: readonly DraftInvoiceLine[],
): DraftInvoiceLine[] {
  const lines: DraftInvoiceLine[] = []
  const worth = new Map<string, Decimal>()
  for (const draft of drafts) {
    const key = taxKey(draft.taxes)
    const amount = draft.fixedAmount ?? lineAmount(draft, order.minorDigits)
    worth.set(key, (worth.get(key) ?? zero).plus(amount))
  }
  for (const advance of posted) {
    if (advance.type !== 'advance') continue
    const key = taxKey(advance.taxes)
    const left = advance.amount.minus(advance.creditedAmount).minus(advance.deductedAmount)
    const taken = roundMoney(min(left, worth.get(key) ?? zero), order.minorDigits)
    if (!taken.gt(zero)) continue
    worth.set(key, worth.get(key)!.minus(taken))
    lines.push({
      type: 'deduction',
      productId: null,
      stocked: false,
      sku: null,
      description: `Less: ${advance.description}`,
      unit: 'pcs',
      numerator: 1,
      denominator: 1,
      quantity: decimal(-1),
      baseQuantity: decimal(-1),
      unitPrice: taken,
      discountPercent: zero,
      taxes: readTaxes(advance.taxes),
      sourceLineId: advance.id,
      orderLineId: null,
      shipmentLineId: null,
      correctsLineId: null,
    })
  }
  return lines
}

function taxKey(taxes: readonly { id: string }[]): string {
  return taxes
    .map((t) => t.id)
    .sort()
    .join(' ')
}
