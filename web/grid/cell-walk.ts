import { type ColumnId, type GridKind, isEditable, nextNeeded } from './columns.ts'
import type { LineStore } from './line-store.ts'
import { isEmpty } from './line.ts'
import { type Cursor, tabTo } from './moves.ts'

/** Where Enter goes from a cell: the next one that is needed, in this line or at the beginning of the one below. */
export function afterCell(cursor: Cursor, store: LineStore, kind: GridKind): Cursor {
  const line = store.line(cursor.key)
  const next = line && isEditable(cursor.column) ? nextNeeded(kind, line, cursor.column) : null
  if (next !== null) return { key: cursor.key, column: next }
  const order = store.order()
  const below = order[order.indexOf(cursor.key) + 1] ?? order.at(-1)!
  return { key: below, column: kind.fixedLines === true ? kind.needed[0]! : 'product' }
}

/** Where Tab goes. Null: out of the grid, at either end of it; an empty last line is left as a whole. */
export function tabFrom(cursor: Cursor, store: LineStore, kind: GridKind, back: boolean): Cursor | null {
  const order = store.order()
  const line = store.line(cursor.key)
  const next = tabTo(cursor, store, kind, back)
  const inSame = next?.key === cursor.key && cursor.key === order.at(-1)
  const emptyEnd = inSame && cursor.column !== kind.columns[0] && line !== undefined && isEmpty(line)
  return !back && emptyEnd ? null : next
}

export interface TakenAway {
  /** Where the cursor goes then. */
  readonly cursor: Cursor
  /** Puts the line back where it was, whatever was done to others since. */
  readonly putBack: () => void
}

/** Takes a line away, to be undone. @returns null when the line stays, as the empty last one does. */
export function takeLineAway(store: LineStore, key: string, column: ColumnId): TakenAway | null {
  const order = store.order()
  const at = order.indexOf(key)
  const line = store.line(key)
  if (at < 0 || line === undefined || (at === order.length - 1 && isEmpty(line))) return null
  store.remember()
  store.remove(key)
  const now = store.order()
  const before = order.slice(0, at)
  return {
    cursor: { key: now[Math.min(at, now.length - 1)]!, column },
    putBack: () => {
      if (store.line(key) !== undefined) return
      store.insertAfter(before.findLast((each) => store.line(each) !== undefined) ?? null, [line])
    },
  }
}
