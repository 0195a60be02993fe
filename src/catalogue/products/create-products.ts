import { recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { newId } from '../../kernel/ids.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { resolveReferences } from './product-references.ts'
import { completeProduct } from './product-rules.ts'
import type { ProductInput } from './schema.ts'
import { writeNewProducts } from './write-products.ts'

/**
 * Makes any number of products with one read and one burst of writes.
 * @param at the JSON pointer of each product in the request.
 * @returns their ids, in order.
 * @throws 422 when one breaks a rule; then none is made.
 */
export async function createProducts(
  tx: Transaction,
  ctx: Context,
  inputs: readonly ProductInput[],
  at: (index: number) => string = (index) => `/${index}`,
): Promise<string[]> {
  const completed = inputs.map((input, i) => completeProduct(input, at(i)))
  const resolved = await resolveReferences(tx, ctx, completed, at)
  const products = resolved.map((fields) => ({ id: newId(), fields }))
  writeNewProducts(tx, ctx, products)
  recordEvents(
    tx,
    ctx,
    products.map(({ id, fields }) => ({
      type: 'product.created',
      objectKind: 'product',
      objectId: id,
      after: fields,
    })),
  )
  return products.map((product) => product.id)
}
