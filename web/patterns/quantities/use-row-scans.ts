import type { RefObject } from 'react'
import { figure } from '../../ui/lots/index.ts'
import { useLineScans } from '../scans/use-line-scans.ts'
import type { QuantityRow } from './rows.ts'
import type { Quantities } from './use-quantities.ts'

/**
 * A scan goes to the line of its product of which something is left, and adds what was scanned: one, or what is in the
 * pack.
 * @returns the last code that names no product of the lines
 */
export function useRowScans(
  rows: readonly QuantityRow[],
  quantities: Quantities,
  table: RefObject<HTMLElement | null>,
): string | null {
  return useLineScans('data-quantity', table, async ({ products, quantityIn }) => {
    const found = await products()
    const of = rows.filter(({ productId }) => found.some(({ id }) => id === productId))
    const row = of.find((each) => figure(quantities.inputOf(each).quantity).lt(figure(each.left))) ?? of[0]
    if (row === undefined) return null
    const quantity = quantityIn(
      row.unit,
      found.find(({ id }) => id === row.productId)!,
    )
    return { id: row.id, enter: quantity === null ? null : () => quantities.add(row, quantity) }
  })
}
