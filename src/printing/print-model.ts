import type { CalendarDate } from '../kernel/dates.ts'
import type { Language } from './words.ts'

/** The forms that are printed; each has its template. A kind of document may have several. */
export const forms = [
  'sales-order',
  'quotation',
  'purchase-order',
  'delivery-note',
  'pick-list',
  'receipt-note',
  'sales-return',
  'purchase-return',
  'stock-adjustment',
  'stock-transfer',
  'invoice',
  'bill',
  'credit-note',
  'vendor-credit',
  'payment',
  'statement',
  'product-label',
  'count-sheet',
] as const
export type Form = (typeof forms)[number]

export interface Fact {
  readonly label: string
  readonly value: string
}

/** A party or a place, with its address. */
export interface Block {
  readonly heading: string
  readonly name: string
  readonly lines: readonly string[]
}

export interface Column {
  readonly label: string
  /**
   * text: takes the width that is left, breaks into lines; box: a box to tick; stack: lines below each other,
   * the last of which is what comes out; code: the row's code, which the cell says in letters.
   */
  readonly kind: 'text' | 'plain' | 'box' | 'stack' | 'code'
  readonly side: 'start' | 'end'
}

export interface PrintRow {
  /** One per column. */
  readonly cells: readonly string[]
  /** Below the text, smaller. */
  readonly detail: readonly string[]
  /** A code that scanners read, for a column of codes. */
  readonly code?: readonly (readonly (readonly [number, number])[])[]
  /** Taller than about half a page: it may be split. */
  readonly long: boolean
}

/** What differs from kind to kind; everything is worded and formatted. */
export interface Content {
  readonly title: string
  readonly number: string | null
  readonly subtitle: string | null
  /** Printed across the page: it is no final document. */
  readonly stamp: string | null
  /** A code that scanners read, of the number; null: none. */
  readonly code: readonly (readonly (readonly [number, number])[])[] | null
  /** Of every row its own, on labels of several products. */
  readonly codes?: readonly (readonly (readonly (readonly [number, number])[])[])[] | null
  readonly partner: Block | null
  readonly others: readonly Block[]
  readonly facts: readonly Fact[]
  readonly columns: readonly Column[]
  readonly rows: readonly PrintRow[]
  readonly taxes: {
    readonly head: readonly string[]
    readonly rows: readonly string[][]
    /** Why rates are zero, below the table. */
    readonly reasons: readonly string[]
  } | null
  readonly totals: readonly (Fact & { readonly strong: boolean })[]
  /** Below the totals. */
  readonly 'in-words'?: Fact | null
  readonly payment: {
    readonly heading: string
    readonly facts: readonly Fact[]
    /** Rows of [start, length] of dark runs; null: no code. */
    readonly qr: readonly (readonly (readonly [number, number])[])[] | null
    readonly 'qr-label': string
  } | null
  readonly notes: readonly { readonly label: string | null; readonly text: string }[]
  readonly signatures: readonly string[]
}

/** What a template reads as `doc`. */
export interface PrintModel extends Omit<Content, 'number'> {
  readonly form: Form
  readonly number: string | null
  readonly 'number-or-title': string
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  readonly paper: 'a4' | 'us-letter'
  readonly words: { readonly page: string; readonly of: string }
  /** An SVG picture; null: the company has none. */
  readonly logo: string | null
  readonly seller: Block
  readonly footer: readonly string[]
}

/** A document ready to be printed. */
export interface Printable {
  readonly form: Form
  readonly content: Content
  readonly language: Language
  /** Of the file: the same document gives the same bytes. */
  readonly date: CalendarDate
  /** It counts: confirmed or posted, and neither cancelled nor reversed. */
  readonly final: boolean
  /** Its amounts move with payments after it was sent: what was kept is printed again whatever they are now. */
  readonly moves: boolean
}

/** A line of the description column holds about so many letters. */
const lettersPerLine = 44
const longRow = 26

/** A row of a table. A wide letter, such as a Chinese one, takes the place of two. */
export function printRow(cells: readonly string[], text: string, detail: readonly string[] = []): PrintRow {
  const width = (line: string): number =>
    line.length + (line.match(/[\u2e80-\u9fff\uac00-\uffef]/g)?.length ?? 0)
  const lines = [...text.split('\n'), ...detail.flatMap((part) => part.split('\n'))].map((line) =>
    Math.max(1, Math.ceil(width(line) / lettersPerLine)),
  )
  return { cells, detail, long: lines.reduce((all, each) => all + each, 0) > longRow }
}

export function column(label: string, side: Column['side'] = 'end', kind: Column['kind'] = 'plain'): Column {
  return { label, side, kind }
}

/** Facts whose value is there. */
export function factsOf(
  pairs: readonly (readonly [label: string, value: string | null | undefined])[],
): Fact[] {
  return pairs.flatMap(([label, value]) => (value ? [{ label, value }] : []))
}
