import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { decimal, fits } from '../../../src/kernel/decimal.ts'
import { type OneOf, api } from '../../api/index.ts'
import { useToday } from '../../session/index.ts'
import { codesOfGtin, parseGs1 } from '../../ui/scan/gs1.ts'
import { listenForScans, whenNoScanIsTyped } from '../../ui/scan/listen.ts'
import type { CountLine } from './sheet.tsx'

type Product = OneOf<'products'>

/**
 * A scan, while a count or no field has the focus, goes to the line of its product (of the serial number or lot that is
 * scanned with it) and adds one, or what is in the pack. Scans are served in their order.
 * @param add given the line, and what becomes of its count
 * @returns the last code that names nothing of the lines
 */
export function useLineScans(
  lines: readonly CountLine[],
  table: RefObject<HTMLElement | null>,
  add: (line: CountLine, added: (before: string) => string) => void,
): string | null {
  const today = useToday()
  const [unknown, setUnknown] = useState<string | null>(null)
  const served = useRef(Promise.resolve())
  const serve = async (code: string) => {
    const gs1 = parseGs1(code, today)
    const codes = gs1?.gtin ? codesOfGtin(gs1.gtin) : [code.trim().slice(0, 100)]
    // A serial number is a code of its own.
    const serial = lines.find((line) => line.tracking === 'serial' && codes.includes(line.lot ?? ''))
    const { products } =
      serial !== undefined
        ? { products: [] }
        : await api
            .post<{ products: readonly Product[] }>('/products/match', { codes })
            .catch(() => ({ products: [] }))
    const number = gs1?.serial ?? gs1?.lot
    const of = lines.filter(
      (line) =>
        products.some(({ id }) => id === line.productId) && (number === undefined || line.lot === number),
    )
    // Where the hand is: the line of the focused field, then those that nobody has counted.
    const here =
      document.activeElement instanceof HTMLElement ? document.activeElement.dataset['count'] : undefined
    const line =
      serial ?? of.find(({ id }) => id === here) ?? of.find(({ counted }) => counted === null) ?? of[0]
    setUnknown(line === undefined ? code : null)
    if (line === undefined) return
    const product = products.find(({ id }) => id === line.productId)
    const pack = product?.units.find(({ barcode }) => barcode !== null && codes.includes(barcode))
    const each = pack === undefined ? decimal('1') : decimal(pack.numerator).div(decimal(pack.denominator))
    const quantity = decimal(gs1?.count ?? '1').times(each)
    if (!fits(quantity, 6)) return
    const sum = (before: string): string =>
      line.tracking === 'serial'
        ? '1'
        : decimal(before || '0')
            .plus(quantity)
            .toFixed()
    await whenNoScanIsTyped()
    flushSync(() => add(line, sum))
    table.current?.querySelector<HTMLElement>(`input[data-count="${CSS.escape(line.id)}"]`)?.focus()
  }
  const latest = useEffectEvent(serve)
  useEffect(
    () =>
      listenForScans({
        take: (code) => {
          served.current = served.current.then(() => latest(code))
        },
        heard: (target) =>
          !(target instanceof HTMLElement) || !target.matches('input:not([data-count]), textarea, select'),
      }),
    [],
  )
  return unknown
}
