import type { Context } from '../kernel/context.ts'
import { type CalendarDate, addDays } from '../kernel/dates.ts'
import { type Decimal, decimal, zero } from '../kernel/decimal.ts'
import { newId } from '../kernel/ids.ts'
import { roundMoney } from '../kernel/money.ts'
import { ruleBroken } from '../kernel/problem.ts'
import { Made, type Transaction } from '../kernel/transaction.ts'
import { recordEventsLater } from '../journal/events.ts'
import { madeBy } from '../journal/made-by.ts'
import { type InvoiceKind, describeInvoice } from '../kinds.ts'
import {
  type OrderLineRow,
  type OrderRow,
  type PartySnapshot,
  requireDiscount,
  requireDiscountWithin,
  storeTaxTotals,
  storeTaxes,
} from '../orders/index.ts'
import { type LineTax, type Totals, computeTotals } from '../totals.ts'
import { enteredAmount } from './entered-amount.ts'
import { presentInvoice } from './present-invoice.ts'
import {
  type InvoiceLineRow,
  type InvoiceRow,
  type PartAtOrderPrice,
  insertInvoice,
  insertInvoiceLines,
} from './records.ts'
import type { InvoiceOut } from './schemas.ts'

/** A line of a draft, before it has an id and a position. */
export interface DraftInvoiceLine {
  readonly type: 'item' | 'advance' | 'deduction' | 'amount'
  readonly productId: string | null
  readonly stocked: boolean
  readonly sku: string | null
  readonly description: string
  readonly unit: string
  readonly numerator: number
  readonly denominator: number
  readonly quantity: Decimal
  readonly baseQuantity: Decimal
  readonly unitPrice: Decimal
  readonly discountPercent: Decimal
  readonly taxes: readonly LineTax[]
  /** The part of an earlier line (R6); undefined: computed from quantity and price (R2). */
  readonly fixedAmount?: Decimal | undefined
  readonly sourceLineId: string | null
  readonly orderLineId: string | null
  readonly shipmentLineId: string | null
  readonly correctsLineId: string | null
}

export interface InvoiceHead {
  readonly partyId: string
  readonly party: PartySnapshot
  readonly orderId: string | null
  readonly correctsId: string | null
  readonly sourceShipmentId: string | null
  readonly currency: string
  readonly exchangeRate: Decimal
  readonly minorDigits: number
  readonly pricesIncludeTax: boolean
  readonly taxRounding: 'document' | 'line'
  readonly date: CalendarDate
  readonly dueDate: CalendarDate
  readonly saleDate: CalendarDate | null
  readonly paymentTermDays: number
  readonly reference: string | null
  readonly reason: string | null
  readonly notes: string | null
  readonly discountPercent: Decimal
  readonly discountAmount: Decimal
  readonly advances: readonly { paymentId: string; amount: string }[]
}

/** What of the head can be entered. */
interface Entered {
  date?: string
  dueDate?: string
  saleDate?: string | null
  paymentTermDays?: number
  reference?: string | null
  reason?: string | null
  notes?: string | null
  advances?: readonly { paymentId: string; amount: string }[]
}

/** Dates, terms and texts of a new document: as entered, else from where it comes. */
export function enteredHead(
  ctx: Context,
  input: Entered,
  termDays: number,
  from: { reference?: string | null } = {},
) {
  const date = input.date ?? ctx.today
  const paymentTermDays = input.paymentTermDays ?? termDays
  const dueDate = input.dueDate ?? addDays(date, paymentTermDays)
  if (dueDate < date)
    throw ruleBroken('due-date', '/dueDate', `The due date ${dueDate} is before the issue date ${date}.`)
  return {
    date,
    dueDate,
    paymentTermDays,
    saleDate: input.saleDate ?? null,
    reference: input.reference ?? from.reference ?? null,
    reason: input.reason ?? null,
    notes: input.notes ?? null,
    advances: input.advances ?? [],
  }
}

export function invoiceTotals(
  head: InvoiceHead,
  lines: readonly DraftInvoiceLine[],
  fixedTaxes?: ReadonlyMap<string, Decimal>,
): Totals {
  requireDiscount(head)
  const totals = computeTotals({ ...head, lines, fixedTaxes })
  requireDiscountWithin(head, totals)
  if (totals.gross.lt(zero))
    throw ruleBroken('negative', '/lines', 'The total would be below zero. Make a credit note instead.')
  if (totals.gross.gte('10000000000000')) {
    throw ruleBroken(
      'too-large',
      '/lines',
      'The total is above 9,999,999,999,999, the most a document can carry.',
    )
  }
  return totals
}

/** Refuses advances that are no amounts of the document's currency. Whether the payment has them is judged at posting. */
export function requireAdvances(head: Pick<InvoiceHead, 'currency' | 'minorDigits' | 'advances'>): void {
  for (const [i, { amount }] of head.advances.entries()) enteredAmount(amount, head, `/advances/${i}/amount`)
}

/** An invoice or bill that this transaction has made of an order, with what it read and locked for that. */
export interface FreshInvoice {
  readonly invoice: InvoiceRow
  readonly lines: readonly InvoiceLineRow[]
  readonly order: OrderRow
  readonly orderLines: readonly OrderLineRow[]
  /** Posted lines of the order: advances that are taken off are among them. */
  readonly posted: readonly InvoiceLineRow[]
  readonly parts: readonly PartAtOrderPrice[]
}

/** Writes a new draft with its lines and answers it. */
export function writeInvoice(
  tx: Transaction,
  ctx: Context,
  kind: InvoiceKind,
  head: InvoiceHead,
  lines: readonly DraftInvoiceLine[],
  fixedTaxes?: ReadonlyMap<string, Decimal>,
  from?: Omit<FreshInvoice, 'invoice' | 'lines'>,
): Made<InvoiceOut, FreshInvoice> {
  const id = newId()
  requireAdvances(head)
  const totals = invoiceTotals(head, lines, fixedTaxes)
  const { createdBy, createdByUser } = madeBy(ctx)
  const invoice = {
    id,
    kind,
    number: null,
    state: 'draft',
    ...head,
    advances: [...head.advances],
    ...totalColumns(ctx, head, totals),
    version: 1,
    createdAt: ctx.now,
    createdBy,
  }
  tx.write(insertInvoice, { rows: [{ companyId: ctx.company.id, ...invoice, createdByUser }] })
  const written = writeInvoiceLines(tx, ctx, kind, id, lines, totals)
  recordEventsLater(tx, ctx, [
    {
      type: `${kind}.created`,
      objectKind: kind,
      objectId: id,
      after: { state: 'draft', partyId: head.partyId, gross: totals.gross, currency: head.currency },
    },
  ])
  const fresh = from && {
    invoice: {
      ...invoice,
      settled: zero,
      credited: zero,
      refunded: zero,
      matchDecision: null,
      postedAt: null,
    },
    lines: written,
    ...from,
  }
  return new Made(id, () => presentInvoice(tx, ctx, kind, id), fresh)
}

export function totalColumns(ctx: Context, head: { exchangeRate: Decimal }, totals: Totals) {
  return {
    net: totals.net,
    tax: totals.tax,
    gross: totals.gross,
    taxes: storeTaxTotals(totals.taxes),
    baseGross: roundMoney(totals.gross.times(head.exchangeRate), ctx.company.minorDigits),
  }
}

export function writeInvoiceLines(
  tx: Transaction,
  ctx: Context,
  kind: InvoiceKind,
  invoiceId: string,
  lines: readonly DraftInvoiceLine[],
  totals: Totals,
  ids: readonly (string | undefined)[] = [],
): InvoiceLineRow[] {
  if (lines.length === 0)
    throw ruleBroken('no-lines', '/lines', `A ${describeInvoice(kind).title} needs at least one line.`)
  const rows = lines.map(({ fixedAmount: _, ...line }, i) => ({
    companyId: ctx.company.id,
    id: ids[i] ?? newId(),
    invoiceId,
    kind,
    position: i + 1,
    ...line,
    taxes: storeTaxes(line.taxes),
    ...totals.lines[i]!,
  }))
  tx.write(insertInvoiceLines, { rows })
  const untouched = { credited: zero, creditedAmount: zero, creditedTax: zero, deductedAmount: zero }
  return rows.map((row) => ({ ...row, ...untouched }))
}

/** Taxes as they are stored, back to decimals. */
export function readTaxes(
  stored: readonly { id: string; name: string; rate: string; category: string }[],
): LineTax[] {
  return stored.map((t) => ({ ...t, rate: decimal(t.rate) }))
}
