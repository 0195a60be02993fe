import { type ShortcutName, pressedKeys, shortcuts, shortcutsOf } from '../ui/shortcuts.ts'
import type { ColumnId } from './columns.ts'
import type { Editing, Key } from './grid-state.ts'
import { type Cursor, besideColumn, besideRow } from './moves.ts'
import type { Hit } from './products.ts'

/** What the grid does with a cell under the cursor, by the table of keys. */
export const gridShortcuts = shortcutsOf('grid')

export function gridShortcut({ key, ctrl, alt }: Key): ShortcutName | null {
  const pressed = pressedKeys({ key, mod: ctrl, alt })
  return gridShortcuts.find((name) => shortcuts[name].keys === pressed) ?? null
}

/** A cell whose editing has just begun. */
export const nothingEdited = {
  hits: null,
  hitsFor: '',
  index: -1,
  steps: 0,
  waiting: false,
  fault: null,
} as const
const rowSteps: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  PageUp: -10,
  PageDown: 10,
}
const columnSteps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  Home: -99,
  End: 99,
}
/** Keys that wait for a product, besides characters; Escape does not wait. */
export const keptKeys: ReadonlySet<string> = new Set([
  'Enter',
  'Tab',
  'Backspace',
  'Delete',
  'F2',
  'Escape',
  ...Object.keys(rowSteps),
  ...Object.keys(columnSteps),
])
/** The hit so many steps further, round and round; -1: none yet. */
export function stepped(index: number, step: number, count: number): number {
  if (count === 0) return -1
  const from = index < 0 && step < 0 ? 0 : index
  return (((from + step) % count) + count) % count
}

/** What arrow keys go through: the hits, and a new product where one may be made. */
export function choicesOf(hits: readonly Hit[], makes: boolean): number {
  return hits.length + (makes ? 1 : 0)
}

/** Hits have come: arrow keys that were pressed before are taken now. */
export function withHits(editing: Editing, hitsFor: string, hits: readonly Hit[], makes: boolean): Editing {
  const index = editing.steps === 0 ? -1 : stepped(-1, editing.steps, choicesOf(hits, makes))
  return { ...editing, hits, hitsFor, index, steps: 0 }
}

/** Where a key leads that moves between cells; null: it does not. */
export function stepFrom(
  cursor: Cursor,
  key: string,
  order: readonly string[],
  columns: readonly ColumnId[],
): Cursor | null {
  const rows = rowSteps[key]
  if (rows !== undefined) return besideRow(cursor, order, rows)
  const across = columnSteps[key]
  return across === undefined ? null : besideColumn(cursor, columns, across)
}
