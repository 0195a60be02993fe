import { findCurrency } from '../catalogue/index.ts'
import { type InvoiceOut, presentInvoice } from '../invoices/index.ts'
import type { Context } from '../kernel/context.ts'
import { max, zero } from '../kernel/decimal.ts'
import { roundMoney } from '../kernel/money.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type InvoiceKind, describeInvoice } from '../kinds.ts'
import { partyBlock } from './addresses.ts'
import { amountInWords } from './amount-words.ts'
import { type House, groupedAccount } from './house.ts'
import { correctedLines } from './correction.ts'
import { paymentCode } from './payment-code.ts'
import { columnsOf, less, pricedRow, sumsOf } from './priced-lines.ts'
import { type Content, type Fact, factsOf } from './print-model.ts'
import { findCodes } from './product-codes.ts'
import { findReasons, taxTable } from './taxes.ts'
import type { Language, Word } from './words.ts'

/** An invoice, a bill or a credit as it is printed. */
export async function contentOfInvoice(
  tx: Transaction,
  ctx: Context,
  house: House,
  kind: InvoiceKind,
  id: string,
  language: Language,
): Promise<{ content: Content; invoice: InvoiceOut }> {
  const invoice = await presentInvoice(tx, ctx, kind, id)
  const { role, side, corrects } = describeInvoice(kind)
  const [currency, original] = await Promise.all([
    findCurrency(tx, ctx.company.id, invoice.currency),
    corrects !== null && invoice.correctsId !== null
      ? presentInvoice(tx, ctx, corrects, invoice.correctsId)
      : null,
  ])
  const digits = currency?.minorDigits ?? 2
  const [codes, reasons] = await Promise.all([
    findCodes(tx, ctx, invoice.lines, language),
    findReasons(tx, ctx, invoice.taxes),
  ])
  const say = (word: Word): string => language.word(word)
  const source = (kinds: readonly string[]): string =>
    invoice.links
      .filter((link) => link.direction === 'source' && kinds.includes(link.kind))
      .map((link) => link.number)
      .filter(Boolean)
      .join(', ')
  const content: Content = {
    title: say(kind),
    number: invoice.number,
    subtitle: null,
    stamp: stampOf(invoice.state, language),
    code: null,
    partner: partyBlock(
      invoice.party,
      say(side === 'customer' ? 'buyer' : 'vendor'),
      language,
      house.country,
    ),
    others: [],
    facts: factsOf([
      [say('issueDate'), language.date(invoice.date)],
      [
        say('saleDate'),
        invoice.saleDate !== null && invoice.saleDate !== invoice.date
          ? language.date(invoice.saleDate)
          : null,
      ],
      [say('dueDate'), role === 'claim' ? language.date(invoice.dueDate) : null],
      [say('order'), source(['sales-order', 'purchase-order'])],
      [say(side === 'customer' ? 'delivery' : 'receipt'), source(['delivery-note', 'receipt-note'])],
      [say('corrects'), original ? `${original.number}, ${language.date(original.date)}` : null],
      [say(side === 'customer' ? 'reference' : 'vendorReference'), invoice.reference],
      [say('currency'), invoice.currency === ctx.company.currency ? null : invoice.currency],
    ]),
    ...(original === null
      ? {
          columns: columnsOf(invoice, language, digits),
          rows: invoice.lines.map((line) => pricedRow(invoice, line, language, digits, codes(line))),
          taxes: taxTable(invoice.taxes, reasons, language, digits),
        }
      : correctedLines(invoice, original, reasons, language, digits, codes)),
    totals: totalsOf(ctx, invoice, role, original !== null, language, digits),
    'in-words': inWords(house, invoice, original !== null, language, digits),
    payment: kind === 'invoice' ? paymentOf(house, invoice, language, digits) : null,
    notes: [
      ...(invoice.reason ? [{ label: say('reason'), text: invoice.reason }] : []),
      ...(invoice.notes ? [{ label: null, text: invoice.notes }] : []),
      ...(kind === 'invoice' && house.note ? [{ label: null, text: house.note }] : []),
    ],
    signatures: [],
  }
  return { content, invoice }
}

/** On request; null where the language has no words for it. */
function inWords(
  house: House,
  invoice: InvoiceOut,
  correction: boolean,
  language: Language,
  digits: number,
): Fact | null {
  if (house.amountInWords !== true) return null
  // Of a correction what is paid back, as the last of the figures above it.
  const amount = correction ? invoice.openAmount : invoice.totals.gross
  const value = amountInWords(amount, invoice.currency, digits, language.tag)
  return value === null ? null : { label: language.word('inWords'), value }
}

export function stampOf(state: string, language: Language): string | null {
  return state === 'draft' || state === 'cancelled' || state === 'reversed' ? language.word(state) : null
}

function totalsOf(
  ctx: Context,
  invoice: InvoiceOut,
  role: 'claim' | 'credit',
  correction: boolean,
  language: Language,
  digits: number,
): Content['totals'] {
  const say = (word: Word): string => language.word(word)
  const { company } = ctx
  const foreign = invoice.currency !== company.currency
  const baseTax = roundMoney(invoice.totals.tax.times(invoice.exchangeRate), company.minorDigits)
  const settled = max(invoice.totals.gross.minus(invoice.openAmount), zero)
  const partly = invoice.state !== 'cancelled' && settled.gt(zero)
  return [
    ...sumsOf(invoice, language, digits, correction),
    ...(foreign && !invoice.totals.tax.eq(zero)
      ? [
          {
            label: `${say('taxInBase')} ${company.currency} (${say('rate')} ${language.quantity(invoice.exchangeRate)})`,
            value: language.amount(correction ? less(baseTax) : baseTax, company.minorDigits),
            strong: false,
          },
        ]
      : []),
    ...(partly ? [{ label: say('settled'), value: language.amount(settled, digits), strong: false }] : []),
    ...(partly || (correction && invoice.state !== 'cancelled')
      ? [
          {
            label: say(role === 'claim' ? 'toPay' : 'toReturn'),
            value: language.money(invoice.openAmount, invoice.currency, digits),
            strong: true,
          },
        ]
      : []),
  ]
}

/** How the open amount is paid; null when nothing is left to pay or no account is known. */
function paymentOf(
  house: House,
  invoice: InvoiceOut,
  language: Language,
  digits: number,
): Content['payment'] {
  if (invoice.openAmount.lte(zero) || house.account === null) return null
  const say = (word: Word): string => language.word(word)
  const title = invoice.number ?? ''
  const { currency, openAmount: amount } = invoice
  return {
    heading: say('payment'),
    facts: factsOf([
      [say('toPay'), language.money(amount, currency, digits)],
      [say('payUntil'), language.date(invoice.dueDate)],
      [say('bank'), house.bank],
      [say('account'), groupedAccount(house.account)],
      [say('bic'), house.bic],
      [say('title'), title],
    ]),
    // A draft has no number and is not to be paid.
    qr: invoice.number === null ? null : paymentCode({ house, currency, amount, title }),
    'qr-label': say('scan'),
  }
}
