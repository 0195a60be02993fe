import { decimal } from '../../src/kernel/decimal.ts'
import { isDecimal } from '../ui/inputs/index.ts'
import { type TrackedGoods, figure, namedLots, serialsOf, toldOf } from '../ui/lots/index.ts'
import type { GridKind } from './columns.ts'
import type { Line } from './line.ts'
import { baseQuantity } from './quantity.ts'

/** Whether lots or serial numbers are asked for on this line. */
export function asksForLots(kind: GridKind, line: Line): boolean {
  return kind.columns.includes('lots') && line.product !== null && line.product.tracking !== 'none'
}

/** Whether the lots of the line are named as they come in, or chosen among those that are there. */
export function wayOfLots(kind: GridKind, line: Line): 'in' | 'out' {
  const way = kind.lots?.way ?? 'in'
  if (way !== 'by-change') return way
  return line.counted === '' && line.change.startsWith('-') ? 'out' : 'in'
}

/** What is counted is counted lot by lot: a line for each. */
export function isCountOfOneLot(line: Line): boolean {
  return line.counted !== ''
}

/** What the lots of a line have to make in all, base units: rejected goods have lots too. */
export function wantedOfLots(line: Line): string {
  if (line.counted !== '') return line.counted
  if (line.change !== '') return isDecimal(line.change) ? decimal(line.change).abs().toFixed() : '0'
  const { rejectedQuantity } = line.kept
  const rejected = typeof rejectedQuantity === 'string' ? rejectedQuantity : '0'
  const all = figure(line.quantity).plus(figure(rejected)).toFixed()
  return baseQuantity(all, line.unit, line.product?.units ?? []) ?? all
}

/** How much of the line its lots do not account for yet, base units; below zero where they are too many. */
export function leftOfLots(line: Line): string {
  const wanted = wantedOfLots(line)
  const told = toldOf(line, wanted) ?? '0'
  return isCountOfOneLot(line) && told !== '0'
    ? '0'
    : decimal(isDecimal(wanted) ? wanted : '0')
        .minus(figure(told))
        .toFixed()
}

/** Whether lots have to be named before the goods can move. */
export function lackLots(kind: GridKind, line: Line): boolean {
  if (!asksForLots(kind, line)) return false
  const none = namedLots(line).length === 0 && serialsOf(line).length === 0
  if (none) return kind.lots?.chosenForYou !== true && (isCountOfOneLot(line) || wantedOfLots(line) !== '0')
  return leftOfLots(line) !== '0'
}

/** The goods of the line for whoever names their lots. @param warehouseId of the document. */
export function trackedGoods(kind: GridKind, line: Line, warehouseId: string | null): TrackedGoods {
  const own = line.kept['warehouseId']
  const from = typeof own === 'string' ? own : warehouseId
  return {
    productId: line.product?.id ?? null,
    name: line.product?.sku ?? '',
    ...(from !== null && { warehouseId: from }),
    ...(kind.lots?.quarantine === true && { quarantine: true }),
  }
}

/** The lots of a line as text: for the clipboard and to compare. */
export function lotsText(line: Line): string {
  const serials = serialsOf(line)
  if (serials.length > 0) return serials.join(', ')
  return namedLots(line)
    .map(({ number, quantity }) => (quantity === '' ? number : `${number} ${quantity}`))
    .join(', ')
}
