export { choicesIn, isChoice } from './choices.ts'
export { type ColumnId, type GridKind } from './columns.ts'
export { lotsText, wantedOfLots } from './line-lots.ts'
export { type FaultWords, lineFaults } from './fill.ts'
export { GridContext } from './grid-context.ts'
export {
  type Field,
  type Line,
  type LineProduct,
  type TaxInfo,
  isEmpty,
  lineProduct,
  newLine,
} from './line.ts'
export type { LineStore } from './line-store.ts'
export { LinesBar } from './lines-bar.tsx'
export { baseQuantity } from './quantity.ts'
export type { QuoteContext } from './quoter.ts'
export type { KnownTotals, TotalsHead } from './totals-keeper.ts'
export { type Lines, useLines } from './use-lines.ts'
export { columnWords, useFaultWords } from './words.ts'
