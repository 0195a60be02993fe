import type { Context } from '../../kernel/context.ts'
import type { Decimal } from '../../kernel/decimal.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { call } from './operations.ts'
import type { Result } from './schema.ts'

/** As many products are ordered from a vendor at once, as the API takes. */
const most = 2000

interface Proposals {
  readonly items: readonly { productId: string; warehouseId: string; vendorId: string; quantity: Decimal }[]
  readonly nextCursor: string | null
}
interface Made {
  readonly orders: readonly { readonly id: string }[]
}

/** Makes draft purchase orders of everything that is proposed to be bought from a vendor at this moment. */
export async function orderProposals(tx: Transaction, ctx: Context, vendorId: string): Promise<Result> {
  const lines: object[] = []
  let cursor = ''
  do {
    const address = `/purchase-proposals?vendorId=${vendorId}&limit=200${cursor}`
    const { items, nextCursor } = (await call(tx, ctx, 'GET', address)) as Proposals
    for (const { productId, warehouseId, quantity } of items)
      lines.push({
        productId,
        warehouseId,
        vendorId,
        quantity: quantity.toFixed(),
        proposed: quantity.toFixed(),
      })
    cursor = nextCursor === null ? '' : `&cursor=${nextCursor}`
  } while (cursor !== '' && lines.length + 200 <= most)
  const action = 'order-proposals'
  if (lines.length === 0)
    return { do: action, done: false, text: 'Nothing is proposed any more: it was ordered meanwhile.' }
  const { orders } = (await call(tx, ctx, 'POST', '/purchase-proposals/order', { lines })) as Made
  const count = orders.length === 1 ? 'a draft purchase order' : `${orders.length} draft purchase orders`
  const products = lines.length === 1 ? '1 product' : `${lines.length} products`
  return {
    do: action,
    done: true,
    text: `Made ${count} of ${products}.`,
    kind: 'purchase-order',
    id: orders[0]!.id,
    number: null,
  }
}
