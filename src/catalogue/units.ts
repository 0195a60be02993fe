import { type Decimal, decimal, fits, round } from '../kernel/decimal.ts'
import { ruleBroken } from '../kernel/problem.ts'

/** One such unit is `numerator / denominator` base units, exactly (R7). */
export interface Ratio {
  readonly numerator: number
  readonly denominator: number
}

export interface Unit extends Ratio {
  readonly unit: string
}

/** What a product says about its units. */
export interface Measured {
  readonly sku: string
  /** The base unit. */
  readonly unit: string
  readonly units: readonly Unit[]
}

/** Decimals of a quantity in the ledgers (R7). */
const quantityDigits = 6
/** Decimals of a price that follows from another one: of another unit, or with tax where that was without. */
export const priceDigits = 6

/**
 * A quantity in base units. Exact: nothing is rounded (R7, S20).
 * @param pointer the field of the quantity, for the refusal.
 * @throws 422 when the result needs more decimals than a quantity keeps.
 */
export function toBase(quantity: Decimal, unit: Ratio, pointer = '/quantity'): Decimal {
  const base = exactly(quantity.times(decimal(unit.numerator)), decimal(unit.denominator))
  if (base === null) {
    const { numerator, denominator } = unit
    throw ruleBroken(
      'inexact-quantity',
      pointer,
      `${quantity.toFixed()} at ${numerator}/${denominator} base units each needs more than ${quantityDigits} decimals in the base unit. Enter a quantity that divides evenly, or use the base unit.`,
      { quantity: quantity.toFixed(), numerator, denominator },
    )
  }
  return base
}

/** A base quantity in a unit; null when that unit cannot say it exactly (100 pieces are not a number of dozens). */
export function fromBase(base: Decimal, unit: Ratio): Decimal | null {
  return exactly(base.times(decimal(unit.denominator)), decimal(unit.numerator))
}

/** A base quantity in a unit, to be shown; up to 6 decimals where the unit cannot say it exactly. */
export function inUnit(base: Decimal, unit: Ratio): Decimal {
  if (unit.numerator === unit.denominator) return base
  return round(base.times(decimal(unit.denominator)).div(decimal(unit.numerator)), quantityDigits)
}

/** A quotient, if it has no more decimals than a quantity keeps. */
function exactly(dividend: Decimal, divisor: Decimal): Decimal | null {
  const quotient = dividend.div(divisor)
  return fits(quotient, quantityDigits) && quotient.times(divisor).eq(dividend) ? quotient : null
}

/** The price of one unit by the price of another unit of the same product. */
export function convertPrice(price: Decimal, from: Ratio, to: Ratio): Decimal {
  const dividend = price.times(decimal(to.numerator)).times(decimal(from.denominator))
  return round(dividend.div(decimal(to.denominator).times(decimal(from.numerator))), priceDigits)
}

/**
 * The unit of a product by its name; null means the base unit.
 * @throws 422 when the product has no such unit.
 */
export function unitOf(product: Measured, name: string | null, pointer = '/unit'): Unit {
  if (name === null || name === product.unit) return { unit: product.unit, numerator: 1, denominator: 1 }
  const found = product.units.find((unit) => unit.unit === name)
  if (found) return found
  const known = [product.unit, ...product.units.map((unit) => unit.unit)].join(', ')
  throw ruleBroken(
    'unknown-unit',
    pointer,
    `Product ${product.sku} has no unit '${name}'. It has: ${known}.`,
    {
      units: [product.unit, ...product.units.map((unit) => unit.unit)],
    },
  )
}
