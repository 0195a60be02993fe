import type { Context } from '../kernel/context.ts'
import { type Decimal, decimal, hundred, max, min, sum, zero } from '../kernel/decimal.ts'
import { partOf, roundMoney } from '../kernel/money.ts'
import { conflict, notFound, ruleBroken } from '../kernel/problem.ts'
import type { ReadBack, Transaction } from '../kernel/transaction.ts'
import { fromBase, toBase, findProducts, unitOf } from '../catalogue/index.ts'
import { type InvoiceKind, type OrderKind, describeInvoice, describeOrder } from '../kinds.ts'
import {
  type OrderLineRow,
  type OrderRow,
  inUnit,
  lockOrder,
  requireRate,
  selectOrderLines,
} from '../orders/index.ts'
import { type InvoiceLineRow, selectPostedLinesOfOrder } from './records.ts'
import type { InvoiceFollowUp, InvoiceOut, SourceLine } from './schemas.ts'
import {
  type DraftInvoiceLine,
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
): Promise<ReadBack<InvoiceOut>> {
  const orderKind = describeInvoice(kind).sources[0] as OrderKind
  const p = { companyId: ctx.company.id, id: orderId }
  const [order, lines, posted] = await Promise.all([
    tx.maybe(lockOrder, p),
    tx.all(selectOrderLines, p),
    tx.all(selectPostedLinesOfOrder, p),
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
  if (input.downPayment)
    return writeInvoice(tx, ctx, kind, head, downPaymentLines(order, lines, posted, input.downPayment))
  const units = input.lines?.some((l) => l.unit !== undefined)
    ? await findProducts(tx, ctx.company.id, [
        ...new Set(lines.flatMap((l) => (l.productId ? [l.productId] : []))),
      ])
    : new Map<string, never>()
  const drafts = input.lines
    ? input.lines.map((entry, i) => enteredLine(kind, order, lines, entry, i, units))
    : lines
        .filter((line) => due(kind, line, lines).gt(zero))
        .map((line) => orderLineDraft(order, line, due(kind, line, lines), {}))
  if (drafts.length === 0)
    throw conflict(
      'nothing-left',
      `Nothing is left to ${kind === 'invoice' ? 'invoice' : 'bill'} on this order.`,
    )
  requireDue(kind, lines, drafts)
  return writeInvoice(tx, ctx, kind, head, [...drafts, ...deductions(order, posted, drafts)])
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
  const gone = max(line.rejected, line.returned.plus(line.returnedReplace))
  return max(line.shipped.minus(gone).minus(line.invoiced.minus(line.credited)), zero)
}

/** A line of an invoice that is a part of an order line; the last part takes the remainder (R6). */
export function orderLineDraft(
  order: { minorDigits: number },
  line: OrderLineRow,
  base: Decimal,
  entered: { unitPrice?: string; discountPercent?: string },
): DraftInvoiceLine {
  const quantity = fromBase(base, line)
  const unitPrice = entered.unitPrice === undefined ? line.unitPrice : decimal(entered.unitPrice)
  const discountPercent =
    entered.discountPercent === undefined ? line.discountPercent : decimal(entered.discountPercent)
  const same = unitPrice.eq(line.unitPrice) && discountPercent.eq(line.discountPercent)
  const inBase = quantity === null
  return {
    type: 'item',
    productId: line.productId,
    stocked: line.stocked,
    sku: line.sku,
    description: line.description,
    unit: line.unit,
    numerator: line.numerator,
    denominator: line.denominator,
    quantity: inBase ? inUnit(base, line) : quantity,
    baseQuantity: base,
    unitPrice,
    discountPercent,
    taxes: readTaxes(line.taxes),
    fixedAmount: same ? orderLineAmount(order, line, base) : undefined,
    sourceLineId: line.id,
    orderLineId: line.id,
    shipmentLineId: null,
    correctsLineId: null,
  }
}

export function orderLineAmount(order: { minorDigits: number }, line: OrderLineRow, base: Decimal): Decimal {
  const done = { quantity: line.invoiced.minus(line.credited), amount: line.invoicedAmount }
  return partOf({ quantity: line.baseQuantity, amount: line.amount }, done, base, order.minorDigits)
}

function enteredLine(
  kind: 'invoice' | 'bill',
  order: OrderRow,
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
  return orderLineDraft(order, line, base, entry)
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
    const amount = draft.fixedAmount ?? draft.quantity.times(draft.unitPrice)
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
