import type { CodePorts } from './code-entry.ts'
import type { Cursor } from './moves.ts'
import type { Hit } from './products.ts'

/** The one cell that is edited. */
export interface Editing {
  readonly text: string
  /** What was typed into an empty field, so the caret stands behind it; otherwise the text is selected. */
  readonly begun: boolean
  /** Products for `hitsFor`; null while none were asked for. */
  readonly hits: readonly Hit[] | null
  readonly hitsFor: string
  /** Of the hit under the arrow keys; -1: none; behind the last hit: a new product. */
  readonly index: number
  /** Arrow keys pressed before the hits were there, down less up: taken when they come. */
  readonly steps: number
  /** Enter was pressed before the hits were there; keys that come meanwhile are kept for the next cell. */
  readonly waiting: boolean
  readonly fault: string | null
}

/** A product that is about to be made for a line. */
export interface Making {
  readonly key: string
  /** What was typed in its cell. */
  readonly text: string
}

export interface GridState {
  readonly cursor: Cursor | null
  readonly editing: Editing | null
}

/** A key as the grid sees it. */
export interface Key {
  readonly key: string
  readonly ctrl: boolean
  readonly shift: boolean
  readonly alt: boolean
  /** Milliseconds, when it was pressed: scanners are faster than people. */
  readonly time: number
}

export interface GridPorts extends CodePorts {
  /** Products that a text may mean. */
  readonly find: (text: string) => Promise<readonly Hit[]>
  /** A scan into the grid: found, or no product has the code. */
  readonly scanned: (code: string, found: boolean) => void
  /** Enter in the empty last line. */
  readonly leave: () => void
  /** A line was removed; what puts it back. */
  readonly removed: (putBack: () => void) => void
}
