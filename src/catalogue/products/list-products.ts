import { type Archived, archivedIs } from '../../http/archived-filter.ts'
import { countRows } from '../../http/count.ts'
import { Keyset, type ListQuery, type Sort } from '../../kernel/keyset.ts'
import { type Search, searchBig } from '../../kernel/search.ts'
import { type Sql, dynamic, empty, sql } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { type ProductRow, productColumns, selectProduct } from './product-row.ts'

export interface ProductFilters {
  readonly q?: string | undefined
  readonly archived?: Archived
  readonly type?: string | undefined
  readonly tracking?: string | undefined
  readonly category?: string | undefined
  readonly sku?: string | undefined
  readonly barcode?: string | undefined
  readonly vendorId?: string | undefined
  readonly taxId?: string | undefined
}

const sorts: Record<string, Sort> = {
  name: { column: sql`p.name`, type: 'text', notNull: true },
  sku: { column: sql`p.sku`, type: 'text', notNull: true },
  category: { column: sql`p.category`, type: 'text' },
  salesPrice: { column: sql`p.sales_price`, type: 'numeric' },
  purchasePrice: { column: sql`p.purchase_price`, type: 'numeric' },
  createdAt: { column: sql`p.created_at`, type: 'timestamptz', notNull: true },
  id: { column: sql`p.id`, type: 'uuid', notNull: true },
}

/** One page of the products that the filters leave. */
export async function listProducts(
  tx: Transaction,
  companyId: string,
  query: ListQuery & ProductFilters,
): Promise<{
  items: Omit<ProductRow & { cursorKey: string | null }, 'cursorKey'>[]
  nextCursor: string | null
}> {
  const search = await searched(tx, companyId, query.q)
  const keyset = new Keyset(query, { ...sorts, ...search.sorts }, sql`p.id`, search.fallback ?? 'name')
  const rows = await tx.all(
    dynamic(
      { ...productColumns, cursorKey: 'text?' },
      sql`${selectProduct}, ${keyset.key} from products p
        where p.company_id = ${companyId} ${filtered(companyId, query)} ${search.filter} ${keyset.after}
        ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  return keyset.page(rows)
}

export async function countProducts(
  tx: Transaction,
  companyId: string,
  filters: ProductFilters,
): Promise<{ count: number; capped: boolean }> {
  const search = await searched(tx, companyId, filters.q)
  return countRows(
    tx,
    sql`from products p where p.company_id = ${companyId} ${filtered(companyId, filters)} ${search.filter}`,
  )
}

function searched(tx: Transaction, companyId: string, q: string | undefined): Promise<Search> {
  return searchBig(tx, 'products', companyId, q, { id: sql`p.id`, search: sql`p.search`, name: sql`p.name` })
}

function filtered(companyId: string, f: ProductFilters): Sql {
  return sql`
    ${archivedIs(sql`p.archived`, f.archived)}
    ${f.type === undefined ? empty : sql`and p.type = ${f.type}`}
    ${f.tracking === undefined ? empty : sql`and p.tracking = ${f.tracking}`}
    ${f.category === undefined ? empty : sql`and p.category = ${f.category}`}
    ${f.sku === undefined ? empty : sql`and p.sku = ${f.sku}`}
    ${f.barcode === undefined ? empty : withBarcode(companyId, f.barcode)}
    ${
      f.vendorId === undefined
        ? empty
        : sql`and p.id in (select v.product_id from product_vendors v
            where v.company_id = p.company_id and v.party_id = ${f.vendorId})`
    }
    ${f.taxId === undefined ? empty : sql`and ${f.taxId}::uuid = any(p.tax_ids || p.purchase_tax_ids)`}`
}

/** A scanner does not tell whether it read the piece or the box. */
function withBarcode(companyId: string, barcode: string): Sql {
  return sql`and p.id in (
    select b.id from products b where b.company_id = ${companyId} and b.barcode = ${barcode}
    union all
    select u.product_id from product_units u where u.company_id = ${companyId} and u.barcode = ${barcode})`
}
