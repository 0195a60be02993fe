import { findRulesBefore, refuseUnapproved } from '../approvals/index.ts'
import { inUnit } from '../catalogue/index.ts'
import { refuseStale } from '../kernel/guards.ts'
import type { Context } from '../kernel/context.ts'
import { type Decimal, decimal, max, min, sum, zero } from '../kernel/decimal.ts'
import { conflict, notFound } from '../kernel/problem.ts'
import { rowsParameter, sql, statement } from '../kernel/sql.ts'
import { type ReadBack, type Transaction, awaitedLater, readBack } from '../kernel/transaction.ts'
import { recordEvents } from '../journal/events.ts'
import { linksOfMade } from '../journal/links.ts'
import { takeNumber } from '../journal/numbering.ts'
import { type InvoiceKind, describeInvoice } from '../kinds.ts'
import { type LineProgress, addProgress, refreshInvoicing } from '../orders/index.ts'
import { type ShipmentLineRow, addShipmentProgress } from '../shipments/index.ts'
import { computeTotals } from '../totals.ts'
import { creditAmounts } from './create-credit.ts'
import { orderLineAmounts } from './create-from-order.ts'
import { byOwnCredit } from './own-credits.ts'
import { creditTaxes, creditable, overCredit } from './left-to-credit.ts'
import { findDifferences } from './match-bill.ts'
import { type Loaded, load, loadedOfFresh } from './load-posting.ts'
import { lockPaymentsForAdvances, payAdvances } from './payments/advances.ts'
import { type KnownOfInvoice, presentInvoice } from './present-invoice.ts'
import {
  type InvoiceLineProgress,
  type InvoiceLineRow,
  type InvoiceRow,
  addInvoiceProgress,
  lockInvoice,
} from './records.ts'
import type { InvoiceOut } from './schemas.ts'
import { settle } from './settlements.ts'
import { unbillReceipts, valueReceipts } from './value-receipts.ts'
import { type DraftInvoiceLine, type FreshInvoice, readTaxes, totalColumns } from './write-invoice.ts'

const setPosted = statement(
  'post_invoice',
  { number: 'text?', version: 'int' },
  (p: { companyId: string; id: string; kind: string; date: string; now: Date }) => sql`
    update invoices i set state = 'posted', version = i.version + 1, posted_at = ${p.now}, number = ${takeNumber(p.companyId, p.kind, p.date)}
    where i.company_id = ${p.companyId} and i.id = ${p.id}
    returning i.number, i.version`,
)

const decide = statement(
  'decide_bill_differences',
  {},
  (p: { companyId: string; id: string; decision: string }) => sql`
    update invoices i set match_decision = ${p.decision}::jsonb, version = i.version + 1 where i.company_id = ${p.companyId} and i.id = ${p.id}`,
)

const setAmounts = statement(
  'settle_invoice_amounts',
  {},
  (p: { companyId: string; rows: readonly object[] }) => sql`
    update invoice_lines l set amount = d.amount, net = d.net, tax = d.tax
    from json_to_recordset(${rowsParameter(p.rows)}::json) as d(id uuid, amount numeric, net numeric, tax numeric)
    where l.company_id = ${p.companyId} and l.id = d.id`,
)
const setTotals = statement(
  'settle_invoice_totals',
  {},
  (p: { companyId: string; id: string; rows: readonly object[] }) => sql`
    update invoices i set net = d.net, tax = d.tax, gross = d.gross, taxes = d.taxes, base_gross = d.base_gross
    from json_to_recordset(${rowsParameter(p.rows)}::json) as d(net numeric, tax numeric, gross numeric, taxes jsonb, base_gross numeric)
    where i.company_id = ${p.companyId} and i.id = ${p.id}`,
)

/**
 * Issues a draft: it gets its number and counts from now on, in money, on order lines and in stock value.
 * @param fresh where it was made in the same transaction: what that has read and locked
 */
export async function postInvoice(
  tx: Transaction,
  ctx: Context,
  kind: InvoiceKind,
  id: string,
  accept: { reason: string } | null,
  ifMatch: number | null,
  fresh?: FreshInvoice,
): Promise<ReadBack<InvoiceOut>> {
  const p = { companyId: ctx.company.id, id }
  const description = describeInvoice(kind)
  const [{ orderIds, loaded }, before, differences] = await Promise.all([
    fresh ? loadedOfFresh(fresh) : load(tx, ctx, kind, id),
    findRulesBefore(tx, ctx, kind),
    kind === 'bill' ? findDifferences(tx, ctx, id) : [],
  ])
  const { invoice, corrected } = loaded
  refuseStale(invoice.version, ifMatch)
  if (invoice.state !== 'draft')
    throw conflict(
      'wrong-state',
      `This ${description.title} is ${invoice.state} already${invoice.number ? ` as ${invoice.number}` : ''}.`,
    )
  if (corrected && corrected.state !== 'posted')
    throw conflict('wrong-state', `${corrected.number ?? 'The document it corrects'} is ${corrected.state}.`)
  if (differences.length > 0 && !invoice.matchDecision && !accept) {
    throw conflict(
      'bill-differs',
      `This bill differs from its order or receipt: ${differences.map((d) => d.message).join(' ')} Accept the differences with a reason, or correct the bill.`,
      { differences: differences.map(({ field, message }) => ({ field, message })) },
    )
  }
  await refuseUnapproved(tx, ctx, before, () => presentInvoice(tx, ctx, kind, id))
  const settled = settleAmounts(tx, ctx, loaded)
  const progress =
    description.role === 'claim'
      ? claimProgress(kind, { ...loaded, lines: settled.lines })
      : creditProgress({ ...loaded, lines: settled.lines })
  write(tx, ctx, progress)
  for (const orderId of orderIds) tx.write(refreshInvoicing, { companyId: ctx.company.id, id: orderId })
  if (accept && differences.length > 0) tx.write(decide, { ...p, decision: decision(ctx, accept.reason) })
  if (corrected) applyToCorrected(tx, ctx, { ...invoice, gross: settled.gross }, corrected)
  if (invoice.advances.length > 0) {
    const payments = await lockPaymentsForAdvances(tx, ctx, invoice.advances)
    payAdvances(tx, ctx, { ...invoice, gross: settled.gross }, payments)
  }
  recordEvents(tx, ctx, [
    {
      type: `${kind}.posted`,
      objectKind: kind,
      objectId: id,
      before: { state: 'draft' },
      after: { state: 'posted', gross: settled.gross, currency: invoice.currency },
      reason: accept?.reason ?? null,
    },
  ])
  if (kind === 'bill') await valueReceipts(tx, ctx, invoice, settled.lines, loaded.orderLines)
  if (kind === 'vendor-credit')
    await unbillReceipts(tx, ctx, settled.lines, loaded.correctedLines, loaded.orderLines)
  const posted = awaitedLater(
    tx
      .one(setPosted, { ...p, kind, date: invoice.date, now: ctx.now })
      .then((now) => ({ ...invoice, state: 'posted', postedAt: ctx.now, ...now })),
  )
  const plain =
    fresh && settled.lines === fresh.lines && invoice.advances.length === 0 && differences.length === 0
  const known = plain ? knownOfPosted(kind as 'invoice' | 'bill', fresh, posted) : {}
  return readBack(() => presentInvoice(tx, ctx, kind, id, known))
}

/** What is known of an invoice that was made of an order and posted: nothing has happened to it yet. */
function knownOfPosted(
  kind: 'invoice' | 'bill',
  { lines, order }: FreshInvoice,
  invoice: Promise<InvoiceRow>,
): KnownOfInvoice {
  return {
    invoice,
    lines,
    money: { paid: zero, refunded: zero, exchangeDifference: zero },
    links: linksOfMade(kind, order),
    differences: [],
  }
}

/** Accepts what a bill differs in, with a reason, before it is posted. */
export async function acceptDifferences(
  tx: Transaction,
  ctx: Context,
  id: string,
  reason: string,
  ifMatch: number | null,
): Promise<ReadBack<InvoiceOut>> {
  const p = { companyId: ctx.company.id, id }
  const [bill, differences] = await Promise.all([tx.maybe(lockInvoice, p), findDifferences(tx, ctx, id)])
  if (!bill || bill.kind !== 'bill') throw notFound('bill')
  refuseStale(bill.version, ifMatch)
  if (bill.state !== 'draft')
    throw conflict(
      'wrong-state',
      `This bill is ${bill.state}; differences are decided on before it is posted.`,
    )
  if (differences.length === 0)
    throw conflict('no-differences', 'This bill matches its order and receipt; there is nothing to accept.')
  tx.write(decide, { ...p, decision: decision(ctx, reason) })
  recordEvents(tx, ctx, [
    { type: 'bill.differences-accepted', objectKind: 'bill', objectId: id, after: { differences }, reason },
  ])
  return readBack(() => presentInvoice(tx, ctx, 'bill', id))
}

function decision(ctx: Context, reason: string): string {
  return JSON.stringify({ reason, by: ctx.actor.name, at: ctx.now.toISOString() })
}

/**
 * Amounts that are parts of earlier lines, seen again under lock: another part may have been posted since
 * the draft was made, and the last part takes the remainder (R6). A price set by hand stays.
 */
function settleAmounts(
  tx: Transaction,
  ctx: Context,
  loaded: Loaded,
): { lines: readonly InvoiceLineRow[]; gross: Decimal } {
  const { invoice, lines, corrected, correctedLines, creditedTaxes, orderLines } = loaded
  const credits = creditAmounts(invoice, correctedLines, lines)
  const parts = orderLineAmounts(invoice, orderLines.values(), loaded.parts, lines)
  const fixed = lines.map((_, i): Decimal => parts[i] ?? credits[i]!)
  const unchanged = fixed.every((amount, i) => amount.eq(lines[i]!.amount))
  const drafts = lines.map((line, i): DraftInvoiceLine => ({
    ...line,
    type: line.type as DraftInvoiceLine['type'],
    taxes: readTaxes(line.taxes),
    fixedAmount: fixed[i]!,
  }))
  // What is too much is told of the line, where it is one's; the whole comes after.
  if (corrected) refuseBeyondLines(corrected, correctedLines, drafts)
  const own = unchanged ? invoice.taxes.map((t) => ({ id: t.id, tax: decimal(t.tax) })) : null
  const rest = corrected
    ? creditTaxes(corrected, correctedLines, drafts, creditedTaxes, own)
    : new Map<string, Decimal>()
  const taxesStand = [...rest].every(([taxId, tax]) =>
    invoice.taxes.some((t) => t.id === taxId && decimal(t.tax).eq(tax)),
  )
  if (unchanged && taxesStand) return { lines, gross: invoice.gross }
  const totals = computeTotals({
    ...invoice,
    taxRounding: invoice.taxRounding as 'document' | 'line',
    discountPercent: zero,
    discountAmount: zero,
    lines: drafts,
    fixedTaxes: rest,
  })
  const companyId = ctx.company.id
  tx.write(setAmounts, { companyId, rows: lines.map((l, i) => ({ id: l.id, ...totals.lines[i]! })) })
  tx.write(setTotals, { companyId, id: invoice.id, rows: [totalColumns(ctx, invoice, totals)] })
  return { lines: lines.map((l, i) => ({ ...l, ...totals.lines[i]! })), gross: totals.gross }
}

interface Progress {
  readonly order: LineProgress[]
  readonly shipment: { id: string; invoiced: Decimal }[]
  readonly invoice: InvoiceLineProgress[]
}

/**
 * Goods of a delivery without an order are invoiced once, and goods that came back are credited once,
 * whatever other drafts were made of them.
 */
function requireGoodsLeft(
  { lines, shipmentLines }: Loaded,
  left: (line: ShipmentLineRow) => Decimal,
  code: string,
  verb: string,
): void {
  for (const goods of shipmentLines) {
    const own = lines.filter((l) => l.shipmentLineId === goods.id)
    const most = max(left(goods), zero)
    if (sum(own.map((l) => l.baseQuantity)).lte(most)) continue
    throw conflict(
      code,
      `At most ${inUnit(most, goods).toFixed()} of ${goods.sku} can be ${verb}: ${goods.quantity.toFixed()} on the goods document, ${inUnit(goods.invoiced, goods).toFixed()} ${verb} already.`,
      { limit: most.toFixed() },
    )
  }
}

function claimProgress(kind: InvoiceKind, loaded: Loaded): Progress {
  const { lines, orderLines, behind } = loaded
  // Of goods with an order the order line judges; a vendor's bill is recorded as it is and matched.
  if (kind === 'invoice') {
    const alone = loaded.shipmentLines.filter((l) => l.orderLineId === null)
    const left = (line: ShipmentLineRow): Decimal =>
      line.baseQuantity.minus(line.returned).minus(line.invoiced)
    requireGoodsLeft({ ...loaded, shipmentLines: alone }, left, 'over-invoice', 'invoiced')
  }
  const order = new Map<string, { invoiced: Decimal; invoicedAmount: Decimal }>()
  const shipment = new Map<string, Decimal>()
  const invoice: InvoiceLineProgress[] = []
  for (const line of lines) {
    if (line.type === 'deduction') {
      const advance = line.sourceLineId === null ? undefined : behind.get(line.sourceLineId)
      const left = advance ? advance.amount.minus(advance.creditedAmount).minus(advance.deductedAmount) : zero
      const amount = line.amount.neg()
      if (amount.gt(left))
        throw conflict(
          'over-deduction',
          `At most ${left.toFixed()} of the down payment is left to take off. Make the invoice again.`,
          { limit: left.toFixed() },
        )
      invoice.push({ id: line.sourceLineId!, deductedAmount: amount })
      continue
    }
    if (line.orderLineId !== null) {
      const known = order.get(line.orderLineId) ?? { invoiced: zero, invoicedAmount: zero }
      order.set(line.orderLineId, {
        invoiced: known.invoiced.plus(line.baseQuantity),
        invoicedAmount: known.invoicedAmount.plus(line.amount),
      })
    }
    // Bills count on receipts where their value is settled (valueReceipts).
    if (kind === 'invoice' && line.shipmentLineId !== null)
      shipment.set(line.shipmentLineId, (shipment.get(line.shipmentLineId) ?? zero).plus(line.baseQuantity))
  }
  for (const [lineId, { invoiced }] of order) {
    const line = orderLines.get(lineId)!
    if (kind === 'invoice' && invoiced.gt(line.dueQuantity)) {
      throw conflict(
        'over-invoice',
        `At most ${inUnit(line.dueQuantity, line).toFixed()} of ${line.sku ?? line.description} can be invoiced: ${line.quantity.toFixed()} ordered, ${inUnit(line.invoiced.minus(line.credited), line).toFixed()} invoiced already.`,
        { limit: line.dueQuantity.toFixed() },
      )
    }
  }
  return {
    order: [...order].map(([id, counters]) => ({ id, ...counters })),
    shipment: [...shipment].map(([id, invoiced]) => ({ id, invoiced })),
    invoice,
  }
}

/** A credit is judged against what is left of the invoice, over all credits together (S13). */
function creditProgress(loaded: Loaded): Progress {
  const { lines, corrected, correctedLines } = loaded
  requireGoodsLeft(loaded, (line) => line.baseQuantity.minus(line.invoiced), 'over-credit', 'credited')
  const order = new Map<string, { credited: Decimal; invoicedAmount: Decimal }>()
  const shipment = new Map<string, Decimal>()
  const countGoods = (id: string, quantity: Decimal): void => {
    shipment.set(id, (shipment.get(id) ?? zero).plus(quantity))
  }
  const invoice = new Map<
    string,
    { credited: Decimal; creditedAmount: Decimal; creditedTax: Decimal; deductedAmount: Decimal }
  >()
  const count = (
    id: string,
    change: Partial<{
      credited: Decimal
      creditedAmount: Decimal
      creditedTax: Decimal
      deductedAmount: Decimal
    }>,
  ): void => {
    const known = invoice.get(id) ?? {
      credited: zero,
      creditedAmount: zero,
      creditedTax: zero,
      deductedAmount: zero,
    }
    for (const [key, value] of Object.entries(change))
      known[key as keyof typeof known] = known[key as keyof typeof known].plus(value)
    invoice.set(id, known)
  }
  for (const line of lines) {
    if (line.correctsLineId === null) continue
    count(line.correctsLineId, {
      credited: line.baseQuantity,
      creditedAmount: line.amount,
      creditedTax: line.tax,
    })
    if (line.type === 'deduction' && line.sourceLineId !== null)
      count(line.sourceLineId, { deductedAmount: line.amount })
    if (line.orderLineId !== null && line.type === 'item') {
      const known = order.get(line.orderLineId) ?? { credited: zero, invoicedAmount: zero }
      order.set(line.orderLineId, {
        credited: known.credited.plus(line.baseQuantity),
        invoicedAmount: known.invoicedAmount.minus(line.amount),
      })
    }
    if (line.shipmentLineId !== null) countGoods(line.shipmentLineId, line.baseQuantity)
    // Goods of a delivery that are credited may be invoiced again; those of receipts: unbillReceipts.
    const source = correctedLines.find((l) => l.id === line.correctsLineId)
    if (corrected?.kind === 'invoice' && line.type === 'item' && source?.shipmentLineId != null)
      countGoods(source.shipmentLineId, line.baseQuantity.neg())
  }
  return {
    order: [...order].map(([id, counters]) => ({ id, ...counters })),
    shipment: [...shipment].map(([id, invoiced]) => ({ id, invoiced })),
    invoice: [...invoice].map(([id, counters]) => ({ id, ...counters })),
  }
}

/** @throws 409 where a credit takes more of a line than all credits before have left of it */
function refuseBeyondLines(
  corrected: InvoiceRow,
  correctedLines: readonly InvoiceLineRow[],
  drafts: readonly DraftInvoiceLine[],
): void {
  for (const source of correctedLines) {
    const taken = drafts.filter((draft) => draft.correctsLineId === source.id)
    const left = creditable(source)
    const overQuantity = sum(taken.map((draft) => draft.baseQuantity))
      .abs()
      .gt(left.base.abs())
    const overAmount = sum(taken.map((draft) => draft.fixedAmount ?? zero))
      .abs()
      .gt(left.amount.abs())
    if (overQuantity || overAmount) throw overCredit(corrected, source, overQuantity ? 'quantity' : 'amount')
  }
}

function write(tx: Transaction, ctx: Context, progress: Progress): void {
  const companyId = ctx.company.id
  if (progress.order.length > 0) tx.write(addProgress, { companyId, rows: progress.order })
  if (progress.shipment.length > 0) tx.write(addShipmentProgress, { companyId, rows: progress.shipment })
  if (progress.invoice.length > 0) tx.write(addInvoiceProgress, { companyId, rows: progress.invoice })
}

/** A credit settles what is still open of the document it corrects; the rest is the party's credit (S11). */
function applyToCorrected(tx: Transaction, ctx: Context, credit: InvoiceRow, corrected: InvoiceRow): void {
  const open = max(corrected.gross.minus(corrected.settled), zero)
  const amount = min(open, credit.gross)
  if (!amount.gt(zero)) return
  settle(tx, ctx, [byOwnCredit(ctx, corrected, credit, amount, credit.date)])
}

export function requireDraftInvoice(
  kind: InvoiceKind,
  invoice: InvoiceRow | null,
  ifMatch: number | null,
): asserts invoice is InvoiceRow {
  const { title, corrects } = describeInvoice(kind)
  if (!invoice || invoice.kind !== kind) throw notFound(title)
  refuseStale(invoice.version, ifMatch)
  if (invoice.state !== 'draft') {
    const way = corrects === null ? ' Correct a posted one by a credit.' : ''
    throw conflict(
      'wrong-state',
      `This ${title} is ${invoice.state}; only a draft can be changed or deleted.${way}`,
    )
  }
}
