import type { InvoiceOut } from '../invoices/index.ts'
import { type Decimal, zero } from '../kernel/decimal.ts'
import { type Discount, discountOfLine } from './discounts.ts'
import { detailOf, discountText, hasTaxes, less } from './priced-lines.ts'
import { type Column, type Content, type PrintRow, column, printRow } from './print-model.ts'
import type { CodesOf } from './product-codes.ts'
import { type Reasons, rateText, taxTable } from './taxes.ts'
import type { Language, Word } from './words.ts'

type Line = InvoiceOut['lines'][number]

/** The lines of a correction: of each what it was, what it is now and the difference; the taxes as differences. */
export function correctedLines(
  credit: InvoiceOut,
  original: InvoiceOut,
  reasons: Reasons,
  language: Language,
  digits: number,
  codes: CodesOf,
): Pick<Content, 'columns' | 'rows' | 'taxes'> {
  const discounts = credit.lines.map((line) => discountOf(original, line, digits))
  const hasDiscount = discounts.some((discount) => discount !== null)
  return {
    columns: columnsOf(credit, language, hasDiscount),
    rows: credit.lines.map((line, i) => {
      const discount = hasDiscount ? [discountText(discounts[i]!, language, digits)] : []
      return rowOf(credit, original, line, language, digits, discount, codes(line))
    }),
    taxes: taxTable(
      credit.taxes.map((tax) => ({ ...tax, net: less(tax.net), tax: less(tax.tax) })),
      reasons,
      language,
      digits,
      ['netDifference', 'taxDifference'],
    ),
  }
}

function columnsOf(credit: InvoiceOut, language: Language, hasDiscount: boolean): Column[] {
  const say = (word: Word): string => language.word(word)
  return [
    column(say('no')),
    column(say('item'), 'start', 'text'),
    column('', 'start', 'stack'),
    column(say('quantity'), 'end', 'stack'),
    column(say('unit'), 'start'),
    column(say(credit.pricesIncludeTax ? 'grossPrice' : 'price')),
    ...(hasDiscount ? [column(say('discount'))] : []),
    ...(hasTaxes(credit) ? [column(say('tax'))] : []),
    column(say(credit.pricesIncludeTax ? 'gross' : 'net'), 'end', 'stack'),
  ]
}

function rowOf(
  credit: InvoiceOut,
  original: InvoiceOut,
  line: Line,
  language: Language,
  digits: number,
  discount: readonly string[],
  codes: readonly string[],
): PrintRow {
  // An amount is taken off; the goods stay as many as they were.
  const quantity = line.type === 'amount' ? zero : line.quantity
  const before = stateBefore(credit, original, line)
  const stack = (words: readonly string[]): string => words.join('\n')
  const states = (...values: readonly Decimal[]): string =>
    stack(values.map((value) => language.quantity(value)))
  const amounts = (...values: readonly Decimal[]): string =>
    stack(values.map((value) => language.amount(value, digits)))
  const cells = [
    String(line.position),
    line.description,
    stack((['before', 'after', 'difference'] as const).map((word) => language.word(word))),
    states(before.quantity, before.quantity.minus(quantity), less(quantity)),
    line.unit,
    language.price(line.unitPrice, digits),
    ...discount,
    ...(hasTaxes(credit) ? [line.taxes.map((tax) => rateText(tax, language)).join(' + ')] : []),
    amounts(before.amount, before.amount.minus(line.amount), less(line.amount)),
  ]
  return printRow(cells, line.description, detailOf(line, language, codes))
}

/** What was taken off the corrected line: its differences have it inside, and a discount on the whole invoice too. */
function discountOf(original: InvoiceOut, line: Line, digits: number): Discount | null {
  return discountOfLine(original.lines.find((each) => each.id === line.correctsLineId) ?? line, digits)
}

/** What was left of the corrected line before this correction; of a line that corrects none, nothing. */
function stateBefore(credit: InvoiceOut, original: InvoiceOut, line: Line) {
  const corrected = original.lines.find((each) => each.id === line.correctsLineId)
  if (!corrected) return { quantity: zero, amount: zero }
  // Once posted it is itself among what is credited.
  const counted = credit.state === 'posted'
  const credited = corrected.credited.minus(counted ? line.quantity : zero)
  const creditedAmount = corrected.creditedAmount.minus(counted ? line.amount : zero)
  return {
    quantity: corrected.quantity.minus(credited),
    amount: corrected.amount.minus(creditedAmount),
  }
}
