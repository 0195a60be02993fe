import { findCurrency } from '../catalogue/index.ts'
import { type InvoiceOut, presentInvoice } from '../invoices/index.ts'
import type { Context } from '../kernel/context.ts'
import { type Decimal, max, sum, zero } from '../kernel/decimal.ts'
import { roundMoney } from '../kernel/money.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type InvoiceKind, describeInvoice } from '../kinds.ts'
import { partyBlock } from './addresses.ts'
import { amountInWords } from './amount-words.ts'
import { type House, groupedAccount } from './house.ts'
import { paymentCode } from './payment-code.ts'
import {
  type Column,
  type Content,
  type Fact,
  type PrintRow,
  column,
  factsOf,
  printRow,
} from './print-model.ts'
import { rateText, taxTable } from './taxes.ts'
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
    columns: columnsOf(invoice, language),
    rows: invoice.lines.map((line) => rowOf(invoice, original, line, language, digits)),
    taxes: taxTable(invoice.taxes, language, digits),
    totals: totalsOf(ctx, invoice, role, language, digits),
    'in-words': inWords(house, invoice, language, digits),
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
function inWords(house: House, invoice: InvoiceOut, language: Language, digits: number): Fact | null {
  if (house.amountInWords !== true) return null
  const value = amountInWords(invoice.totals.gross, invoice.currency, digits, language.tag)
  return value === null ? null : { label: language.word('inWords'), value }
}

export function stampOf(state: string, language: Language): string | null {
  return state === 'draft' || state === 'cancelled' || state === 'reversed' ? language.word(state) : null
}

interface Priced {
  readonly pricesIncludeTax: boolean
  readonly lines: readonly { readonly discountPercent: Decimal; readonly taxes: readonly unknown[] }[]
}

/** Columns of lines with prices; rows of `pricedCells` fit them. */
export function columnsOf(of: Priced, language: Language): Column[] {
  const say = (word: Word): string => language.word(word)
  return [
    column(say('no')),
    column(say('item'), 'start', 'text'),
    column(say('quantity')),
    column(say('unit'), 'start'),
    column(say(of.pricesIncludeTax ? 'grossPrice' : 'price')),
    ...(hasDiscount(of) ? [column(say('discount'))] : []),
    ...(hasTaxes(of) ? [column(say('tax'))] : []),
    column(say(of.pricesIncludeTax ? 'gross' : 'net')),
  ]
}

function hasDiscount(of: Priced): boolean {
  return of.lines.some((line) => !line.discountPercent.eq(zero))
}
function hasTaxes(of: Priced): boolean {
  return of.lines.some((line) => line.taxes.length > 0)
}

interface PricedLine {
  readonly position: number
  readonly sku: string | null
  readonly description: string
  readonly quantity: Decimal
  readonly unit: string
  readonly unitPrice: Decimal
  readonly discountPercent: Decimal
  readonly taxes: readonly { readonly rate: Decimal; readonly category: string }[]
  readonly amount: Decimal
}

export function pricedRow(
  of: Priced,
  line: PricedLine,
  language: Language,
  digits: number,
  more: readonly string[] = [],
): PrintRow {
  const taxes = line.taxes.map((tax) => rateText(tax, language))
  const cells = [
    String(line.position),
    line.description,
    language.quantity(line.quantity),
    line.unit,
    language.price(line.unitPrice, digits),
    ...(hasDiscount(of)
      ? [line.discountPercent.eq(zero) ? '' : `${language.quantity(line.discountPercent)}%`]
      : []),
    ...(hasTaxes(of) ? [taxes.join(' + ')] : []),
    language.amount(line.amount, digits),
  ]
  return printRow(cells, line.description, [...(line.sku ? [line.sku] : []), ...more])
}

/** A correction says of each line what it was, what it is now, and the difference. */
function rowOf(
  invoice: InvoiceOut,
  original: InvoiceOut | null,
  line: InvoiceOut['lines'][number],
  language: Language,
  digits: number,
): PrintRow {
  const corrected = original?.lines.find((each) => each.id === line.correctsLineId)
  if (!corrected) return pricedRow(invoice, line, language, digits)
  // Once posted it is itself among what is credited.
  const counted = invoice.state === 'posted'
  const credited = corrected.credited.minus(counted ? line.quantity : zero)
  const creditedAmount = corrected.creditedAmount.minus(counted ? line.amount : zero)
  const before = {
    quantity: corrected.quantity.minus(credited),
    amount: corrected.amount.minus(creditedAmount),
  }
  const state = (word: Word, quantity: Decimal, amount: Decimal): string =>
    `${language.word(word)}: ${language.quantity(quantity)} ${line.unit}, ${language.amount(amount, digits)}`
  const quantity = line.type === 'amount' ? zero : line.quantity
  return pricedRow(invoice, line, language, digits, [
    state('before', before.quantity, before.amount),
    state('after', before.quantity.minus(quantity), before.amount.minus(line.amount)),
    state('difference', zero.minus(quantity), zero.minus(line.amount)),
  ])
}

/** Net, tax and gross, with the discount on the whole document where there is one. */
export function sumsOf(
  of: {
    readonly pricesIncludeTax: boolean
    readonly totals: { net: Decimal; tax: Decimal; gross: Decimal; currency: string }
    readonly discountPercent: Decimal
    readonly discountAmount: Decimal
    readonly lines: readonly { readonly amount: Decimal }[]
  },
  language: Language,
  digits: number,
): Content['totals'] {
  const say = (word: Word): string => language.word(word)
  const plain = (label: string, value: Decimal) => ({
    label,
    value: language.amount(value, digits),
    strong: false,
  })
  const { net, tax, gross, currency } = of.totals
  const discounted = !of.discountPercent.eq(zero) || !of.discountAmount.eq(zero)
  const lines = sum(of.lines.map((line) => line.amount))
  const percent = of.discountPercent.eq(zero) ? '' : ` ${language.quantity(of.discountPercent)}%`
  const after = of.pricesIncludeTax ? gross : net
  return [
    ...(discounted
      ? [plain(say('total'), lines), plain(`${say('discount')}${percent}`, after.minus(lines))]
      : []),
    plain(say('totalNet'), net),
    plain(say('totalTax'), tax),
    { label: say('totalGross'), value: language.money(gross, currency, digits), strong: true },
  ]
}

function totalsOf(
  ctx: Context,
  invoice: InvoiceOut,
  role: 'claim' | 'credit',
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
    ...sumsOf(invoice, language, digits),
    ...(foreign && !invoice.totals.tax.eq(zero)
      ? [
          {
            label: `${say('taxInBase')} ${company.currency} (${say('rate')} ${language.quantity(invoice.exchangeRate)})`,
            value: language.amount(baseTax, company.minorDigits),
            strong: false,
          },
        ]
      : []),
    ...(partly ? [{ label: say('settled'), value: language.amount(settled, digits), strong: false }] : []),
    ...(partly
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
