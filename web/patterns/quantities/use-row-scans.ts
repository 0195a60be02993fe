import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { decimal, fits } from '../../../src/kernel/decimal.ts'
import { type OneOf, api } from '../../api/index.ts'
import { useToday } from '../../session/index.ts'
import { figure } from '../../ui/lots/index.ts'
import { codesOfGtin, parseGs1 } from '../../ui/scan/gs1.ts'
import { listenForScans, whenNoScanIsTyped } from '../../ui/scan/listen.ts'
import type { QuantityRow } from './rows.ts'
import type { Quantities } from './use-quantities.ts'

type Product = OneOf<'products'>

/**
 * A scan, while a quantity or no field has the focus, goes to the line of its product and adds what was scanned: one, or
 * what is in the pack. Scans are served in their order.
 * @returns the last code that names no product of the lines
 */
export function useRowScans(
  rows: readonly QuantityRow[],
  quantities: Quantities,
  table: RefObject<HTMLElement | null>,
): string | null {
  const today = useToday()
  const [unknown, setUnknown] = useState<string | null>(null)
  const served = useRef(Promise.resolve())
  const serve = async (code: string) => {
    const gs1 = parseGs1(code, today)
    const codes = gs1?.gtin ? codesOfGtin(gs1.gtin) : [code.trim().slice(0, 100)]
    const { products } = await api
      .post<{ products: readonly Product[] }>('/products/match', { codes })
      .catch(() => ({ products: [] }))
    const of = rows.filter(({ productId }) => products.some(({ id }) => id === productId))
    const row = of.find((each) => figure(quantities.inputOf(each).quantity).lt(figure(each.left))) ?? of[0]
    setUnknown(row === undefined ? code : null)
    if (row === undefined) return
    const product = products.find(({ id }) => id === row.productId)!
    const quantity = scanned(product, codes, gs1?.count ?? '1', row.unit)
    await whenNoScanIsTyped()
    if (quantity !== null) flushSync(() => quantities.add(row, quantity))
    table.current?.querySelector<HTMLElement>(`input[data-quantity="${CSS.escape(row.id)}"]`)?.focus()
  }
  const latest = useEffectEvent(serve)
  useEffect(
    () =>
      listenForScans({
        take: (code) => {
          served.current = served.current.then(() => latest(code))
        },
        // Into other fields, such as serial numbers or the vendor's reference, a scanner may type.
        heard: (target) =>
          !(target instanceof HTMLElement) || !target.matches('input:not([data-quantity]), textarea, select'),
      }),
    [],
  )
  return unknown
}

/** What was scanned in the unit of the line; null where it cannot be said exactly. */
function scanned(product: Product, codes: readonly string[], count: string, unit: string): string | null {
  const pack = product.units.find(({ barcode }) => barcode !== null && codes.includes(barcode))
  const own = product.units.find((each) => each.unit === unit)
  const ratio = (of: typeof pack) =>
    of === undefined ? decimal('1') : decimal(of.numerator).div(decimal(of.denominator))
  const quantity = decimal(count).times(ratio(pack)).div(ratio(own))
  return fits(quantity, 6) ? quantity.toFixed() : null
}
