import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { type ProductRow, productColumns, selectProduct } from './product-row.ts'

const findRows = statement(
  'find_products_by_sku',
  productColumns,
  (p: { companyId: string; skus: readonly string[] }) => sql`
    ${selectProduct} from products p where p.company_id = ${p.companyId} and p.sku = any(${p.skus}::text[])`,
)

/** Whole products by sku, archived ones too. A sku that nothing has is missing in the answer. */
export async function findProductsBySku(
  tx: Transaction,
  companyId: string,
  skus: readonly string[],
): Promise<Map<string, ProductRow>> {
  const rows = await tx.all(findRows, { companyId, skus: skus.map((sku) => sku.normalize('NFC')) })
  return new Map(rows.map((product) => [product.sku, product]))
}

const findNamed = statement(
  'find_products_by_name',
  productColumns,
  (p: { companyId: string; names: readonly string[] }) => sql`
    ${selectProduct} from products p
    where p.company_id = ${p.companyId} and p.name = any(${p.names}::text[]) and not p.archived`,
)

/** Whole products by name, without archived ones: a name may be that of several, or of none. */
export async function findProductsByName(
  tx: Transaction,
  companyId: string,
  names: readonly string[],
): Promise<ProductRow[]> {
  return tx.all(findNamed, { companyId, names })
}

const findNext = statement(
  'find_products_after_sku',
  productColumns,
  (p: { companyId: string; sku: string; limit: number }) => sql`
    ${selectProduct} from products p
    where p.company_id = ${p.companyId} and p.sku > ${p.sku} and not p.archived order by p.sku limit ${p.limit}`,
)

/** The next whole products behind a sku ('' for the first), without archived ones: to go through all of them. */
export async function findProductsAfterSku(
  tx: Transaction,
  companyId: string,
  sku: string,
  limit: number,
): Promise<ProductRow[]> {
  return tx.all(findNext, { companyId, sku, limit })
}
