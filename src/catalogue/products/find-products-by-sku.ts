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
