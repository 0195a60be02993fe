import type { MessageDescriptor } from '@lingui/core'
import type { CSSProperties } from 'react'
import type { ColumnWidth, ShownColumn } from './description.ts'
import type { Letters } from './letters.ts'

/** All of a column but what stands in a row. */
export type ColumnToLayOut = Omit<ShownColumn<never>, 'cell'>

interface Asked {
  /** Of columns whose width somebody chose, in pixels. */
  readonly chosen: Readonly<Record<string, number>>
  /** A checkbox stands before the first column. */
  readonly selectable: boolean
  /** So many columns after the first stay in sight. */
  readonly pinned: number
  /** How wide the scroll area is. */
  readonly room: number
  readonly text: (message: MessageDescriptor) => string
  readonly letters: Letters
}

export interface ColumnLayout {
  /** In pixels, of the cells of a row in their order, the checkbox among them; null: what is left. */
  readonly widths: readonly (number | null)[]
  /** The table is never narrower. */
  readonly least: number
  /** It does not fit and scrolls sideways. */
  readonly wide: boolean
  /** Of the cells that stay in sight when it scrolls, in their order: each behind the one before. */
  readonly stuck: readonly CSSProperties[]
  /** What of the scroll area they cover. */
  readonly covered: number
}

/**
 * In pixels where letters have their usual size, with the padding of a cell: `SO-2026-0042`, `29.11.2026`,
 * `123 456,78 AUD`.
 */
const usual: Readonly<Record<ColumnWidth, number>> = {
  code: 138,
  short: 124,
  date: 112,
  due: 122,
  moment: 168,
  money: 130,
  figure: 96,
  count: 60,
  status: 160,
  word: 96,
  text: 144,
  long: 224,
}
const checkbox = 35
const padding = 20
const sortIcon = 18
/** A head of so few letters stands in one line. */
const oneLine = 9
/** What is drawn beside the word of a badge. */
const aroundBadge = 33
const widestBadge = 176
/** What is left for the column that grows is never less; where the table scrolls anyway it may as well be read. */
const leastLeft = 120
const leftInWide = 200
/** A column that would grow but stands among the pinned ones. */
const pinnedText = 280
/** As much of the scroll area may stay; columns behind that scroll with the others. */
const mostCovered = 0.6

/**
 * How wide the columns of a list are, known before a row is there: from what kind of thing stands in a column, its head
 * and the words of a status, and not from the rows, so that nothing moves when rows come.
 */
export function layOutColumns(columns: readonly ColumnToLayOut[], asked: Asked): ColumnLayout {
  const { chosen, selectable, pinned, room } = asked
  const growing = growingColumn(columns, asked)
  const widths = columns.map((column, at) =>
    at === growing ? null : (chosen[column.id] ?? usualWidth(column, asked)),
  )
  const cells = selectable ? [checkbox, ...widths] : widths
  const sum = (left: number) => cells.reduce<number>((total, width) => total + (width ?? left), 0)
  // Where nothing scrolls nothing has to stay.
  if (sum(leastLeft) <= room)
    return { widths: cells, least: sum(leastLeft), wide: false, stuck: [], covered: 0 }
  const stuck: CSSProperties[] = []
  let covered = 0
  for (const width of cells.slice(0, (selectable ? 2 : 1) + pinned)) {
    if (covered + (width ?? leftInWide) > room * mostCovered) break
    stuck.push({ left: covered })
    covered += width ?? leftInWide
  }
  return { widths: cells, least: sum(leftInWide), wide: true, stuck, covered }
}

/** The column that takes what is left: the one made for it, else the last one of words; -1: none. */
function growingColumn(columns: readonly ColumnToLayOut[], { chosen, pinned }: Asked): number {
  // Behind a pinned column the next one stands where that one ends, which must be known.
  const may = columns.map(({ id }, at) => chosen[id] === undefined && (pinned === 0 || at > pinned))
  const made = columns.findIndex(({ grow }, at) => may[at] === true && grow === true)
  return made >= 0 ? made : columns.findLastIndex(({ align }, at) => may[at] === true && align !== 'right')
}

function usualWidth(column: ColumnToLayOut, { text, letters }: Asked): number {
  const label = text(column.label)
  // A longer head takes two lines.
  const words = label.length <= oneLine ? [label] : label.split(/\s/u)
  const head = Math.max(...words.map(letters.head)) + padding + (column.sort === undefined ? 0 : sortIcon)
  return Math.ceil(Math.max(head, contentWidth(column, text, letters)))
}

function contentWidth(
  { width, words, align, grow }: ColumnToLayOut,
  text: Asked['text'],
  letters: Asked['letters'],
): number {
  const { scale } = letters
  if (grow === true) return pinnedText * scale
  const most = usual[width ?? (align === 'right' ? 'figure' : 'text')] * scale
  if (words === undefined) return most
  const longest = Math.max(...Object.values(words).map((word) => letters.cell(text(word)))) + padding
  if (width === 'status') return Math.min(longest + aroundBadge, widestBadge * scale)
  return width === 'word' ? Math.max(longest, most) : most
}
