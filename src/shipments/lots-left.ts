import { type Decimal, decimal, max, min, zero } from '../kernel/decimal.ts'
import type { StoredLot } from './records.ts'

/** By line of a delivery or receipt and number of the lot: what is back by posted returns. */
export type LotsBack = ReadonlyMap<string, ReadonlyMap<string, Decimal>>

export function lotsBackByLine(
  rows: readonly { lineId: string | null; number: string; quantity: Decimal }[],
): LotsBack {
  const byLine = new Map<string, Map<string, Decimal>>()
  for (const { lineId, number, quantity } of rows) {
    if (lineId === null) continue
    byLine.set(lineId, (byLine.get(lineId) ?? new Map<string, Decimal>()).set(number, quantity))
  }
  return byLine
}

/** The lots of a line less what is back of each. */
export function lessBack(lots: readonly StoredLot[], back: ReadonlyMap<string, Decimal>): StoredLot[] {
  return withQuantities(lots, (lot) => max(decimal(lot.quantity).minus(back.get(lot.number) ?? zero), zero))
}

/** Of the lots of a receipt line the last ones are the rejected ones: what comes behind the accepted goods. */
export function behind(lots: readonly StoredLot[], accepted: Decimal): StoredLot[] {
  let left = accepted
  return withQuantities(lots, (lot) => {
    const skipped = min(left, decimal(lot.quantity))
    left = left.minus(skipped)
    return decimal(lot.quantity).minus(skipped)
  })
}

/** The first of the lots, as many as make this quantity. */
export function upTo(lots: readonly StoredLot[], quantity: Decimal): StoredLot[] {
  let left = quantity
  return withQuantities(lots, (lot) => {
    const taken = min(left, decimal(lot.quantity))
    left = left.minus(taken)
    return taken
  })
}

function withQuantities(lots: readonly StoredLot[], quantityOf: (lot: StoredLot) => Decimal): StoredLot[] {
  return lots.flatMap((lot) => {
    const quantity = quantityOf(lot)
    return quantity.gt(zero) ? [{ ...lot, quantity: quantity.toFixed() }] : []
  })
}
