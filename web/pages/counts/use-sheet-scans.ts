import type { RefObject } from 'react'
import { decimal } from '../../../src/kernel/decimal.ts'
import { useLineScans } from '../../patterns/scans/use-line-scans.ts'
import type { CountLine } from './sheet.tsx'

/**
 * A scan goes to the line of its product, or of the serial number or lot that is scanned with it, and adds one, or what
 * is in the pack.
 * @param add given the line, and what becomes of its count
 * @returns the last code that names nothing of the lines
 */
export function useSheetScans(
  lines: readonly CountLine[],
  table: RefObject<HTMLElement | null>,
  add: (line: CountLine, added: (before: string) => string) => void,
): string | null {
  return useLineScans('data-count', table, async ({ codes, number, products, quantityIn }) => {
    // A serial number is a code of its own.
    const serial = lines.find((line) => line.tracking === 'serial' && codes.includes(line.lot ?? ''))
    if (serial !== undefined) return { id: serial.id, enter: () => add(serial, () => '1') }
    const found = await products()
    const of = lines.filter(
      (line) => found.some(({ id }) => id === line.productId) && (number === null || line.lot === number),
    )
    // Where the hand is: the line of the focused field, then those that nobody has counted.
    const { activeElement } = document
    const here = activeElement instanceof HTMLElement ? activeElement.dataset['count'] : undefined
    const line = of.find(({ id }) => id === here) ?? of.find(({ counted }) => counted === null) ?? of[0]
    if (line === undefined) return null
    if (line.tracking === 'serial') return { id: line.id, enter: () => add(line, () => '1') }
    const quantity = quantityIn(
      line.unit,
      found.find(({ id }) => id === line.productId)!,
    )
    if (quantity === null) return { id: line.id, enter: null }
    const sum = (before: string): string =>
      decimal(before || '0')
        .plus(quantity)
        .toFixed()
    return { id: line.id, enter: () => add(line, sum) }
  })
}
