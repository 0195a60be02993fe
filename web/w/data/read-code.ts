import { decimal, fits } from '../../../src/kernel/decimal.ts'
import { codesOfGtin, parseGs1 } from '../../ui/scan/gs1.ts'
import type { Balance, Copies, Place, Product, Task } from './types.ts'

export interface ReadProduct {
  readonly kind: 'product'
  readonly product: Product
  /** Base unit: 1, the pack's quantity of a unit's barcode, or the count in a GS1 code. */
  readonly quantity: string
  readonly lot: string | null
  readonly expiresOn: string | null
  readonly serial: string | null
}
/** What a scanned text names. */
export type Read =
  | ReadProduct
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'order'; readonly task: Task; readonly of: 'receipts' | 'picks' }
  | { readonly kind: 'unknown'; readonly code: string }

interface Packed {
  readonly product: Product
  readonly quantity: string
}

/** The copies, prepared for looking codes up. */
export class CodeTable {
  private readonly packs = new Map<string, Packed | 'ambiguous'>()
  private readonly places = new Map<string, Place>()
  private readonly orders = new Map<string, { task: Task; of: 'receipts' | 'picks' }>()
  private readonly lots = new Map<string, Balance | 'ambiguous'>()
  readonly products = new Map<string, Product>()

  constructor(copies: Copies) {
    for (const product of copies.products) this.add(product)
    for (const place of copies.places) this.places.set(folded(place.code), place)
    for (const of of ['receipts', 'picks'] as const)
      for (const task of copies[of]) this.orders.set(folded(task.number), { task, of })
    for (const balance of copies.balances) {
      if (balance.lot === null) continue
      const known = this.lots.get(balance.lot)
      const same = known === undefined || (known !== 'ambiguous' && known.productId === balance.productId)
      this.lots.set(balance.lot, same ? balance : 'ambiguous')
    }
  }

  /** A product that was found since, or whose barcode was added. */
  add(product: Product, extraCode?: string): void {
    this.products.set(product.id, product)
    const one = { product, quantity: '1' }
    this.name(product.sku, one)
    for (const code of [product.barcode, extraCode]) if (code) this.name(code, one)
    for (const { unit, barcode } of product.units) {
      const quantity = perUnit(product, unit)
      if (barcode && quantity !== null) this.name(barcode, { product, quantity })
    }
  }

  /** @param today of the company, `YYYY-MM-DD`. */
  read(code: string, today: string): Read {
    const text = code.trim()
    const gs1 = parseGs1(text, today)
    if (gs1?.gtin) {
      const pack = this.pack(codesOfGtin(gs1.gtin))
      if (pack === null) return { kind: 'unknown', code: gs1.gtin }
      const quantity = decimal(pack.quantity).times(decimal(gs1.count ?? '1'))
      const { lot, expiresOn, serial } = gs1
      return { kind: 'product', product: pack.product, quantity: quantity.toFixed(), lot, expiresOn, serial }
    }
    const pack = this.pack([text])
    if (pack !== null) return { kind: 'product', ...pack, lot: null, expiresOn: null, serial: null }
    const place = this.places.get(folded(text))
    if (place) return { kind: 'place', place }
    const order = this.orders.get(folded(text))
    if (order) return { kind: 'order', ...order }
    return this.ofLot(text) ?? { kind: 'unknown', code: text }
  }

  placeById(id: string | null): Place | null {
    if (id === null) return null
    for (const place of this.places.values()) if (place.id === id) return place
    return null
  }

  private pack(codes: readonly string[]): Packed | null {
    for (const code of codes) {
      const found = this.packs.get(code)
      if (found !== undefined && found !== 'ambiguous') return found
    }
    return null
  }

  private name(code: string, pack: Packed): void {
    const known = this.packs.get(code)
    const other = known !== undefined && (known === 'ambiguous' || known.product.id !== pack.product.id)
    // Nothing is guessed: a code of two products names neither.
    this.packs.set(code, other ? 'ambiguous' : pack)
  }

  /** The number of a lot or a serial number that lies here. */
  private ofLot(text: string): ReadProduct | null {
    const found = this.lots.get(text)
    if (found === undefined || found === 'ambiguous') return null
    const product = this.products.get(found.productId)
    if (!product) return null
    const serial = product.tracking === 'serial'
    return {
      kind: 'product',
      product,
      quantity: '1',
      lot: serial ? null : text,
      expiresOn: found.expiresOn,
      serial: serial ? text : null,
    }
  }
}

/** Base units in one of the unit; null where the ratio has no exact decimal. */
export function perUnit(product: Product, unit: string): string | null {
  if (unit === product.unit) return '1'
  const found = product.units.find((each) => each.unit === unit)
  if (!found) return null
  const quantity = decimal(found.numerator).div(decimal(found.denominator))
  return fits(quantity, 6) ? quantity.toFixed() : null
}

function folded(code: string): string {
  return code.trim().toUpperCase()
}
