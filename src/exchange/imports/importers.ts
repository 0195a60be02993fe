import { notFound } from '../../kernel/problem.ts'
import type { Importer } from './importer.ts'
import { contactImporter } from './contacts.ts'
import { exchangeRateImporter } from './exchange-rates.ts'
import { openBillImporter, openInvoiceImporter } from './open-invoices.ts'
import { openingStockImporter } from './opening-stock.ts'
import { purchaseOrderImporter, salesOrderImporter } from './orders.ts'
import { partyImporter } from './parties.ts'
import { priceBookImporter } from './price-books.ts'
import { productImporter } from './products.ts'

/** Everything that can be imported, in the order in which a new company needs it. */
export const importers: readonly Importer[] = [
  exchangeRateImporter,
  partyImporter,
  contactImporter,
  productImporter,
  priceBookImporter,
  openingStockImporter,
  salesOrderImporter,
  purchaseOrderImporter,
  openInvoiceImporter,
  openBillImporter,
]

/** @throws 404 */
export function importerOf(what: string): Importer {
  const found = importers.find((each) => each.what === what)
  if (found === undefined)
    throw notFound(`kind of import (there are: ${importers.map((each) => each.what).join(', ')})`)
  return found
}
