import { type Decimal, decimal, fits } from '../../src/kernel/decimal.ts'

/** One such unit is `numerator / denominator` base units, exactly. */
export interface LineUnit {
  readonly unit: string
  readonly numerator: number
  readonly denominator: number
}

/** Decimals that a quantity keeps. */
export const quantityDigits = 6

/** A quotient, or null where it needs more decimals than a quantity keeps: nothing is ever rounded (R7). */
export function exactQuotient(dividend: Decimal, divisor: Decimal): Decimal | null {
  if (divisor.eq('0')) return null
  const quotient = dividend.div(divisor)
  return fits(quotient, quantityDigits) && quotient.times(divisor).eq(dividend) ? quotient : null
}

/** A quantity in base units; null when that is not exact. */
export function inBase(quantity: Decimal, unit: LineUnit): Decimal | null {
  return exactQuotient(quantity.times(decimal(unit.numerator)), decimal(unit.denominator))
}
