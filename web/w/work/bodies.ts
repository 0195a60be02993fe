import type { Product } from '../data/types.ts'
import { type Entry, groups, totalOf } from './entries.ts'

/** What is sent to the server, made from entries. Quantities are in base units, so that none has to be divided. */

type Products = ReadonlyMap<string, Product>

function tracked(product: Product | undefined, entries: readonly Entry[]): object {
  if (product === undefined || product.tracking === 'none') return {}
  if (product.tracking === 'serial') return { serials: entries.map(({ serial }) => serial) }
  const byLot = Map.groupBy(entries, ({ lot }) => lot)
  return {
    lots: [...byLot].map(([number, same]) => ({
      number,
      ...(same[0]!.expiresOn !== null && { expiresOn: same[0]!.expiresOn }),
      quantity: totalOf(same).toFixed(),
    })),
  }
}

function unitOf(products: Products, productId: string): object {
  const product = products.get(productId)
  return product === undefined ? {} : { unit: product.unit }
}

/** Accepted and rejected goods of an order. */
export function receiptBody(entries: readonly Entry[], products: Products): object {
  const lines = mergedGroups(entries.filter(({ extra }) => !extra)).map((group) => {
    const { lineId, productId, placeId, rejected } = group[0]!
    const total = totalOf(group).toFixed()
    return {
      sourceLineId: lineId,
      ...unitOf(products, productId),
      ...(rejected === null
        ? { quantity: total, locationId: placeId }
        : { rejectedQuantity: total, reason: rejected }),
      ...tracked(products.get(productId), group),
    }
  })
  return { post: true, lines }
}

/** Goods that came beside an order: a receipt of their own; null when there are none. */
export function extraBody(
  entries: readonly Entry[],
  products: Products,
  head: { readonly partyId: string; readonly warehouseId: string; readonly reference: string },
): object | null {
  const lines = mergedGroups(entries.filter(({ extra }) => extra)).map((group) => {
    const { productId, placeId } = group[0]!
    return {
      productId,
      ...unitOf(products, productId),
      quantity: totalOf(group).toFixed(),
      locationId: placeId,
      ...tracked(products.get(productId), group),
    }
  })
  return lines.length === 0 ? null : { post: true, ...head, lines }
}

/** What was picked. */
export function deliveryBody(
  entries: readonly Entry[],
  products: Products,
  warehouseId: string,
  notes: string | null,
): object {
  const lines = mergedGroups(entries).map((group) => {
    const { lineId, productId, placeId } = group[0]!
    return {
      sourceLineId: lineId,
      warehouseId,
      ...unitOf(products, productId),
      quantity: totalOf(group).toFixed(),
      ...(placeId !== null && { locationId: placeId }),
      ...tracked(products.get(productId), group),
    }
  })
  return { post: true, ...(notes !== null && { notes }), lines }
}

/** What was counted, by product, place and lot. A serial number is a lot of one. */
function byLot(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  return groups(entries.map((entry) => (entry.serial === null ? entry : { ...entry, lot: entry.serial })))
}

/** A count: one line for each product, place and lot. */
export function countBody(
  entries: readonly Entry[],
  products: Products,
  head: { readonly warehouseId: string; readonly reason: string },
  post: boolean,
): object {
  const lines = byLot(entries).map((group) => {
    const { productId, placeId, lot, expiresOn } = group[0]!
    return {
      productId,
      ...unitOf(products, productId),
      countedQuantity: totalOf(group).toFixed(),
      locationId: placeId,
      ...(lot !== null && {
        lots: [{ number: lot, ...(expiresOn !== null && { expiresOn }), quantity: totalOf(group).toFixed() }],
      }),
    }
  })
  return { ...(post && { post: true }), ...head, lines }
}

/**
 * What was counted for a sheet: all that lies of each product and lot in a place, with the moment of the last scan, so
 * that what moves until it is sent is not taken for a difference.
 */
export function sheetBody(entries: readonly Entry[], products: Products): object {
  const lines = byLot(entries).map((group) => {
    const { productId, placeId, lot, expiresOn } = group[0]!
    return {
      productId,
      ...unitOf(products, productId),
      ...(placeId !== null && { locationId: placeId }),
      ...(lot !== null && { lotNumber: lot, ...(expiresOn !== null && { expiresOn }) }),
      counted: totalOf(group).toFixed(),
      countedAt: new Date(Math.max(...group.map(({ at }) => at))).toISOString(),
    }
  })
  return { lines }
}

/** Goods from one place to another, in one step. */
export function transferBody(
  entries: readonly Entry[],
  products: Products,
  route: {
    readonly warehouseId: string
    readonly toWarehouseId: string
    readonly toLocationId: string | null
  },
): object {
  const { warehouseId, toWarehouseId, toLocationId } = route
  const lines = mergedGroups(entries).map((group) => {
    const { productId, placeId } = group[0]!
    return {
      productId,
      ...unitOf(products, productId),
      quantity: totalOf(group).toFixed(),
      locationId: placeId,
      ...(toLocationId !== null && { toLocationId }),
      ...tracked(products.get(productId), group),
    }
  })
  return { post: true, warehouseId, toWarehouseId, lines }
}

/** One line for several lots of the same goods at the same place. */
function mergedGroups(entries: readonly Entry[]): Entry[][] {
  return [
    ...Map.groupBy(entries, ({ productId, lineId, placeId, rejected }) =>
      JSON.stringify([productId, lineId, placeId, rejected]),
    ).values(),
  ]
}
