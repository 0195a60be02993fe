import { modeOfNewDocument } from '../catalogue/index.ts'
import type { Context } from '../kernel/context.ts'
import { decimal } from '../kernel/decimal.ts'
import { conflict, ruleBroken } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Made, Transaction } from '../kernel/transaction.ts'
import { type InvoiceKind, describeInvoice } from '../kinds.ts'
import {
  buildLines,
  loadLineData,
  requireCurrency,
  requireParty,
  requireRate,
  snapshot,
} from '../orders/index.ts'
import { fromScratch } from './change-invoice.ts'
import { createFromShipments } from './create-from-shipments.ts'
import type { InvoiceInput, InvoiceOut } from './schemas.ts'
import { type FreshInvoice, type InvoiceHead, enteredHead, writeInvoice } from './write-invoice.ts'

const selectNumber = statement(
  'select_invoice_number',
  { id: 'uuid' },
  (p: { companyId: string; kind: string; number: string }) => sql`
    select id from invoices where company_id = ${p.companyId} and kind = ${p.kind} and number = ${p.number}`,
)

/** A document by hand, or for several deliveries or receipts together. */
export async function createInvoice(
  tx: Transaction,
  ctx: Context,
  kind: InvoiceKind,
  input: InvoiceInput,
): Promise<Made<InvoiceOut, FreshInvoice>> {
  const { side, title } = describeInvoice(kind)
  if (input.number !== undefined) {
    const taken = await tx.maybe(selectNumber, { companyId: ctx.company.id, kind, number: input.number })
    if (taken) throw conflict('number-exists', `The number ${input.number} exists already.`)
    throw ruleBroken(
      'number-given',
      '/number',
      `A ${title} gets its number when it is posted. Leave it out; change the series under Settings > Numbering.`,
    )
  }
  if (input.sourceIds) {
    if (kind !== 'invoice' && kind !== 'bill')
      throw ruleBroken('no-sources', '/sourceIds', `A ${title} is made from the document it corrects.`)
    if (input.lines) throw ruleBroken('two-ways', '/lines', 'Give source documents or lines, not both.')
    const { date, dueDate, saleDate, paymentTermDays, reference, reason, notes, exchangeRate, advances } =
      input
    return createFromShipments(tx, ctx, kind, input.sourceIds, {
      date,
      dueDate,
      saleDate,
      paymentTermDays,
      reference,
      reason,
      notes,
      exchangeRate,
      advances,
    })
  }
  if (!input.partyId) throw ruleBroken('no-party', '/partyId', `Enter the ${side}.`)
  if (!input.lines) throw ruleBroken('no-lines', '/lines', 'Enter at least one line.')
  const [party, data] = await Promise.all([
    requireParty(tx, ctx, input.partyId, side),
    loadLineData(tx, ctx, input.lines),
  ])
  const code = input.currency ?? party.currency ?? ctx.company.currency
  const entered = enteredHead(ctx, input, party.paymentTermDays ?? ctx.company.paymentTermDays)
  const pricing = {
    side: side === 'customer' ? ('sales' as const) : ('purchase' as const),
    currency: code,
    date: entered.date,
  }
  const pricesIncludeTax =
    input.pricesIncludeTax ?? (await modeOfNewDocument(tx, ctx, { ...pricing, books: [party.priceBookId] }))
  const [currency, exchangeRate, lines] = await Promise.all([
    requireCurrency(tx, ctx, code),
    requireRate(tx, ctx, code, entered.date, input.exchangeRate),
    buildLines(tx, ctx, input.lines, data, {
      ...pricing,
      partyId: party.id,
      priceBookId: null,
      pricesIncludeTax,
    }),
  ])
  const head: InvoiceHead = {
    ...entered,
    partyId: party.id,
    party: snapshot(party),
    orderId: null,
    correctsId: null,
    sourceShipmentId: null,
    currency: code,
    exchangeRate,
    minorDigits: currency.minorDigits,
    pricesIncludeTax,
    taxRounding: input.taxRounding ?? ctx.company.taxRounding,
    discountPercent: decimal(input.discountPercent ?? '0'),
    discountAmount: decimal(input.discountAmount ?? '0'),
  }
  return writeInvoice(tx, ctx, kind, head, lines.map(fromScratch))
}
