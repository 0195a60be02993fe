import { type Decimal, zero } from '../kernel/decimal.ts'
import { type Discount, type DiscountedLine, discountOfDocument, shownLine } from './discounts.ts'
import { type Column, type Content, type PrintRow, column, printRow } from './print-model.ts'
import { rateText } from './taxes.ts'
import type { Language, Word } from './words.ts'

export interface Priced {
  readonly pricesIncludeTax: boolean
  readonly discountPercent: Decimal
  readonly discountAmount: Decimal
  readonly lines: readonly (DiscountedLine & { readonly taxes: readonly unknown[] })[]
}

/** Columns of lines with prices; rows of `pricedCells` fit them. */
export function columnsOf(of: Priced, language: Language, digits: number): Column[] {
  const say = (word: Word): string => language.word(word)
  return [
    column(say('no')),
    column(say('item'), 'start', 'text'),
    column(say('quantity')),
    column(say('unit'), 'start'),
    column(say(of.pricesIncludeTax ? 'grossPrice' : 'price')),
    ...(hasDiscount(of, digits) ? [column(say('discount'))] : []),
    ...(hasTaxes(of) ? [column(say('tax'))] : []),
    column(say(of.pricesIncludeTax ? 'gross' : 'net')),
  ]
}

function hasDiscount(of: Priced, digits: number): boolean {
  return of.lines.some((line) => shownLine(of, line, digits).discount !== null)
}
export function hasTaxes(of: Priced): boolean {
  return of.lines.some((line) => line.taxes.length > 0)
}

interface PricedLine extends DiscountedLine {
  readonly position: number
  readonly sku: string | null
  readonly description: string
  readonly unit: string
  readonly taxes: readonly { readonly rate: Decimal; readonly category: string }[]
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
  const { amount, discount } = shownLine(of, line, digits)
  const cells = [
    String(line.position),
    line.description,
    language.quantity(line.quantity),
    line.unit,
    language.price(line.unitPrice, digits),
    ...(hasDiscount(of, digits) ? [discountText(discount, language, digits)] : []),
    ...(hasTaxes(of) ? [taxes.join(' + ')] : []),
    language.amount(amount, digits),
  ]
  return printRow(cells, line.description, detailOf(line, language, codes, more))
}

/** Of a line: `10%`, or what is taken off where no per cent says it. */
export function discountText(discount: Discount | null, language: Language, digits: number): string {
  if (discount === null) return ''
  const { percent, amount } = discount
  return percent === null ? language.amount(amount, digits) : `${language.quantity(percent)}%`
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
    readonly lines: readonly DiscountedLine[]
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
  const discount = correction ? null : discountOfDocument(of, of.pricesIncludeTax ? gross : net, digits)
  const percent =
    discount?.percent == null ? '' : ` ${language.apart(`${language.quantity(discount.percent)}%`)}`
  return [
    ...(discount
      ? [plain(say('total'), discount.before), plain(`${say('discount')}${percent}`, less(discount.amount))]
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
