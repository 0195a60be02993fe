import { notFound } from '../../kernel/problem.ts'
import type { Importer } from './importer.ts'
import { exchangeRateImporter } from './exchange-rates.ts'
import { openingStockImporter } from './opening-stock.ts'
import { partyImporter } from './parties.ts'
import { productImporter } from './products.ts'

/** Everything that can be imported, in the order in which a new company needs it. */
export const importers: readonly Importer[] = [
  partyImporter,
  productImporter,
  openingStockImporter,
  exchangeRateImporter,
]

/** @throws 404 */
export function importerOf(what: string): Importer {
  const found = importers.find((each) => each.what === what)
  if (found === undefined)
    throw notFound(`kind of import (there are: ${importers.map((each) => each.what).join(', ')})`)
  return found
}
