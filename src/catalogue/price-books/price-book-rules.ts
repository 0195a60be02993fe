import { decimal, zero } from '../../kernel/decimal.ts'
import { tidy, tidyOptional } from '../../kernel/guards.ts'
import { ruleBroken } from '../../kernel/problem.ts'
import type { Product } from '../products/find-products.ts'
import { unitOf } from '../units.ts'
import type { PriceBookEntry } from './price-book-row.ts'
import type { PriceBookInput } from './schema.ts'

/** The head of a price book, complete and in order. */
export function completePriceBook(input: Omit<PriceBookInput, 'entries'>) {
  const { validFrom = null, validTo = null } = input
  if (validFrom !== null && validTo !== null && validTo < validFrom) {
    throw ruleBroken('ends-before-start', '/validTo', `The book would end before it starts (${validFrom}).`)
  }
  return {
    name: tidy(input.name, '/name'),
    currency: input.currency,
    side: input.side ?? ('sales' as const),
    validFrom,
    validTo,
    pricesIncludeTax: input.pricesIncludeTax ?? false,
    partyIds: input.partyIds ?? [],
    priceGroups: [...new Set((input.priceGroups ?? []).map((group, i) => tidy(group, `/priceGroups/${i}`)))],
    priority: input.priority ?? 0,
    notes: tidyOptional(input.notes),
  }
}
export type PriceBookHead = ReturnType<typeof completePriceBook>

/** Entries with their units and quantity breaks filled in; refuses what cannot be told apart. */
export function completeEntries(
  entries: NonNullable<PriceBookInput['entries']>,
  products: ReadonlyMap<string, Product>,
): PriceBookEntry[] {
  const seen = new Map<string, number>()
  return entries.map((given, i) => {
    const here = `/entries/${i}`
    const product = products.get(given.productId)
    if (!product) throw ruleBroken('unknown-product', `${here}/productId`, 'This product does not exist.')
    const entry = {
      productId: given.productId,
      unit: unitOf(product, given.unit ?? null, `${here}/unit`).unit,
      minQuantity: given.minQuantity ?? '0',
      price: given.price,
      margin: given.margin ?? '0',
    }
    if (decimal(entry.price).plus(decimal(entry.margin)).lt(zero)) {
      throw ruleBroken('negative-price', `${here}/margin`, 'Price and margin together are below 0.')
    }
    const key = entryKey(entry)
    const first = seen.get(key)
    if (first !== undefined) {
      throw ruleBroken(
        'entry-twice',
        here,
        `Entry ${first} has a price of ${product.sku} per ${entry.unit} from ${entry.minQuantity} already. Keep one.`,
      )
    }
    seen.set(key, i)
    return entry
  })
}

/** What tells entries apart, as the primary key does: 5 and 5.00 are one break. */
export function entryKey(entry: PriceBookEntry): string {
  return JSON.stringify([entry.productId, entry.unit, decimal(entry.minQuantity).toFixed()])
}

/** Which entries go and which come; one whose price changed does both. */
export function compareEntries(before: readonly PriceBookEntry[], after: readonly PriceBookEntry[]) {
  const content = (entry: PriceBookEntry) => JSON.stringify([entryKey(entry), entry.price, entry.margin])
  const was = new Set(before.map(content))
  const is = new Set(after.map(content))
  return {
    gone: before.filter((entry) => !is.has(content(entry))),
    come: after.filter((entry) => !was.has(content(entry))),
  }
}
