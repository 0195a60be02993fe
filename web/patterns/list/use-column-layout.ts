import { type CSSProperties, type RefObject, useLayoutEffect, useMemo, useState } from 'react'

export interface ColumnLayout {
  /** Of the cells of a row, in their order, the checkbox among them. */
  readonly styles: readonly (CSSProperties | undefined)[]
  /** What of the scroll area the columns that stay cover. */
  readonly covered: number
}

/** As much of the scroll area may stay; columns behind that scroll with the others. */
const mostCovered = 0.6

/**
 * Where the first columns stand when the table scrolls sideways: each behind the one before it, which only the
 * drawn table knows, since most columns are as wide as what stands in them.
 * @param widths of the cells in their order; undefined: the usual one.
 * @param frozen so many cells of a row stay in sight.
 */
export function useColumnLayout(
  head: RefObject<HTMLTableRowElement | null>,
  widths: readonly (number | undefined)[],
  frozen: number,
): ColumnLayout {
  const [lefts, setLefts] = useState<readonly number[]>([])
  const [covered, setCovered] = useState(0)
  const cells = widths.length
  useLayoutEffect(() => {
    const row = head.current
    if (row === null) return
    const first = [...row.cells].slice(0, frozen)
    const watch = new ResizeObserver(() => {
      const room = (row.closest<HTMLElement>('[role=region]')?.clientWidth ?? 0) * mostCovered
      const next: number[] = []
      let left = 0
      for (const cell of first) {
        if (left + cell.offsetWidth > room) break
        next.push(left)
        left += cell.offsetWidth
      }
      setLefts((was) => (was.join() === next.join() ? was : next))
      setCovered(left)
    })
    for (const cell of first) watch.observe(cell)
    return () => watch.disconnect()
  }, [head, frozen, cells])
  return useMemo(
    () => ({
      covered,
      styles: widths.map((width, at) => ({
        ...(width !== undefined && { width, minWidth: width, maxWidth: width }),
        ...(lefts[at] !== undefined && { position: 'sticky', left: lefts[at] }),
      })),
    }),
    [covered, lefts, widths],
  )
}
