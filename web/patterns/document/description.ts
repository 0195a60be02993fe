import type { MessageDescriptor } from '@lingui/core'
import type { ReactNode } from 'react'
import type { AnyKind } from '../../../src/kinds.ts'
import type { Behind } from '../../../src/offered-actions.ts'
import type { ShortcutName } from '../../ui/shortcuts.ts'

/** What the page of a document shows, whatever its kind. A kind's description makes it from the API's answer. */
export interface DocumentView {
  readonly kind: AnyKind
  readonly id: string
  /** Null until it is numbered. */
  readonly number: string | null
  readonly state: string
  readonly version: number
  readonly party: { readonly id: string | null; readonly name: string } | null
  /** Below the number: date, warehouse. */
  readonly date: string | null
  readonly total: { readonly amount: string; readonly currency: string } | null
  /** Badges beside the lifecycle: returned, in transit, overdue. */
  readonly badges: readonly ReactNode[]
  readonly meters: readonly Meter[]
  readonly facts: readonly Fact[]
  readonly lines: LineTable<never> | null
  readonly totals: readonly TotalRow[]
  /** Between lines and notes: matches, allocations. */
  readonly extra?: ReactNode
  readonly notes: string | null
}

/** What a server can explain, by /documents/{id}/explain. */
export type ExplainedField = 'fulfilment' | 'invoicing' | 'open' | 'paid' | 'value'

/** How far one thing is; counts lines or an amount, never sums over different goods. */
export interface Meter {
  readonly id: string
  readonly text: ReactNode
  /** From 0 to 1. */
  readonly done: number
  readonly tone: 'info' | 'warn' | 'done' | 'danger'
  readonly explained: ExplainedField | null
}

export interface Fact {
  readonly label: MessageDescriptor
  /** Null: not shown. */
  readonly value: ReactNode | null
}

export interface LineColumn<Line> {
  readonly id: string
  readonly label: MessageDescriptor
  readonly align?: 'right'
  readonly cell: (line: Line) => ReactNode
  readonly grow?: boolean
  /** Left out where no line says anything. */
  readonly optional?: (line: Line) => boolean
}

export interface LineTable<Line> {
  readonly columns: readonly LineColumn<Line>[]
  readonly lines: readonly Line[]
  readonly idOf: (line: Line) => string
  /** Of its lines, those with something left to do come first if asked. */
  readonly isOpen?: (line: Line) => boolean
}

export interface TotalRow {
  readonly id: string
  readonly label: ReactNode
  readonly amount: string
  readonly currency: string
  readonly strong?: boolean
  readonly explained?: ExplainedField
  /** Explained here: what it is the sum of, and the rule. */
  readonly because?: { readonly rows: readonly ReasonRow[]; readonly rule: ReactNode }
}
export interface ReasonRow {
  readonly id: string
  readonly label: ReactNode
  readonly amount: string
}

/** An action as the page offers it. */
export interface DocumentAction {
  readonly name: string
  readonly label: string
  readonly allowed: boolean
  /** Why not, and the way out. */
  readonly reason: string | null
  /** The documents that it is because of: the way out. */
  readonly links?: readonly Behind[]
  /** It is refused only because of the state: it waits in the menu. */
  readonly later: boolean
  /** A step of the kind's way, not an exception: may stand as a button. */
  readonly main: boolean
  readonly danger: boolean
  /** A page in place of a dialog; below the company. */
  readonly href?: string
  readonly shortcut?: ShortcutName
}
