import type { Permission } from '../../../src/permissions.ts'

/** What can be imported into a list of the API, and what that needs besides `imports:write`. */
const imports: Readonly<Record<string, readonly [what: string, permission: Permission]>> = {
  products: ['products', 'products:write'],
  parties: ['parties', 'parties:write'],
  'price-books': ['price-books', 'price-books:write'],
  'exchange-rates': ['exchange-rates', 'exchange-rates:write'],
  'stock/levels': ['opening-stock', 'stock-adjustment:post'],
  'sales-orders': ['sales-orders', 'sales-order:post'],
  'purchase-orders': ['purchase-orders', 'purchase-order:post'],
  invoices: ['open-invoices', 'invoice:post'],
  bills: ['open-bills', 'bill:post'],
}

/** The page where files for a list are sent, below the company; null where one may not, or there is none. */
export function importHref(resource: string, may: (permission: Permission) => boolean): string | null {
  const found = imports[resource]
  return found !== undefined && may('imports:write') && may(found[1]) ? `/import?what=${found[0]}` : null
}
