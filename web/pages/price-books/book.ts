import type { Static } from 'typebox'
import type { PricesOut } from '../../../src/catalogue/price-books/schema.ts'
import { type Decimal, decimal, hundred, one, round } from '../../../src/kernel/decimal.ts'
import { type Json, type OneOf, api, dataKey } from '../../api/index.ts'

export type Book = OneOf<'price-books'>
export type Price = Json<Static<typeof PricesOut>>['items'][number]

export const pricesQuery = (priceBookId: string) => ({
  queryKey: dataKey('price-books', 'prices-of', priceBookId),
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    api.get<{ items: readonly Price[] }>('/price-books/prices', { priceBookId }, { signal }),
})

/** One cell of the grid: the price of a product in a unit from a quantity on. */
export interface CellValues {
  readonly price: string
  readonly margin: string
}
/** One row of the grid: a product in a unit. */
export interface RowValues {
  readonly productId: string
  readonly sku: string
  readonly name: string
  readonly unit: string
  readonly units: readonly string[]
  /** By quantity break; a break that is missing has no price of its own. */
  readonly prices: Readonly<Record<string, CellValues>>
}

/** The grid of a book: rows by code and unit, and the quantity breaks in their order. */
export function gridOf(prices: readonly Price[]): { breaks: string[]; rows: RowValues[] } {
  const breaks = [...new Set(['0', ...prices.map((price) => decimal(price.minQuantity).toFixed())])]
  const rows = new Map<string, RowValues>()
  for (const price of prices) {
    const key = `${price.productId} ${price.unit}`
    const known = rows.get(key) ?? {
      productId: price.productId,
      sku: price.sku,
      name: price.productName,
      unit: price.unit,
      units: price.units,
      prices: {},
    }
    const cell = { price: price.price, margin: price.margin }
    rows.set(key, { ...known, prices: { ...known.prices, [decimal(price.minQuantity).toFixed()]: cell } })
  }
  return { breaks: sortedBreaks(breaks), rows: [...rows.values()] }
}

export function sortedBreaks(breaks: readonly string[]): string[] {
  return breaks.toSorted((a, b) => decimal(a).cmp(decimal(b)))
}

export interface Entry {
  readonly productId: string
  readonly unit: string
  readonly minQuantity: string
  readonly price: string
  readonly margin: string
}

/** What the grid says, as the API takes it. */
export function entriesOf(rows: readonly RowValues[]): Entry[] {
  return rows.flatMap(({ productId, unit, prices }) =>
    Object.entries(prices)
      .filter(([, cell]) => cell.price.trim() !== '')
      .map(([minQuantity, { price, margin }]) => ({
        productId,
        unit,
        minQuantity,
        price,
        margin: margin === '' ? '0' : margin,
      })),
  )
}

/** How a price is rounded after a mass change. */
export type Rounding = 'minor' | 'ten' | 'whole' | 'ninety-nine'

/**
 * A price that is changed by so many per cent and rounded; never below zero. '.99' takes the next price that
 * ends so from above, so that a change upwards never makes it cheaper.
 */
export function changedPrice(price: string, percent: string, rounding: Rounding, digits: number): string {
  const exact = decimal(price).times(one.plus(decimal(percent).div(hundred)))
  const rounded = roundedPrice(exact, rounding, digits)
  return (rounded.lt('0') ? decimal('0') : rounded).toFixed()
}

function roundedPrice(exact: Decimal, rounding: Rounding, digits: number): Decimal {
  switch (rounding) {
    case 'minor':
      return round(exact, digits)
    case 'ten':
      return round(exact, 1)
    case 'whole':
      return round(exact, 0)
    case 'ninety-nine': {
      const cent = decimal('0.01')
      const next = round(exact.plus(cent), 0)
      const whole = next.lt(exact.plus(cent)) ? next.plus(one) : next
      return whole.minus(cent)
    }
  }
}
