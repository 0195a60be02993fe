import { recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { refuseStale, refuseWhileUsed } from '../../kernel/guards.ts'
import { notFound } from '../../kernel/problem.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { lockProductRow } from './product-row.ts'
import { findProductUses } from './product-uses.ts'

const deleteRow = statement(
  'delete_product',
  {},
  (p: { companyId: string; id: string }) =>
    sql`delete from products where company_id = ${p.companyId} and id = ${p.id}`,
)

/** @throws 409 `in-use` when anything names the product (S32); archive it then. */
export async function deleteProduct(
  tx: Transaction,
  ctx: Context,
  id: string,
  ifMatch: number | null,
): Promise<void> {
  const key = { companyId: ctx.company.id, id }
  const [row, uses] = await Promise.all([tx.maybe(lockProductRow, key), tx.all(findProductUses, key)])
  if (row === null) throw notFound('product')
  refuseStale(row.version, ifMatch)
  refuseWhileUsed(
    'product',
    uses,
    `Archive it instead (POST /products/${id}/archive): it is no longer offered, and what uses it keeps it.`,
  )
  tx.write(deleteRow, key)
  recordEvents(tx, ctx, [{ type: 'product.deleted', objectKind: 'product', objectId: id, before: row }])
}
