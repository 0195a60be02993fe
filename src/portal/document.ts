import { createHash } from 'node:crypto'
import { findCurrency } from '../catalogue/index.ts'
import { type InvoiceOut, presentInvoice } from '../invoices/index.ts'
import type { Context } from '../kernel/context.ts'
import { type Decimal, zero } from '../kernel/decimal.ts'
import { notFound } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type OrderOut, presentOrder } from '../orders/index.ts'
import { type Discounted, discountOfDocument, findReasons, shownLine } from '../printing/index.ts'
import { presentShipment } from '../shipments/index.ts'
import type { PortalKind } from './links.ts'
import type { PortalDocument } from './schemas.ts'

const selectKind = statement(
  'select_portal_document_kind',
  { kind: 'text' },
  (p: { companyId: string; id: string }) => sql`
    select kind from documents where company_id = ${p.companyId} and id = ${p.id}
      and kind in ('sales-order', 'delivery-note', 'sales-return', 'invoice', 'credit-note')`,
)
const selectAcceptances = statement(
  'select_portal_acceptances',
  { contentSha256: 'text', name: 'text', amount: 'numeric', currency: 'text', at: 'timestamptz' },
  (p: { companyId: string; orderId: string }) => sql`
    select content_sha256, name, amount, currency, at from portal_acceptances
    where company_id = ${p.companyId} and order_id = ${p.orderId} order by at desc`,
)
const selectDisputes = statement(
  'select_portal_disputes_of_document',
  {
    id: 'uuid',
    lineId: 'uuid?',
    text: 'text',
    name: 'text?',
    at: 'timestamptz',
    resolvedAt: 'timestamptz?',
    resolution: 'text?',
  },
  (p: { companyId: string; documentId: string }) => sql`
    select id, line_id, text, name, at, resolved_at, resolution from portal_disputes
    where company_id = ${p.companyId} and document_id = ${p.documentId} order by id`,
)

/** @throws 404 where the link does not cover the document. */
export async function kindOfCovered(tx: Transaction, ctx: Context, id: string): Promise<PortalKind> {
  const found = await tx.maybe(selectKind, { companyId: ctx.company.id, id })
  if (!found) throw notFound('document')
  return found.kind as PortalKind
}

/**
 * What a customer is shown of a document: what is printed on it, how far it is delivered and paid, and what
 * he answered. No costs, no stock, nobody's name of the house.
 */
export async function presentForCustomer(
  tx: Transaction,
  ctx: Context,
  kind: PortalKind,
  id: string,
): Promise<PortalDocument> {
  const disputes = await tx.all(selectDisputes, { companyId: ctx.company.id, documentId: id })
  if (kind === 'sales-order') return ofOrder(tx, ctx, await presentOrder(tx, ctx, kind, id), disputes)
  if (kind === 'invoice' || kind === 'credit-note')
    return ofInvoice(tx, ctx, kind, await presentInvoice(tx, ctx, kind, id), disputes)
  const shipment = await presentShipment(tx, ctx, kind, id)
  return {
    ...nothing,
    id,
    kind,
    number: shipment.number,
    state: shipment.state,
    status: null,
    date: shipment.date,
    reference: shipment.reference,
    notes: shipment.notes,
    taxes: [],
    lines: shipment.lines.map((line) => ({
      id: line.id,
      sku: line.sku,
      description: line.description,
      quantity: line.quantity,
      unit: line.unit,
      unitPrice: null,
      discountPercent: zero,
      discount: null,
      amount: null,
      delivered: null,
    })),
    disputes,
  }
}

type Disputes = PortalDocument['disputes']

const nothing = {
  dueDate: null,
  expectedDate: null,
  currency: null,
  net: null,
  tax: null,
  gross: null,
  paid: null,
  openAmount: null,
  discount: null,
  canAccept: false,
  accepted: null,
} as const

async function ofInvoice(
  tx: Transaction,
  ctx: Context,
  kind: 'invoice' | 'credit-note',
  invoice: InvoiceOut,
  disputes: Disputes,
): Promise<PortalDocument> {
  const { lines, discount } = await pricedLines(tx, ctx, invoice)
  return {
    ...nothing,
    id: invoice.id,
    kind,
    number: invoice.number,
    state: invoice.state,
    status: invoice.paymentStatus,
    date: invoice.date,
    dueDate: kind === 'invoice' ? invoice.dueDate : null,
    reference: invoice.reference,
    notes: invoice.notes,
    ...invoice.totals,
    paid: invoice.settledAmount,
    openAmount: invoice.openAmount,
    discount,
    taxes: await shownTaxes(tx, ctx, invoice.taxes),
    lines: lines.map((line) => ({ ...line, delivered: null })),
    disputes,
  }
}

async function ofOrder(
  tx: Transaction,
  ctx: Context,
  order: OrderOut,
  disputes: Disputes,
): Promise<PortalDocument> {
  const accepted = await tx.all(selectAcceptances, { companyId: ctx.company.id, orderId: order.id })
  const fingerprint = fingerprintOf(order)
  const same = accepted.find((each) => each.contentSha256 === fingerprint)
  const { lines, discount } = await pricedLines(tx, ctx, order)
  return {
    ...nothing,
    id: order.id,
    kind: 'sales-order',
    number: order.number,
    state: order.state,
    status: order.state === 'confirmed' ? order.fulfilment : null,
    date: order.orderDate,
    expectedDate: order.expectedDate,
    reference: order.reference,
    notes: order.notes,
    ...order.totals,
    discount,
    taxes: await shownTaxes(tx, ctx, order.taxes),
    lines: order.lines.map((line, i) => ({
      ...lines[i]!,
      delivered: order.state === 'draft' ? null : (line.delivered ?? null),
    })),
    canAccept: same === undefined && (order.state === 'draft' || order.state === 'confirmed'),
    accepted: same === undefined ? null : { name: same.name, at: same.at },
    disputes,
  }
}

interface Line {
  readonly id: string
  readonly sku: string | null
  readonly description: string
  readonly quantity: Decimal
  readonly unit: string
  readonly unitPrice: Decimal
  readonly discountPercent: Decimal
  readonly amount: Decimal
}

function pricedLine({ id, sku, description, quantity, unit, unitPrice, discountPercent, amount }: Line) {
  return { id, sku, description, quantity, unit, unitPrice, discountPercent, amount }
}

/** Lines and the discount on the whole as they are printed. */
async function pricedLines(
  tx: Transaction,
  ctx: Context,
  of: Discounted & Pick<InvoiceOut, 'pricesIncludeTax' | 'totals'> & { readonly lines: readonly Line[] },
) {
  const { totals, pricesIncludeTax } = of
  const currency = await findCurrency(tx, ctx.company.id, totals.currency)
  const digits = currency?.minorDigits ?? 2
  const lines = of.lines.map((line) => {
    const { amount, discount } = shownLine(of, line, digits)
    const percent = discount?.percent ?? null
    return {
      ...pricedLine(line),
      amount,
      discountPercent: percent ?? zero,
      discount: percent === null ? (discount?.amount ?? null) : null,
    }
  })
  return { lines, discount: discountOfDocument(of, pricesIncludeTax ? totals.gross : totals.net, digits) }
}

async function shownTaxes(tx: Transaction, ctx: Context, taxes: InvoiceOut['taxes']) {
  const reasons = await findReasons(tx, ctx, taxes)
  return taxes.map(({ id, name, rate, tax }) => ({
    name,
    rate,
    tax,
    exemptionReason: reasons.get(id) ?? null,
  }))
}

/** Stands for what the customer was shown: whoever accepts an order accepts these lines and this sum. */
export function fingerprintOf(order: OrderOut): string {
  const { totals, lines, orderDate, expectedDate } = order
  const shown = { totals, orderDate, expectedDate, lines: lines.map(pricedLine) }
  return createHash('sha256').update(JSON.stringify(shown)).digest('hex')
}
