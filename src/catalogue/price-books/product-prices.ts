import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

const selectPrices = statement(
  'product_prices',
  {
    priceBookId: 'uuid',
    name: 'text',
    side: 'text',
    currency: 'text',
    pricesIncludeTax: 'bool',
    validFrom: 'date?',
    validTo: 'date?',
    everybody: 'bool',
    unit: 'text',
    minQuantity: 'numeric',
    price: 'numeric',
    margin: 'numeric',
  },
  (p: { companyId: string; productId: string }) => sql`
    select b.id as price_book_id, b.name, b.side, b.currency, b.prices_include_tax, b.valid_from, b.valid_to,
      cardinality(b.party_ids) = 0 and cardinality(b.price_groups) = 0 as everybody, e.unit,
      e.minimum_quantity as min_quantity, e.price, e.margin
    from price_book_entries e
    join price_books b on b.company_id = e.company_id and b.id = e.price_book_id and not b.archived
    where e.company_id = ${p.companyId} and e.product_id = ${p.productId}
    order by b.side desc, b.name, b.id, e.unit, e.minimum_quantity limit 1000`,
)

/** What one product costs in each price book that is not archived, up to 1,000 entries. */
export async function productPrices(tx: Transaction, companyId: string, productId: string) {
  return { items: await tx.all(selectPrices, { companyId, productId }) }
}
