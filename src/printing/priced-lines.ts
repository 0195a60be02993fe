import { type Decimal, hundred, sum, zero } from '../kernel/decimal.ts'
import { roundMoney } from '../kernel/money.ts'
import { type Column, type Content, type PrintRow, column, printRow } from './print-model.ts'
import { rateText } from './taxes.ts'
import type { Language, Word } from './words.ts'

export interface Priced {
  readonly pricesIncludeTax: boolean
  readonly discountPercent: Decimal
  readonly discountAmount: Decimal
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

export function hasDiscount(of: Priced): boolean {
  return of.lines.some((line) => !line.discountPercent.eq(zero))
}
export function hasTaxes(of: Priced): boolean {
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
  codes: readonly string[] = [],
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
    language.amount(amountOf(of, line, digits), digits),
  ]
  return printRow(cells, line.description, detailOf(line, language, codes, more))
}

/**
 * What a line comes to, as the reader multiplies it. A discount on the whole document, which is inside the amount
 * of every line, is taken off below the lines instead.
 */
function amountOf(
  of: Pick<Priced, 'discountPercent' | 'discountAmount'>,
  line: Pick<PricedLine, 'quantity' | 'unitPrice' | 'discountPercent' | 'amount'>,
  digits: number,
): Decimal {
  if (!isDiscounted(of)) return line.amount
  const share = hundred.minus(line.discountPercent).div(hundred)
  return roundMoney(line.quantity.times(line.unitPrice).times(share), digits)
}

function isDiscounted(of: Pick<Priced, 'discountPercent' | 'discountAmount'>): boolean {
  return !of.discountPercent.eq(zero) || !of.discountAmount.eq(zero)
}

/** Below the text of a line: its codes in one line, then what else is to be said. */
export function detailOf(
  line: { readonly sku: string | null },
  language: Language,
  codes: readonly string[],
  more: readonly string[] = [],
): string[] {
  const all = [...(line.sku ? [line.sku] : []), ...codes].map((code) => language.apart(code))
  return [...(all.length > 0 ? [all.join(' · ')] : []), ...more]
}

/** Net, tax and gross, with the discount on the whole document where there is one; of a correction what it takes away. */
export function sumsOf(
  of: {
    readonly pricesIncludeTax: boolean
    readonly totals: { net: Decimal; tax: Decimal; gross: Decimal; currency: string }
    readonly discountPercent: Decimal
    readonly discountAmount: Decimal
    readonly lines: readonly Pick<PricedLine, 'quantity' | 'unitPrice' | 'discountPercent' | 'amount'>[]
  },
  language: Language,
  digits: number,
  correction = false,
): Content['totals'] {
  const say = (word: Word): string => language.word(word)
  const shown = (value: Decimal): Decimal => (correction ? less(value) : value)
  const plain = (label: string, value: Decimal) => ({
    label,
    value: language.amount(shown(value), digits),
    strong: false,
  })
  const { net, tax, gross, currency } = of.totals
  // A correction has it inside the differences of its lines.
  const discounted = isDiscounted(of) && !correction
  const lines = sum(of.lines.map((line) => amountOf(of, line, digits)))
  const percent = of.discountPercent.eq(zero)
    ? ''
    : ` ${language.apart(`${language.quantity(of.discountPercent)}%`)}`
  const after = of.pricesIncludeTax ? gross : net
  return [
    ...(discounted
      ? [plain(say('total'), lines), plain(`${say('discount')}${percent}`, after.minus(lines))]
      : []),
    plain(say(correction ? 'netDifference' : 'totalNet'), net),
    plain(say(correction ? 'taxDifference' : 'totalTax'), tax),
    {
      label: say(correction ? 'grossDifference' : 'totalGross'),
      value: language.money(shown(gross), currency, digits),
      // Of a correction what is to be paid back stands out, below.
      strong: !correction,
    },
  ]
}

/** What a correction takes away stands with a minus. */
export function less(value: Decimal): Decimal {
  return value.eq(zero) ? zero : zero.minus(value)
}
