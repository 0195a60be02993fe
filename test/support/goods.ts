import type { Answered } from './api.ts'
import { money } from './figures.ts'
import type { Trade } from './trade.ts'

/** Goods that come and go without an order, and what the stock is worth then. */

/** Receives goods of the vendor, each at this cost in company currency. */
export async function receiveAt(
  trade: Trade,
  productId: string,
  quantity: string,
  unitCost: string,
  head: object = {},
): Promise<Answered> {
  const lines = [{ productId, quantity, unitCost }]
  const draft = await trade.api('POST', '/receipt-notes', { partyId: trade.vendorId, ...head, lines })
  return trade.act(`/receipt-notes/${draft.id}/post`)
}

/** Delivers goods to the customer. */
export async function issue(
  trade: Trade,
  productId: string,
  quantity: string,
  head: object = {},
): Promise<Answered> {
  const lines = [{ productId, quantity }]
  const draft = await trade.api('POST', '/delivery-notes', { partyId: trade.customerId, ...head, lines })
  return trade.act(`/delivery-notes/${draft.id}/post`)
}

/** '10 / 104.00': what is on hand and its value, as the scenarios write it. */
export async function pool(trade: Trade, productId: string, warehouseId?: string): Promise<string> {
  const { onHand, value } = await trade.level(productId, warehouseId)
  return `${onHand} / ${money(value)}`
}

/** What the goods of a posted document are worth now, corrections included. */
export async function cost(trade: Trade, path: string, document: { readonly id: string }): Promise<string> {
  return money((await trade.again(path, document))['value'])
}
