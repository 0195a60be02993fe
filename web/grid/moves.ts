import { type ColumnId, type GridKind, isEditable } from './columns.ts'
import { asksForLots } from './line-lots.ts'
import type { LineStore } from './line-store.ts'

/** Where the cursor stands. */
export interface Cursor {
  readonly key: string
  readonly column: ColumnId
}

const within = (at: number, count: number) => Math.max(0, Math.min(count - 1, at))

/** So many rows further, the same column. */
export function besideRow(cursor: Cursor, order: readonly string[], by: number): Cursor {
  return { key: order[within(order.indexOf(cursor.key) + by, order.length)]!, column: cursor.column }
}

/** So many columns further, the same row. */
export function besideColumn(cursor: Cursor, columns: readonly ColumnId[], by: number): Cursor {
  return { key: cursor.key, column: columns[within(columns.indexOf(cursor.column) + by, columns.length)]! }
}

/** Whether the grid lets this cell be filled. */
export function mayEdit(kind: GridKind, column: ColumnId): boolean {
  return isEditable(column) && !(kind.fixedLines === true && (column === 'product' || column === 'unit'))
}

/** The next cell that can be filled, over the ends of rows; null behind the last and before the first. */
export function tabTo(cursor: Cursor, store: LineStore, kind: GridKind, back: boolean): Cursor | null {
  const order = store.order()
  const all = kind.columns
  const step = back ? -1 : 1
  let row = order.indexOf(cursor.key)
  let at = all.indexOf(cursor.column) + step
  for (;;) {
    if (all[at] === undefined) {
      row += step
      at = back ? all.length - 1 : 0
    }
    const key = order[row]
    if (key === undefined) return null
    // Goods without lots have nothing to name.
    const idle = all[at] === 'lots' && !asksForLots(kind, store.line(key)!)
    if (mayEdit(kind, all[at]!) && !idle) return { key, column: all[at]! }
    at += step
  }
}
