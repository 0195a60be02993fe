import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { decimal, fits } from '../../../src/kernel/decimal.ts'
import { type OneOf, api } from '../../api/index.ts'
import { useToday } from '../../session/index.ts'
import { codesOfGtin, parseGs1 } from '../../ui/scan/gs1.ts'
import { listenForScans, whenNoScanIsTyped } from '../../ui/scan/listen.ts'

type Product = OneOf<'products'>

/** What was scanned. */
export interface Scanned {
  /** The code, or all that a GTIN is written as. */
  readonly codes: readonly string[]
  /** The lot or serial number that is scanned with the product; null: none is. */
  readonly number: string | null
  /** The products of these codes; asked for when it is called. */
  readonly products: () => Promise<readonly Product[]>
  /** So much of it in this unit of the product: one, or what is in the pack; null where it cannot be said exactly. */
  readonly quantityIn: (unit: string, product: Product) => string | null
}

/** The line that a scan goes to, and how it is entered there; null: nothing is. */
export interface ScannedLine {
  readonly id: string
  readonly enter: (() => void) | null
}

/**
 * A scan, while a field for a quantity or none has the focus, goes to a line and takes the focus to its field. Scans are
 * served in their order.
 * @param mark the attribute of these fields, which holds the id of the line
 * @param find the line of a scan; null: none is of it
 * @returns the last code that names no line
 */
export function useLineScans(
  mark: `data-${string}`,
  table: RefObject<HTMLElement | null>,
  find: (scanned: Scanned) => Promise<ScannedLine | null>,
): string | null {
  const today = useToday()
  const [unknown, setUnknown] = useState<string | null>(null)
  const served = useRef(Promise.resolve())
  const serve = async (code: string) => {
    const gs1 = parseGs1(code, today)
    const codes = gs1?.gtin ? codesOfGtin(gs1.gtin) : [code.trim().slice(0, 100)]
    const line = await find({
      codes,
      number: gs1?.serial ?? gs1?.lot ?? null,
      products: () => productsOf(codes),
      quantityIn: (unit, product) => quantityOf(product, codes, gs1?.count ?? '1', unit),
    })
    setUnknown(line === null ? code : null)
    if (line === null) return
    await whenNoScanIsTyped()
    if (line.enter !== null) flushSync(line.enter)
    table.current?.querySelector<HTMLElement>(`input[${mark}="${CSS.escape(line.id)}"]`)?.focus()
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
          !(target instanceof HTMLElement) || !target.matches(`input:not([${mark}]), textarea, select`),
      }),
    [mark],
  )
  return unknown
}

async function productsOf(codes: readonly string[]): Promise<readonly Product[]> {
  try {
    const { products } = await api.post<{ products: readonly Product[] }>('/products/match', { codes })
    return products
  } catch {
    return []
  }
}

function quantityOf(product: Product, codes: readonly string[], count: string, unit: string): string | null {
  const pack = product.units.find(({ barcode }) => barcode !== null && codes.includes(barcode))
  const own = product.units.find((each) => each.unit === unit)
  const ratio = (of: typeof pack) =>
    of === undefined ? decimal('1') : decimal(of.numerator).div(decimal(of.denominator))
  const quantity = decimal(count).times(ratio(pack)).div(ratio(own))
  return fits(quantity, 6) ? quantity.toFixed() : null
}
