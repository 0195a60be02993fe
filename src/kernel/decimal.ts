import { Big } from 'big.js'

/**
 * Exact decimals for money, quantities and rates. The one place where big.js is configured.
 *
 * A class, not a string or number: `a + b` does not compile, and strict mode makes big.js itself
 * refuse floats. In the database a `numeric`, in JSON a string.
 */
const Exact = Big()
Exact.strict = true
Exact.DP = 40 // digits of a quotient before it is rounded by a rule; far above the 10 that any rate keeps
Exact.RM = Exact.roundHalfUp // half away from zero (R1)
Exact.NE = -100 // never exponent notation: PostgreSQL and people read plain digits
Exact.PE = 100

/** An exact decimal. Compare with `eq`, `gt`, `lt`; calculate with `plus`, `minus`, `times`, `div`. */
export type Decimal = Big

// pg asks a parameter for its text form; without this it would send JSON with quotes.
Object.defineProperty(Exact.prototype, 'toPostgres', {
  value(this: Big) {
    return this.toFixed()
  },
})

/**
 * Makes a decimal from its plain text ('-12.50') or from a whole number.
 * @throws if the text is not a decimal or the number is not a safe integer.
 */
export function decimal(value: string | number | Decimal): Decimal {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error(`not a whole number: ${value}`)
    return new Exact(String(value))
  }
  return new Exact(value)
}

export function isDecimal(value: unknown): value is Decimal {
  return value instanceof Exact
}

export const zero: Decimal = decimal(0)
export const one: Decimal = decimal(1)
export const hundred: Decimal = decimal(100)

/** Rounds half away from zero (R1) to `digits` decimals; never gives a negative zero. */
export function round(value: Decimal, digits: number): Decimal {
  const rounded = value.round(digits, Big.roundHalfUp)
  return rounded.eq(zero) ? zero : rounded
}

export function sum(values: Iterable<Decimal>): Decimal {
  let total = zero
  for (const value of values) total = total.plus(value)
  return total
}

export function min(a: Decimal, b: Decimal): Decimal {
  return a.lt(b) ? a : b
}

export function max(a: Decimal, b: Decimal): Decimal {
  return a.gt(b) ? a : b
}

/** True when the value needs no more than `digits` decimals. */
export function fits(value: Decimal, digits: number): boolean {
  return value.round(digits, Big.roundDown).eq(value)
}
