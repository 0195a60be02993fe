import { toBase } from '../catalogue/index.ts'
import type { Context } from '../kernel/context.ts'
import { addDays } from '../kernel/dates.ts'
import { type Decimal, decimal, hundred, zero } from '../kernel/decimal.ts'
import { notFound, ruleBroken } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import { type ReadBack, type Transaction, readBack } from '../kernel/transaction.ts'
import { difference, recordEvents } from '../journal/events.ts'
import { type InvoiceKind, describeInvoice } from '../kinds.ts'
import {
  type DraftLine,
  type OrderLineRow,
  type PartySnapshot,
  buildLines,
  lineTaxes,
  loadLineData,
  requireRate,
  snapshot,
} from '../orders/index.ts'
import { findParty } from '../parties/index.ts'
import type { Totals } from '../totals.ts'
import { creditAmounts } from './create-credit.ts'
import { withOrderAmounts } from './create-from-order.ts'
import { enteredAmount } from './entered-amount.ts'
import { creditTaxes, creditable, overCredit } from './left-to-credit.ts'
import { requireDraftInvoice } from './post-invoice.ts'
import { presentInvoice } from './present-invoice.ts'
import {
  type InvoiceLineRow,
  type InvoiceRow,
  type PartAtOrderPrice,
  lockCorrected,
  lockInvoice,
  lockOrdersOfInvoice,
  selectCorrectedLines,
  selectCreditedTaxes,
  selectInvoiceLines,
  selectOrderLinesOfInvoice,
  selectPartsOfInvoice,
} from './records.ts'
import type { InvoiceChange, InvoiceOut } from './schemas.ts'
import {
  type DraftInvoiceLine,
  invoiceTotals,
  readTaxes,
  requireAdvances,
  totalColumns,
  writeInvoiceLines,
} from './write-invoice.ts'

const updateDraft = statement(
  'update_invoice_draft',
  {},
  (p: { companyId: string; id: string; row: object }) => sql`
    update invoices i set date = d.date, due_date = d.due_date, sale_date = d.sale_date, payment_term_days = d.payment_term_days, reference = d.reference,
      reason = d.reason, notes = d.notes, exchange_rate = d.exchange_rate, discount_percent = d.discount_percent, discount_amount = d.discount_amount,
      net = d.net, tax = d.tax, gross = d.gross, taxes = d.taxes, base_gross = d.base_gross, advances = d.advances,
      party = coalesce(d.party, i.party), match_decision = null, version = i.version + 1
    from json_to_record(${JSON.stringify(p.row)}::json) as d(date date, due_date date, sale_date date, payment_term_days integer, reference text, reason text,
      notes text, exchange_rate numeric, discount_percent numeric, discount_amount numeric, net numeric, tax numeric, gross numeric, taxes jsonb,
      base_gross numeric, advances jsonb, party jsonb)
    where i.company_id = ${p.companyId} and i.id = ${p.id} and i.state = 'draft'`,
)
const deleteLines = statement(
  'delete_invoice_lines',
  {},
  (p: { companyId: string; id: string }) =>
    sql`delete from invoice_lines where company_id = ${p.companyId} and invoice_id = ${p.id}`,
)
const deleteRow = statement(
  'delete_invoice',
  {},
  (p: { companyId: string; id: string }) =>
    sql`delete from invoices where company_id = ${p.companyId} and id = ${p.id} and state = 'draft'`,
)
const setCancelled = statement(
  'cancel_invoice',
  {},
  (p: { companyId: string; id: string }) => sql`
    update invoices i set state = 'cancelled', version = i.version + 1 where i.company_id = ${p.companyId} and i.id = ${p.id} and i.state = 'draft'`,
)

/** Changes a draft. Dates stay what they are unless they are given (S34), prices too (S19). */
export async function changeInvoice(
  tx: Transaction,
  ctx: Context,
  kind: InvoiceKind,
  id: string,
  change: InvoiceChange,
  ifMatch: number | null,
): Promise<ReadBack<InvoiceOut>> {
  const p = { companyId: ctx.company.id, id }
  const [, corrected, invoice, oldLines, orderLines, correctedLines, creditedTaxes, parts] =
    await Promise.all([
      tx.all(lockOrdersOfInvoice, p),
      tx.maybe(lockCorrected, p),
      tx.maybe(lockInvoice, p),
      tx.all(selectInvoiceLines, p),
      tx.all(selectOrderLinesOfInvoice, p),
      tx.all(selectCorrectedLines, p),
      tx.all(selectCreditedTaxes, p),
      tx.all(selectPartsOfInvoice, p),
    ])
  requireDraftInvoice(kind, invoice, ifMatch)
  const party = change.takeParty === true ? await partyNow(tx, ctx, invoice) : null
  const date = change.date ?? invoice.date
  const paymentTermDays = change.paymentTermDays ?? invoice.paymentTermDays
  const moved = change.date !== undefined || change.paymentTermDays !== undefined
  const dueDate = change.dueDate ?? (moved ? addDays(date, paymentTermDays) : invoice.dueDate)
  if (dueDate < date)
    throw ruleBroken('due-date', '/dueDate', `The due date ${dueDate} is before the issue date ${date}.`)
  const sameRate = change.exchangeRate === undefined && (date === invoice.date || corrected !== null)
  const head = {
    ...invoice,
    taxRounding: invoice.taxRounding as 'document' | 'line',
    date,
    dueDate,
    paymentTermDays,
    saleDate: change.saleDate === undefined ? invoice.saleDate : change.saleDate,
    reference: change.reference === undefined ? invoice.reference : change.reference,
    reason: change.reason === undefined ? invoice.reason : change.reason,
    notes: change.notes === undefined ? invoice.notes : change.notes,
    advances: change.advances ?? invoice.advances,
    party: party ?? invoice.party,
    exchangeRate: sameRate
      ? invoice.exchangeRate
      : await requireRate(tx, ctx, invoice.currency, date, change.exchangeRate),
    discountPercent:
      change.discountPercent === undefined
        ? change.discountAmount === undefined
          ? invoice.discountPercent
          : zero
        : decimal(change.discountPercent),
    discountAmount:
      change.discountAmount === undefined
        ? change.discountPercent === undefined
          ? invoice.discountAmount
          : zero
        : decimal(change.discountAmount),
  }
  const sources = { corrected, correctedLines, orderLines, parts, oldLines }
  const same = !change.lines && change.discountPercent === undefined && change.discountAmount === undefined
  const drafts = withParts(
    change.lines
      ? await newLines(tx, ctx, kind, head, change.lines, sources)
      : oldLines.map((line) => asDraft(line)),
    sources,
    invoice,
  )
  if (!same) requireOwnDiscount(head, drafts)
  requireAdvances(head)
  // Where no line was touched the totals stand: those of a credit by amount cannot be computed again.
  const totals = same
    ? storedTotals(invoice, oldLines)
    : invoiceTotals(
        head,
        drafts,
        corrected ? creditTaxes(corrected, correctedLines, drafts, creditedTaxes) : undefined,
      )
  if (!same) {
    tx.write(deleteLines, p)
    const ids = change.lines ? change.lines.map((l) => l.id) : oldLines.map((l) => l.id)
    writeInvoiceLines(tx, ctx, kind, id, drafts, totals, ids)
  }
  const columns = totalColumns(ctx, head, totals)
  tx.write(updateDraft, {
    ...p,
    row: {
      date,
      due_date: dueDate,
      sale_date: head.saleDate,
      payment_term_days: paymentTermDays,
      reference: head.reference,
      reason: head.reason,
      notes: head.notes,
      exchange_rate: head.exchangeRate,
      discount_percent: head.discountPercent,
      discount_amount: head.discountAmount,
      net: columns.net,
      tax: columns.tax,
      gross: columns.gross,
      taxes: columns.taxes,
      base_gross: columns.baseGross,
      advances: head.advances,
      party,
    },
  })
  recordEvents(tx, ctx, [
    {
      type: `${kind}.changed`,
      objectKind: kind,
      objectId: id,
      ...difference(comparable(invoice, oldLines), comparable({ ...head, gross: totals.gross }, drafts)),
    },
  ])
  return readBack(() => presentInvoice(tx, ctx, kind, id))
}

/** Name, tax number and address of the party of a draft as they are now. */
async function partyNow(tx: Transaction, ctx: Context, { partyId }: InvoiceRow): Promise<PartySnapshot> {
  const party = await findParty(tx, ctx.company.id, partyId)
  if (party === null) throw notFound('party')
  return snapshot(party)
}

interface Sources {
  readonly corrected: InvoiceRow | null
  readonly correctedLines: readonly InvoiceLineRow[]
  readonly orderLines: readonly OrderLineRow[]
  readonly parts: readonly PartAtOrderPrice[]
  readonly oldLines: readonly InvoiceLineRow[]
}

/** The totals of a draft as they are. */
function storedTotals(invoice: InvoiceRow, lines: readonly InvoiceLineRow[]): Totals {
  const { net, tax, gross } = invoice
  const taxes = invoice.taxes.map((t) => ({
    ...t,
    rate: decimal(t.rate),
    net: decimal(t.net),
    tax: decimal(t.tax),
  }))
  return { lines, taxes, net, tax, gross, discount: zero }
}

/** A line as it is; what it comes to is computed, but a credit keeps an amount that was entered. */
function asDraft(line: InvoiceLineRow): DraftInvoiceLine {
  const fixedAmount = line.correctsLineId === null ? undefined : line.amount
  return { ...line, type: line.type as DraftInvoiceLine['type'], taxes: readTaxes(line.taxes), fixedAmount }
}

/** Lines that are parts of lines of an order, or of the document that is corrected, come to that part of them (R6). */
function withParts(
  drafts: readonly DraftInvoiceLine[],
  { corrected, correctedLines, orderLines, parts }: Sources,
  invoice: { minorDigits: number },
): readonly DraftInvoiceLine[] {
  if (!corrected) return withOrderAmounts(invoice, orderLines, parts, drafts)
  const amounts = creditAmounts(
    invoice,
    correctedLines,
    drafts.map((draft) => ({ ...draft, amount: draft.fixedAmount ?? zero })),
  )
  return drafts.map((draft, i) => ({ ...draft, fixedAmount: amounts[i]! }))
}

/** Lines that come from another document have its discount inside and would not take part in one of this. */
function requireOwnDiscount(
  head: { discountPercent: Decimal; discountAmount: Decimal },
  drafts: readonly DraftInvoiceLine[],
): void {
  if (head.discountPercent.eq(zero) && head.discountAmount.eq(zero)) return
  if (drafts.every((draft) => draft.fixedAmount === undefined && draft.type === 'item')) return
  throw ruleBroken(
    'discount',
    head.discountPercent.gt(zero) ? '/discountPercent' : '/discountAmount',
    'Its lines come from another document and keep the prices and the discount of that. Give a discount on the lines instead.',
  )
}

async function newLines(
  tx: Transaction,
  ctx: Context,
  kind: InvoiceKind,
  head: InvoiceRow & { date: string },
  inputs: NonNullable<InvoiceChange['lines']>,
  sources: Sources,
): Promise<DraftInvoiceLine[]> {
  const fresh = inputs.flatMap((input, i) => (input.id === undefined ? [{ input, i }] : []))
  const [added] = fresh
  if (added && sources.corrected)
    throw ruleBroken(
      'foreign-line',
      `/lines/${added.i}`,
      `A credit has lines of ${sources.corrected.number} only. Make a ${describeInvoice(kind).title} of its own for anything else.`,
    )
  const priced = fresh.map(({ input, i }) => {
    if (input.quantity === undefined)
      throw ruleBroken('no-quantity', `/lines/${i}/quantity`, 'Enter a quantity.')
    const { id: _, amount: __, ...rest } = input
    return { ...rest, quantity: input.quantity }
  })
  const data = await loadLineData(tx, ctx, priced)
  const made = await buildLines(tx, ctx, priced, data, {
    side: describeInvoice(kind).side === 'customer' ? 'sales' : 'purchase',
    partyId: head.partyId,
    currency: head.currency,
    date: head.date,
    priceBookId: null,
    pricesIncludeTax: head.pricesIncludeTax,
  })
  return inputs.map((input, i): DraftInvoiceLine => {
    if (input.id === undefined) return fromScratch(made[fresh.findIndex((f) => f.i === i)]!)
    if (inputs.findIndex((other) => other.id === input.id) < i)
      throw ruleBroken('line-twice', `/lines/${i}/id`, 'This line is given twice.')
    const line = sources.oldLines.find((l) => l.id === input.id)
    if (!line) throw ruleBroken('unknown-line', `/lines/${i}/id`, 'This document has no such line.')
    return changed(line, input, i, head, sources, data.taxes)
  })
}

/** A line that stays, with what was entered for it. */
function changed(
  line: InvoiceLineRow,
  input: NonNullable<InvoiceChange['lines']>[number],
  index: number,
  head: InvoiceRow,
  sources: Sources,
  taxes: Parameters<typeof lineTaxes>[1],
): DraftInvoiceLine {
  const draft = asDraft(line)
  const unitPrice = input.unitPrice === undefined ? line.unitPrice : decimal(input.unitPrice)
  const discountPercent =
    input.discountPercent === undefined ? line.discountPercent : decimal(input.discountPercent)
  if (discountPercent.gt(hundred))
    throw ruleBroken('discount', `/lines/${index}/discountPercent`, 'A discount is at most 100 per cent.')
  // Only goods and services have a quantity; a down payment is taken off once, by its amount.
  const counts = input.quantity !== undefined && line.type === 'item'
  const quantity = counts ? decimal(input.quantity!) : line.quantity
  if (counts && quantity.eq(zero))
    throw ruleBroken('no-quantity', `/lines/${index}/quantity`, 'Enter a quantity above zero.')
  const baseQuantity = counts ? toBase(quantity, line, `/lines/${index}/quantity`) : line.baseQuantity
  if (line.type === 'deduction' && unitPrice.lt(zero))
    throw ruleBroken('negative', `/lines/${index}/unitPrice`, 'Enter what is taken off as a positive amount.')
  const corrected =
    line.correctsLineId === null
      ? undefined
      : sources.correctedLines.find((l) => l.id === line.correctsLineId)
  if (corrected) {
    const left = creditable(corrected)
    if (baseQuantity.abs().gt(left.base.abs())) throw overCredit(sources.corrected!, corrected, 'quantity')
  }
  if (corrected && input.taxIds !== undefined && !sameTaxes(input.taxIds, line))
    throw ruleBroken(
      'other-taxes',
      `/lines/${index}/taxIds`,
      `A credit has the taxes of ${sources.corrected!.number}, the document that it corrects.`,
    )
  if (corrected && !(unitPrice.eq(line.unitPrice) && discountPercent.eq(line.discountPercent)))
    throw ruleBroken(
      'other-price',
      `/lines/${index}/unitPrice`,
      `A credit has the prices of ${sources.corrected!.number}. To credit a difference in price, credit an amount.`,
    )
  const amount =
    line.type === 'amount' && input.amount !== undefined
      ? enteredAmount(input.amount, head, `/lines/${index}/amount`)
      : null
  return {
    ...draft,
    description: input.description ?? line.description,
    quantity,
    baseQuantity,
    unitPrice: amount ?? unitPrice,
    discountPercent,
    // Taxes that stay are those of then, whatever has become of them since (R16).
    taxes:
      input.taxIds === undefined || sameTaxes(input.taxIds, line)
        ? draft.taxes
        : lineTaxes(input.taxIds, taxes, `/lines/${index}/taxIds`),
    fixedAmount: amount ?? draft.fixedAmount,
  }
}

function sameTaxes(ids: readonly string[], line: InvoiceLineRow): boolean {
  return ids.length === line.taxes.length && line.taxes.every((tax) => ids.includes(tax.id))
}

/** A line entered by hand, with no document behind it. */
export function fromScratch(line: DraftLine): DraftInvoiceLine {
  const { product: _, priceSource: __, ...rest } = line
  return {
    type: 'item',
    ...rest,
    sourceLineId: null,
    orderLineId: null,
    shipmentLineId: null,
    correctsLineId: null,
  }
}

export async function deleteInvoice(
  tx: Transaction,
  ctx: Context,
  kind: InvoiceKind,
  id: string,
  ifMatch: number | null,
): Promise<undefined> {
  const p = { companyId: ctx.company.id, id }
  const invoice = await tx.maybe(lockInvoice, p)
  requireDraftInvoice(kind, invoice, ifMatch)
  tx.write(deleteRow, p)
  recordEvents(tx, ctx, [
    {
      type: `${kind}.deleted`,
      objectKind: kind,
      objectId: id,
      before: { partyId: invoice.partyId, gross: invoice.gross },
    },
  ])
  return undefined
}

/** Cancels a draft but keeps it to be seen. A posted document is corrected by a credit. */
export async function cancelInvoice(
  tx: Transaction,
  ctx: Context,
  kind: InvoiceKind,
  id: string,
  reason: string | null,
  ifMatch: number | null,
): Promise<ReadBack<InvoiceOut>> {
  const p = { companyId: ctx.company.id, id }
  const invoice = await tx.maybe(lockInvoice, p)
  if (!invoice || invoice.kind !== kind) throw notFound(describeInvoice(kind).title)
  requireDraftInvoice(kind, invoice, ifMatch)
  tx.write(setCancelled, p)
  recordEvents(tx, ctx, [
    {
      type: `${kind}.cancelled`,
      objectKind: kind,
      objectId: id,
      before: { state: 'draft' },
      after: { state: 'cancelled' },
      reason,
    },
  ])
  return readBack(() => presentInvoice(tx, ctx, kind, id))
}

function comparable(
  head: object,
  lines: readonly { description: string; quantity: unknown; unitPrice: unknown; discountPercent: unknown }[],
): object {
  const {
    date,
    dueDate,
    saleDate,
    reference,
    reason,
    notes,
    exchangeRate,
    discountPercent,
    discountAmount,
    gross,
    advances,
    party,
  } = head as Record<string, unknown>
  return {
    date,
    dueDate,
    saleDate,
    reference,
    reason,
    notes,
    exchangeRate,
    discountPercent,
    discountAmount,
    gross,
    party,
    advances,
    lines: lines.map((l) => ({
      description: l.description,
      quantity: l.quantity,
      unitPrice: l.unitPrice,
      discountPercent: l.discountPercent,
    })),
  }
}
