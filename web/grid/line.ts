import { decimal } from '../../src/kernel/decimal.ts'
import type { TotalsLine } from '../../src/totals.ts'
import type { OneOf } from '../api/index.ts'
import { isDecimal } from '../ui/inputs/index.ts'
import type { LotsInput, Tracking } from '../ui/lots/index.ts'
import type { LineUnit } from './units.ts'

/** What a line needs to know of its product. */
export interface LineProduct {
  readonly id: string
  readonly sku: string
  readonly name: string
  readonly stocked: boolean
  /** Whether its lots or serial numbers are told apart. */
  readonly tracking: Tracking
  /** The base unit first. */
  readonly units: readonly LineUnit[]
  readonly taxIds: readonly string[]
  readonly purchaseTaxIds: readonly string[]
  /** Codes of vendors by party. */
  readonly vendorCodes: Readonly<Record<string, string>>
}

/** What the party of the document was asked for, or asked, the last time. */
export interface LastPrice {
  readonly price: string
  readonly discountPercent: string
  readonly unit: string
  readonly currency: string
  readonly pricesIncludeTax: boolean
  readonly date: string
  readonly number: string
}

/** Price and availability as the server said, for the very product, unit and quantity of the line. */
export interface Quote {
  readonly price: string | null
  readonly source: 'price-book' | 'vendor' | 'product' | 'none'
  /** Why this price, in a sentence. */
  readonly explanation: string
  readonly bookName: string | null
  readonly minQuantity: string | null
  /** Base units; null for what is never in stock. */
  readonly onHand: string | null
  readonly available: string | null
  readonly incoming: string | null
  readonly short: string
  /** When all of it could be promised; null: never, as things are. */
  readonly availableOn: string | null
  /** Null: never, or no party is chosen. */
  readonly lastPrice: LastPrice | null
}

/** The cells a person can fill. */
export type Field =
  | 'product'
  | 'description'
  | 'quantity'
  | 'unit'
  | 'price'
  | 'discount'
  | 'taxes'
  | 'counted'
  | 'change'
  | 'unitCost'
  | 'reason'
  | 'disposition'
  | 'replace'
  | 'lots'

/** A line under work. Decimals are plain text; '' is nothing. What could not be read stands as it was typed. */
export interface Line extends LotsInput {
  /** Of this page only. */
  readonly key: string
  /** The server's; null for a new one. */
  readonly id: string | null
  readonly product: LineProduct | null
  /** A code that is being looked up, or that nothing has. */
  readonly code: string
  readonly description: string
  readonly quantity: string
  readonly unit: string
  readonly price: string
  /** Set by hand, or kept from when the document was made: nothing overwrites it (S19). */
  readonly priceByHand: boolean
  readonly discount: string
  /** Null: those of the product. */
  readonly taxIds: readonly string[] | null
  readonly counted: string
  readonly change: string
  readonly unitCost: string
  readonly reason: string
  /** Where what came back goes to. */
  readonly disposition: string
  /** 'yes': what came back is to be delivered again. */
  readonly replace: string
  readonly quote: Quote | null
  readonly quoteState: 'none' | 'waiting' | 'there' | 'failed'
  /** What the server keeps of the line and the grid does not show; sent back as it came. */
  readonly kept: Readonly<Record<string, unknown>>
  readonly faults: Readonly<Partial<Record<Field, string>>>
}

let made = 0

export function newLine(fields: Partial<Line> = {}): Line {
  made += 1
  return {
    key: `l${made}`,
    id: null,
    product: null,
    code: '',
    description: '',
    quantity: '',
    unit: '',
    price: '',
    priceByHand: false,
    discount: '',
    taxIds: null,
    counted: '',
    change: '',
    unitCost: '',
    reason: '',
    disposition: 'restock',
    replace: '',
    lots: [],
    serials: '',
    quote: null,
    quoteState: 'none',
    kept: {},
    faults: {},
    ...fields,
  }
}

/** Nothing was entered: not sent, and Enter leaves the grid. */
export function isEmpty(line: Line): boolean {
  return (
    line.product === null &&
    line.code === '' &&
    line.description === '' &&
    line.quantity === '' &&
    line.price === '' &&
    line.counted === '' &&
    line.change === ''
  )
}

export function lineProduct(product: OneOf<'products'>): LineProduct {
  return {
    id: product.id,
    sku: product.sku,
    name: product.name,
    stocked: product.type === 'stocked',
    tracking: product.tracking as Tracking,
    units: [
      { unit: product.unit, numerator: 1, denominator: 1 },
      ...product.units.map(({ unit, numerator, denominator }) => ({ unit, numerator, denominator })),
    ],
    taxIds: product.taxIds,
    purchaseTaxIds: product.purchaseTaxIds,
    vendorCodes: Object.fromEntries(
      product.vendors.flatMap(({ partyId, code }) => (code === null ? [] : [[partyId, code]])),
    ),
  }
}

export interface TaxInfo {
  readonly id: string
  readonly name: string
  readonly rate: string
  readonly category: string
}

export function taxIdsOf(line: Line, side: 'sales' | 'purchase'): readonly string[] {
  if (line.taxIds !== null) return line.taxIds
  if (line.product === null) return []
  return side === 'sales' ? line.product.taxIds : line.product.purchaseTaxIds
}

const figure = (text: string) => decimal(isDecimal(text) ? text : '0')

/** What the shared totals function takes of a line. */
export function totalsLine(
  line: Line,
  side: 'sales' | 'purchase',
  taxes: ReadonlyMap<string, TaxInfo>,
): TotalsLine {
  return {
    quantity: figure(line.quantity),
    unitPrice: figure(line.price),
    discountPercent: figure(line.discount),
    taxes: taxIdsOf(line, side).flatMap((id) => {
      const tax = taxes.get(id)
      return tax === undefined ? [] : [{ ...tax, rate: decimal(tax.rate) }]
    }),
  }
}
