import { ruleBroken } from '../../kernel/problem.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

interface Asked {
  readonly companyId: string
  readonly productId: string | null
  readonly priceBookId: string | null
}

/** A book has no more entries. */
const most = 10_000

const selectPrices = statement(
  'list_prices',
  {
    productId: 'uuid',
    sku: 'text',
    productName: 'text',
    units: 'text[]',
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
  (p: Asked) => sql`
    select e.product_id, p.sku, p.name as product_name,
      p.unit || array(select u.unit from product_units u where u.company_id = p.company_id and u.product_id = p.id order by u.unit) as units,
      b.id as price_book_id, b.name, b.side, b.currency, b.prices_include_tax, b.valid_from, b.valid_to,
      cardinality(b.party_ids) = 0 and cardinality(b.price_groups) = 0 as everybody, e.unit,
      e.minimum_quantity as min_quantity, e.price, e.margin
    from price_book_entries e
    join price_books b on b.company_id = e.company_id and b.id = e.price_book_id
    join products p on p.company_id = e.company_id and p.id = e.product_id
    where e.company_id = ${p.companyId}
      and (${p.productId}::uuid is null or e.product_id = ${p.productId}::uuid)
      and (e.price_book_id = ${p.priceBookId}::uuid or ${p.priceBookId}::uuid is null and not b.archived)
    order by b.side desc, b.name, b.id, p.sku, e.unit, e.minimum_quantity limit ${most}`,
)

/**
 * What one product costs in each price book that is not archived, or the prices of one book.
 * @throws 422 when neither is named
 */
export async function listPrices(
  tx: Transaction,
  companyId: string,
  query: { readonly productId?: string | undefined; readonly priceBookId?: string | undefined },
) {
  const { productId = null, priceBookId = null } = query
  if (productId === null && priceBookId === null) {
    throw ruleBroken(
      'nothing-asked',
      'productId',
      'Name a product (productId) or a price book (priceBookId).',
    )
  }
  return { items: await tx.all(selectPrices, { companyId, productId, priceBookId }) }
}
