import { type Decimal, decimal, max, sum, zero } from '../../../src/kernel/decimal.ts'
import type { Scan } from '../scan/scan-queue.ts'

/** One scan, or one figure that was keyed in, with what it was taken for. Base units. */
export interface Entry extends Scan {
  readonly id: string
  readonly productId: string
  readonly sku: string
  readonly quantity: string
  /** Line of the order; null where there is none. */
  readonly lineId: string | null
  /** Where the goods lie or are put; null: the warehouse's usual place. */
  readonly placeId: string | null
  readonly placeCode: string | null
  readonly lot: string | null
  readonly expiresOn: string | null
  readonly serial: string | null
  /** Receipts: why it was refused; null: accepted. */
  readonly rejected: string | null
  /** Receipts: came without having been ordered. */
  readonly extra: boolean
}

export function totalOf(entries: readonly Entry[]): Decimal {
  return sum(entries.map(({ quantity }) => decimal(quantity)))
}

/** Counted on a line of the order, accepted and rejected together. */
export function countedOn(entries: readonly Entry[], lineId: string): Decimal {
  return totalOf(entries.filter((entry) => entry.lineId === lineId))
}

/** Whether two entries are counted together. */
export function alike(a: Entry, b: Entry): boolean {
  return groupOf(a) === groupOf(b)
}

function groupOf(entry: Entry): string {
  const { productId, lineId, placeId, lot, rejected, extra } = entry
  return JSON.stringify([productId, lineId, placeId, lot, rejected, extra])
}

/** Entries that are counted together, in the order in which each group began. */
export function groups(entries: readonly Entry[]): Entry[][] {
  return [...Map.groupBy(entries, groupOf).values()]
}

/** All that is counted together with `like` becomes one figure; none of it when the figure is 0. */
export function setTotal(entries: readonly Entry[], like: Entry, total: Decimal): Entry[] {
  const rest = entries.filter((entry) => !alike(entry, like))
  if (!total.gt(zero)) return rest
  return [...rest, { ...like, quantity: total.toFixed(), at: Date.now() }]
}

export function without(entries: readonly Entry[], id: string): Entry[] {
  return entries.filter((entry) => entry.id !== id)
}

export interface Room {
  readonly id: string
  readonly productId: string
  readonly open: string
  readonly most: string
}

/** Where goods of a product may be counted: the first line with something open, then within the tolerance. */
export type Allotted<L extends Room> =
  | { readonly kind: 'line'; readonly line: L }
  | { readonly kind: 'not-ordered' }
  /** `left`: what may still be counted; nothing is counted when more comes at once. */
  | { readonly kind: 'over'; readonly line: L; readonly left: string }

export function allot<L extends Room>(
  lines: readonly L[],
  entries: readonly Entry[],
  productId: string,
  quantity: string,
): Allotted<L> {
  const own = lines.filter((line) => line.productId === productId)
  const [first] = own
  if (first === undefined) return { kind: 'not-ordered' }
  const wanted = decimal(quantity)
  const leftOf = (line: L, limit: string): Decimal => decimal(limit).minus(countedOn(entries, line.id))
  for (const limit of ['open', 'most'] as const) {
    const fitting = own.find((line) => leftOf(line, line[limit]).gte(wanted))
    if (fitting) return { kind: 'line', line: fitting }
  }
  const widest = own.reduce((best, line) =>
    leftOf(line, line.most).gt(leftOf(best, best.most)) ? line : best,
  )
  return { kind: 'over', line: widest, left: max(leftOf(widest, widest.most), zero).toFixed() }
}
