import { type Decimal, decimal, hundred, round, sum, zero } from '../kernel/decimal.ts'
import { roundMoney } from '../kernel/money.ts'

/**
 * What is taken off, so that whoever multiplies quantity and price arrives at the amount. What a document was made
 * from may have had a discount on the whole, which is inside its amounts from there on (docs/totals.md).
 */

export interface Discount {
  /** Null where no per cent says it: 10.00 spread over three lines. */
  readonly percent: Decimal | null
  readonly amount: Decimal
}

export interface DiscountedLine {
  readonly quantity: Decimal
  readonly unitPrice: Decimal
  readonly discountPercent: Decimal
  readonly amount: Decimal
}

export interface Discounted {
  readonly discountPercent: Decimal
  readonly discountAmount: Decimal
}

export interface ShownLine {
  readonly amount: Decimal
  readonly discount: Discount | null
}

/**
 * What a line comes to, as the reader multiplies it. A discount on the whole document, which is inside the amount
 * of every line, is taken off below the lines instead.
 */
export function shownLine(of: Discounted, line: DiscountedLine, digits: number): ShownLine {
  if (!isDiscounted(of)) return { amount: line.amount, discount: discountOfLine(line, digits) }
  const amount = roundMoney(afterOwn(line), digits)
  return { amount, discount: ownDiscount(line, amount) }
}

/** What makes the amount of a line less than quantity and price say; null: nothing does. */
export function discountOfLine(line: DiscountedLine, digits: number): Discount | null {
  const { quantity, unitPrice, amount: after } = line
  const full = quantity.times(unitPrice)
  const amount = full.minus(after)
  // Less than a cent is what rounding leaves; more than the full amount is no discount.
  const isRounding = afterOwn(line)
    .minus(after)
    .abs()
    .lt(decimal(`1e-${digits}`))
  if (isRounding || amount.times(full).lte(zero)) return ownDiscount(line, after)
  const percent = amount.times(hundred).div(full)
  const whole = round(percent, 0)
  if (percentOff(full, whole, digits).eq(after)) return { percent: whole, amount }
  // Not 9.99 for the line that takes the cent which rounding left: nobody agreed on that.
  const exact = round(percent, 1)
  return { percent: exact.eq(percent) ? exact : null, amount }
}

/** The discount on the whole document, taken off the sum of the lines as they are shown; null: it has none. */
export function discountOfDocument(
  of: Discounted & { readonly lines: readonly DiscountedLine[] },
  after: Decimal,
  digits: number,
): (Discount & { readonly before: Decimal }) | null {
  if (!isDiscounted(of)) return null
  const before = sum(of.lines.map((line) => shownLine(of, line, digits).amount))
  const amount = before.minus(after)
  // Lines that were taken over have the discount of their own document inside as well.
  const isPercent = of.discountPercent.gt(zero) && percentOff(before, of.discountPercent, digits).eq(after)
  return { before, amount, percent: isPercent ? of.discountPercent : null }
}

function isDiscounted(of: Discounted): boolean {
  return !of.discountPercent.eq(zero) || !of.discountAmount.eq(zero)
}

function ownDiscount(line: DiscountedLine, after: Decimal): Discount | null {
  const { quantity, unitPrice, discountPercent: percent } = line
  return percent.eq(zero) ? null : { percent, amount: quantity.times(unitPrice).minus(after) }
}

function afterOwn({ quantity, unitPrice, discountPercent }: DiscountedLine): Decimal {
  return quantity.times(unitPrice).times(hundred.minus(discountPercent)).div(hundred)
}

/** As totals take it: what is taken off is rounded. */
function percentOff(full: Decimal, percent: Decimal, digits: number): Decimal {
  return full.minus(roundMoney(full.times(percent).div(hundred), digits))
}
