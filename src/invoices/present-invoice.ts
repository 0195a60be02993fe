import { findRulesBefore, withApprovals } from '../approvals/index.ts'
import { inUnit } from '../catalogue/index.ts'
import type { Context } from '../kernel/context.ts'
import { type Decimal, decimal, max, sum, zero } from '../kernel/decimal.ts'
import { roundMoney } from '../kernel/money.ts'
import { notFound } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { currentValue, liveMove } from '../stock/index.ts'
import { findLinks } from '../journal/links.ts'
import { type InvoiceKind, describeInvoice } from '../kinds.ts'
import { type Refusal, bySettlement, ofKinds, offeredActions } from '../offered-actions.ts'
import { creditable } from './left-to-credit.ts'
import { findDifferences, matchStatus } from './match-bill.ts'
import { type InvoiceLineRow, type InvoiceRow, selectInvoice, selectInvoiceLines } from './records.ts'
import type { InvoiceOut, MatchDifference } from './schemas.ts'

/** What payments, refunds and rates did to a document: sums over its settlements. */
const selectMoney = statement(
  'select_invoice_money',
  { paid: 'numeric', refunded: 'numeric', exchangeDifference: 'numeric' },
  (p: { companyId: string; id: string }) => sql`
    select
      coalesce(sum(s.claim_amount) filter (where s.claim_invoice_id = ${p.id} and s.by_payment_id is not null), 0) as paid,
      coalesce((select sum(c.refunded) from invoices c where c.company_id = ${p.companyId} and c.corrects_id = ${p.id}), 0) as refunded,
      coalesce(sum(s.exchange_difference), 0) as exchange_difference
    from settlements s where s.company_id = ${p.companyId} and (s.claim_invoice_id = ${p.id} or s.by_credit_id = ${p.id})`,
)

/** R10: the vendor credits the billed price, goods left at the average; the difference is variance. */
const selectReturnValue = statement(
  'select_return_value',
  { value: 'numeric?', baseQuantity: 'numeric?' },
  (p: { companyId: string; id: string }) => sql`
    select sum(${currentValue()}) as value, sum(m.quantity) as base_quantity
    from invoices i join stock_moves m on m.company_id = i.company_id and m.shipment_id = i.source_shipment_id and ${liveMove}
    where i.company_id = ${p.companyId} and i.id = ${p.id}`,
)

/** What an action that has just written an invoice knows of it, read or decided under its lock. */
export interface KnownOfInvoice {
  readonly invoice?: Promise<InvoiceRow>
  readonly lines?: readonly InvoiceLineRow[]
  readonly money?: {
    readonly paid: Decimal
    readonly refunded: Decimal
    readonly exchangeDifference: Decimal
  }
  readonly links?: InvoiceOut['links']
  readonly differences?: MatchDifference[]
}

/**
 * One invoice, bill or credit as the API answers it.
 * @param known is not read again
 */
export async function presentInvoice(
  tx: Transaction,
  ctx: Context,
  kind: InvoiceKind,
  id: string,
  known: KnownOfInvoice = {},
): Promise<InvoiceOut> {
  const p = { companyId: ctx.company.id, id }
  const own = ctx.partyId === null
  const [invoice, lines, money, links, before, differences, goods] = await Promise.all([
    known.invoice ?? tx.maybe(selectInvoice, p),
    known.lines ?? tx.all(selectInvoiceLines, p),
    known.money ?? tx.one(selectMoney, p),
    known.links ?? findLinks(tx, ctx, 'invoice', id),
    findRulesBefore(tx, ctx, kind),
    kind === 'bill' ? (known.differences ?? findDifferences(tx, ctx, id)) : null,
    kind === 'vendor-credit' && own ? tx.one(selectReturnValue, p) : null,
  ])
  if (!invoice || invoice.kind !== kind) throw notFound(describeInvoice(kind).title)
  const head = presentInvoiceHead(ctx, invoice)
  return withApprovals(tx, ctx, before, {
    ...head,
    pricesIncludeTax: invoice.pricesIncludeTax,
    taxRounding: invoice.taxRounding as InvoiceOut['taxRounding'],
    paymentTermDays: invoice.paymentTermDays,
    reason: invoice.reason,
    notes: invoice.notes,
    discountPercent: invoice.discountPercent,
    discountAmount: invoice.discountAmount,
    creditedAmount: invoice.credited,
    paidAmount: money.paid,
    refundedAmount: describeInvoice(kind).role === 'claim' ? money.refunded : invoice.refunded,
    netPaid: money.paid.minus(describeInvoice(kind).role === 'claim' ? money.refunded : invoice.refunded),
    openBaseAmount: roundMoney(head.openAmount.times(invoice.exchangeRate), ctx.company.minorDigits),
    exchangeDifference: money.exchangeDifference,
    priceVariance:
      goods?.value == null
        ? null
        : variance(ctx, invoice, lines, { value: goods.value, baseQuantity: goods.baseQuantity! }),
    advances: invoice.advances.map((a) => ({ paymentId: a.paymentId, amount: decimal(a.amount) })),
    match:
      differences === null
        ? null
        : {
            status: matchStatus(differences, invoice.matchDecision),
            differences,
            decision: invoice.matchDecision,
          },
    createdBy: invoice.createdBy,
    postedAt: invoice.postedAt,
    taxes: invoice.taxes.map((t) => ({
      ...t,
      rate: decimal(t.rate),
      net: decimal(t.net),
      tax: decimal(t.tax),
    })),
    lines: lines.map(presentLine),
    actions: offeredActions(
      describeInvoice(kind),
      invoice.state,
      refusals(invoice, lines, differences?.length ?? 0),
      links,
    ),
    links,
  })
}

function variance(
  ctx: Context,
  invoice: InvoiceRow,
  lines: readonly InvoiceLineRow[],
  goods: { value: Decimal; baseQuantity: Decimal },
): Decimal {
  // A down payment or rebate that is credited along is no goods.
  const returned = lines.filter((l) => l.shipmentLineId !== null)
  const credited = sum(returned.map((l) => l.baseQuantity))
  const net = sum(returned.map((l) => l.net))
  const share = goods.baseQuantity.eq(zero) ? zero : goods.value.times(credited).div(goods.baseQuantity)
  return roundMoney(net.times(invoice.exchangeRate), ctx.company.minorDigits).minus(
    roundMoney(share, ctx.company.minorDigits),
  )
}

/** What is still to be paid (or redeemed): for a draft less the advances that it will be settled with. */
function openAmount(invoice: InvoiceRow): Decimal {
  if (invoice.state === 'cancelled') return zero
  const planned = invoice.state === 'draft' ? sum(invoice.advances.map((a) => decimal(a.amount))) : zero
  return max(invoice.gross.minus(invoice.settled).minus(planned), zero)
}

/**
 * How far a posted document is paid; null before that. The SQL function `invoice_payment_status` says the same to the
 * lists' filters and to previews, which ask of many rows at once; a test holds the two equal.
 */
export function paymentStatus(
  invoice: Pick<InvoiceRow, 'kind' | 'state' | 'gross' | 'settled' | 'dueDate'>,
  today: string,
): InvoiceOut['paymentStatus'] {
  if (invoice.state !== 'posted') return null
  const claim = describeInvoice(invoice.kind as InvoiceKind).role === 'claim'
  if (invoice.settled.gte(max(invoice.gross, zero))) return claim ? 'paid' : 'redeemed'
  if (claim && invoice.dueDate < today) return 'overdue'
  return invoice.settled.gt(zero) ? 'partial' : 'open'
}

export function presentInvoiceHead(ctx: Context, invoice: InvoiceRow) {
  return {
    id: invoice.id,
    kind: invoice.kind,
    number: invoice.number,
    state: invoice.state as InvoiceOut['state'],
    paymentStatus: paymentStatus(invoice, ctx.today),
    partyId: invoice.partyId,
    party: invoice.party,
    orderId: invoice.orderId,
    correctsId: invoice.correctsId,
    sourceShipmentId: invoice.sourceShipmentId,
    currency: invoice.currency,
    exchangeRate: invoice.exchangeRate,
    date: invoice.date,
    dueDate: invoice.dueDate,
    saleDate: invoice.saleDate,
    reference: invoice.reference,
    totals: { net: invoice.net, tax: invoice.tax, gross: invoice.gross, currency: invoice.currency },
    baseGross: invoice.baseGross,
    openAmount: openAmount(invoice),
    settledAmount: invoice.settled,
    version: invoice.version,
    createdAt: invoice.createdAt,
  }
}

function presentLine(line: InvoiceLineRow): InvoiceOut['lines'][number] {
  const left = creditable(line)
  return {
    id: line.id,
    position: line.position,
    type: line.type as InvoiceOut['lines'][number]['type'],
    productId: line.productId,
    sku: line.sku,
    description: line.description,
    quantity: line.quantity,
    unit: line.unit,
    baseQuantity: line.baseQuantity,
    unitPrice: line.unitPrice,
    discountPercent: line.discountPercent,
    taxIds: line.taxes.map((t) => t.id),
    taxes: line.taxes.map((t) => ({ ...t, rate: decimal(t.rate) })),
    amount: line.amount,
    net: line.net,
    tax: line.tax,
    sourceLineId: line.sourceLineId,
    orderLineId: line.orderLineId,
    shipmentLineId: line.shipmentLineId,
    correctsLineId: line.correctsLineId,
    credited: inUnit(line.credited, line),
    creditedAmount: line.creditedAmount,
    creditable: inUnit(left.base, line),
    creditableAmount: left.amount,
  }
}

/** Reasons that only the amounts know. */
function refusals(
  invoice: InvoiceRow,
  lines: readonly InvoiceLineRow[],
  differences: number,
): Record<string, Refusal | undefined> {
  const paid = invoice.settled.gte(max(invoice.gross, zero))
  const all = lines.every((l) => creditable(l).amount.eq(zero) && creditable(l).base.eq(zero))
  const { role } = describeInvoice(invoice.kind as InvoiceKind)
  const settled = (message: string): Refusal | undefined =>
    paid ? { message, behind: bySettlement } : undefined
  const credited = all ? { message: 'It is credited in full.' } : undefined
  return {
    payments: settled(role === 'claim' ? 'It is paid.' : 'Nothing of it is left to refund.'),
    apply: settled('Nothing of it is left to apply.'),
    'credit-notes': credited,
    'vendor-credits': credited,
    'accept-differences':
      differences === 0
        ? { message: 'It matches order and receipt.' }
        : invoice.matchDecision
          ? { message: 'Its differences are accepted already.' }
          : undefined,
    post:
      differences > 0 && !invoice.matchDecision
        ? {
            message: 'It differs from order or receipt. Decide on the differences first.',
            behind: ofKinds('purchase-order', 'receipt-note'),
          }
        : undefined,
  }
}
