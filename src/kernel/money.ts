import { type Decimal, decimal, max, min, one, round, sum, zero } from './decimal.ts'

/**
 * Rounds an amount to a currency's minor digits, half away from zero (R1).
 * @param minorDigits decimals of the currency by ISO 4217: EUR 2, JPY 0, KWD 3.
 */
export function roundMoney(amount: Decimal, minorDigits: number): Decimal {
  return round(amount, minorDigits)
}

/** The smallest amount of a currency: EUR 0.01, JPY 1, KWD 0.001. What is off by no more may be rounding alone. */
export function smallestUnit(minorDigits: number): Decimal {
  return one.div(decimal(10).pow(minorDigits))
}

/**
 * Spreads an amount over weights so that the parts add up exactly (R5): every part is rounded by its
 * share and what rounding left goes to the part with the biggest weight (the first of equals).
 * With weights that are all zero everything goes to the first part.
 */
export function spread(amount: Decimal, weights: readonly Decimal[], minorDigits: number): Decimal[] {
  if (weights.length === 0) return []
  const whole = sum(weights)
  if (whole.eq(zero)) return weights.map((_, i) => (i === 0 ? amount : zero))
  const parts = weights.map((w) => roundMoney(amount.times(w).div(whole), minorDigits))
  let biggest = 0
  for (const [i, w] of weights.entries()) if (w.abs().gt(weights[biggest]!.abs())) biggest = i
  parts[biggest] = parts[biggest]!.plus(amount.minus(sum(parts)))
  return parts
}

/**
 * The part of a line's amount that belongs to a part of its quantity (R6). The last part takes the
 * remainder, so that all parts add up to the line whatever the rounding. A part in between takes no more
 * than is left: half a cent rounded up nine times must not leave a last part below zero.
 * @param done what earlier parts took: their quantity and their amount.
 */
export function partOf(
  line: { quantity: Decimal; amount: Decimal },
  done: { quantity: Decimal; amount: Decimal },
  quantity: Decimal,
  minorDigits: number,
): Decimal {
  if (line.quantity.eq(zero)) return zero
  const part = roundMoney(line.amount.times(quantity).div(line.quantity), minorDigits)
  // Quantities of a line that takes something off (a down payment on a final invoice) are negative.
  const left = line.quantity.minus(done.quantity).minus(quantity)
  const beyond = left.times(line.quantity).lt(zero)
  if (beyond) return part
  const rest = line.amount.minus(done.amount)
  if (left.eq(zero)) return rest
  return line.amount.gte(zero) ? min(part, max(rest, zero)) : max(part, min(rest, zero))
}

/** Rounds up or down to the nearest coin, for cash (Swiss 0.05, Czech 1). Null means no cash rounding. */
export function roundCash(amount: Decimal, coin: Decimal | null): Decimal {
  if (coin === null || coin.eq(zero)) return amount
  return round(amount.div(coin), 0).times(coin)
}
