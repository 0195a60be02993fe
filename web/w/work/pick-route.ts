import { type Decimal, decimal, max, min, zero } from '../../../src/kernel/decimal.ts'
import type { Balance, TaskLine } from '../data/types.ts'
import { type Entry, countedOn, totalOf } from './entries.ts'

/** One stop: so much of a line from one place (and lot). */
export interface Stop {
  readonly line: TaskLine
  /** Null: nothing of it lies anywhere. */
  readonly balance: Balance | null
  readonly quantity: Decimal
}

const places = new Intl.Collator('en', { numeric: true })

/**
 * The way through the warehouse for what is still to be picked: by the codes of the places, and at each product
 * first what expires first. Expired lots and quarantine are left out.
 * @param short lines whose rest is not picked any more.
 */
export function pickRoute(
  lines: readonly TaskLine[],
  balances: readonly Balance[],
  entries: readonly Entry[],
  short: readonly string[],
): Stop[] {
  const left = new Map(balances.map((balance) => [balance, leftAt(balance, entries)]))
  const stops: Stop[] = []
  for (const line of lines) {
    let wanted = short.includes(line.id) ? zero : decimal(line.open).minus(countedOn(entries, line.id))
    if (!wanted.gt(zero)) continue
    for (const balance of candidates(line, balances)) {
      const there = left.get(balance)!
      const quantity = min(wanted, there)
      if (!quantity.gt(zero)) continue
      left.set(balance, there.minus(quantity))
      stops.push({ line, balance, quantity })
      wanted = wanted.minus(quantity)
    }
    if (wanted.gt(zero)) stops.push({ line, balance: null, quantity: wanted })
  }
  return stops.toSorted((a, b) => byPlace(a, b))
}

function candidates(line: TaskLine, balances: readonly Balance[]): Balance[] {
  return balances
    .filter((b) => b.productId === line.productId && b.placeType === 'stock' && !b.expired)
    .toSorted(
      (a, b) =>
        (a.expiresOn ?? '9999').localeCompare(b.expiresOn ?? '9999') ||
        places.compare(a.placeCode, b.placeCode),
    )
}

function byPlace(a: Stop, b: Stop): number {
  if (a.balance === null || b.balance === null) return Number(a.balance === null) - Number(b.balance === null)
  return places.compare(a.balance.placeCode, b.balance.placeCode)
}

/** What the entries have left at a place. */
export function leftAt(balance: Balance, entries: readonly Entry[]): Decimal {
  const taken = entries.filter(
    (entry) =>
      entry.productId === balance.productId &&
      entry.placeId === balance.placeId &&
      (balance.lot === null || (entry.serial ?? entry.lot) === balance.lot),
  )
  return max(decimal(balance.quantity).minus(totalOf(taken)), zero)
}
