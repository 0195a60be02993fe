import { type Decimal, min, sum, zero } from '../kernel/decimal.ts'
import { roundMoney } from '../kernel/money.ts'
import type { Pool } from './valuation.ts'

/**
 * What of an issue went out below zero and is not covered yet, at the cost that it is booked at. The shortages of a
 * pool, the oldest first, are what it is below zero: they add up to its quantity and value. Pure.
 */
export interface Shortage {
  readonly moveId: string
  quantity: Decimal
  value: Decimal
}

/** What covering changed of the cost of an issue: it was booked at one cost, and the goods that cover it came at another. */
export interface Covered {
  readonly moveId: string
  readonly change: Decimal
}

function whole(shortages: readonly Shortage[]): Pool {
  return { quantity: sum(shortages.map((s) => s.quantity)), value: sum(shortages.map((s) => s.value)) }
}

/**
 * Goods come in and cover what went out before they came: that cost what these goods cost.
 * @param first the issue that the goods come back from: it never went out as far as they do.
 */
export function cover(
  shortages: Shortage[],
  goods: Readonly<Pool>,
  first: string | null,
  minorDigits: number,
): Covered[] {
  const covers = min(whole(shortages).quantity, goods.quantity)
  if (!covers.gt(zero)) return []
  const cost = (quantity: Decimal): Decimal =>
    quantity.eq(goods.quantity)
      ? goods.value
      : roundMoney(goods.value.times(quantity).div(goods.quantity), minorDigits)
  const covered: Covered[] = []
  let done = zero
  for (const short of shortages.toSorted((a, b) => Number(b.moveId === first) - Number(a.moveId === first))) {
    const quantity = min(short.quantity, covers.minus(done))
    if (!quantity.gt(zero)) break
    const booked = quantity.eq(short.quantity)
      ? short.value
      : roundMoney(short.value.times(quantity).div(short.quantity), minorDigits)
    // The last takes the remainder, so that the parts are what all of them cost together.
    const change = cost(done.plus(quantity)).minus(cost(done)).minus(booked)
    done = done.plus(quantity)
    short.quantity = short.quantity.minus(quantity)
    short.value = short.value.minus(booked)
    if (!change.eq(zero)) covered.push({ moveId: short.moveId, change })
  }
  shortages.splice(0, Infinity, ...shortages.filter((short) => short.quantity.gt(zero)))
  return covered
}

/** What a pool is below zero now that an issue has left it, beyond the shortages that it had, is that issue's. */
export function fallShort(shortages: Shortage[], pool: Readonly<Pool>, moveId: string): void {
  const before = whole(shortages)
  const quantity = pool.quantity.neg().minus(before.quantity)
  if (quantity.gt(zero)) shortages.push({ moveId, quantity, value: pool.value.neg().minus(before.value) })
}

/**
 * The same when goods that came in are taken back, as if they had never come: then the issues had nothing to take,
 * the latest of them first. What no issue took is laid to the move itself.
 * @param issues how much went out by each issue and stayed out, the oldest first.
 */
export function fallShortAgain(
  shortages: Shortage[],
  pool: Readonly<Pool>,
  issues: ReadonlyMap<string, Decimal>,
  moveId: string,
  minorDigits: number,
): void {
  const before = whole(shortages)
  let quantity = pool.quantity.neg().minus(before.quantity)
  let value = pool.value.neg().minus(before.value)
  for (const [id, out] of [...issues].toReversed()) {
    if (!quantity.gt(zero)) break
    const short = shortages.find((s) => s.moveId === id)
    const taken = min(out.minus(short?.quantity ?? zero), quantity)
    if (!taken.gt(zero)) continue
    const worth = taken.eq(quantity) ? value : roundMoney(value.times(taken).div(quantity), minorDigits)
    if (short) {
      short.quantity = short.quantity.plus(taken)
      short.value = short.value.plus(worth)
    } else shortages.push({ moveId: id, quantity: taken, value: worth })
    quantity = quantity.minus(taken)
    value = value.minus(worth)
  }
  const age = [...issues.keys()]
  shortages.sort((a, b) => age.indexOf(a.moveId) - age.indexOf(b.moveId))
  fallShort(shortages, pool, moveId)
}
