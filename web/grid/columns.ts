import type { Field, Line } from './line.ts'
import { lackLots } from './line-lots.ts'

export type ColumnId = Field | 'net' | 'now' | 'after' | 'available'

/** How lots and serial numbers of a document's lines are named. */
export interface GridLots {
  /** Of goods that come in, that go out, or either by the sign of the change. */
  readonly way: 'in' | 'out' | 'by-change'
  /** Left empty, the server takes the first to expire. */
  readonly chosenForYou?: true
  /** Goods in quarantine go out as well. */
  readonly quarantine?: true
}

/** What a document's grid shows and asks for. */
export interface GridKind {
  readonly columns: readonly ColumnId[]
  /** Whose prices are looked up; null: the document has none. */
  readonly prices: 'sales' | 'purchase' | null
  /** Says what is available, and warns when it is too little. */
  readonly availability: boolean
  /** Cells that Enter goes to after the product. */
  readonly needed: readonly Field[]
  /** Given: its goods may have lots; they are asked for where there is a column for them. */
  readonly lots?: GridLots
  /** Lines of a source: neither added nor given another product. */
  readonly fixedLines?: boolean
}

export function isEditable(column: ColumnId): column is Field {
  return column !== 'net' && column !== 'now' && column !== 'after' && column !== 'available'
}

export function isFigure(column: ColumnId): boolean {
  return !['product', 'description', 'unit', 'taxes', 'reason', 'disposition', 'replace', 'lots'].includes(
    column,
  )
}

/** Widths of the grid's tracks: an amount of millions stands in one line, and a quantity with three decimals. */
export const widths: Readonly<Record<ColumnId, string>> = {
  product: 'minmax(11.5rem, 2.2fr)',
  description: 'minmax(7.5rem, 1.6fr)',
  quantity: 'minmax(8rem, 0.7fr)',
  unit: 'minmax(4rem, 0.5fr)',
  price: 'minmax(6.5rem, 0.8fr)',
  discount: 'minmax(4.25rem, 0.4fr)',
  taxes: 'minmax(5.5rem, 0.7fr)',
  counted: 'minmax(6rem, 0.7fr)',
  change: 'minmax(6rem, 0.7fr)',
  unitCost: 'minmax(6rem, 0.7fr)',
  reason: 'minmax(8rem, 1.4fr)',
  disposition: 'minmax(7.5rem, 0.9fr)',
  replace: 'minmax(5rem, 0.5fr)',
  lots: 'minmax(6.5rem, 1.2fr)',
  net: 'minmax(7.5rem, 0.8fr)',
  now: 'minmax(5rem, 0.6fr)',
  after: 'minmax(5rem, 0.6fr)',
  available: 'minmax(6rem, 0.7fr)',
}

/** The next cell that Enter goes to within the line; null: on to the next line. */
export function nextNeeded(kind: GridKind, line: Line, from: Field): Field | null {
  const filled = line.product !== null || line.description !== ''
  if (!filled && line.code === '') return null
  const way: Field[] = ['product', ...kind.needed]
  const at = way.indexOf(from)
  if (at >= 0 && at + 1 < way.length) return way[at + 1]!
  if (from !== 'lots' && lackLots(kind, line)) return 'lots'
  const noPrice =
    kind.prices !== null &&
    line.price === '' &&
    (line.product === null || line.quoteState === 'there' || line.quoteState === 'failed')
  return from !== 'price' && noPrice && line.code === '' && kind.columns.includes('price') ? 'price' : null
}
