import { notFound } from '../../kernel/problem.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { type ProductRow, loadProductRow } from './product-row.ts'

/** @throws 404 */
export async function loadProduct(tx: Transaction, companyId: string, id: string): Promise<ProductRow> {
  const product = await tx.maybe(loadProductRow, { companyId, id })
  if (product === null) throw notFound('product')
  return product
}
