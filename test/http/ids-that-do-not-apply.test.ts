import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Trade, openTrade, part } from '../support/trade.ts'

let trade: Trade
beforeAll(async () => {
  trade = await openTrade()
})
afterAll(() => trade.close())

/** What is not kept is refused by name: whoever sent it believes that it counts. */
async function refused(path: string, body: object, pointer: string): Promise<void> {
  const problem = await trade.refused(path, body)
  expect([path, problem.status, problem.errors[0]?.pointer]).toEqual([path, 422, pointer])
}

it('an id that means nothing on a write is refused', async () => {
  const productId = await trade.product()
  const other = await trade.product()
  const south = await trade.warehouse('SOUTH')
  const { warehouseId } = trade
  await trade.stock(productId, '9')
  const order = await trade.sell([{ productId, quantity: '3', unitPrice: '5.00' }])
  const delivery = await trade.deliver(order.id)
  const sourceLineId = delivery.lines[0]!.id

  const found = { productId, quantityChange: '1', unitCost: '1.00', reason: 'found' }
  await refused(
    '/stock-adjustments',
    { warehouseId, lines: [{ ...found, sourceLineId }] },
    '/lines/0/sourceLineId',
  )
  await refused('/stock-adjustments', { warehouseId, toWarehouseId: south, lines: [found] }, '/toWarehouseId')
  const moved = { productId, quantity: '1' }
  const transfer = { warehouseId, toWarehouseId: south }
  await refused(
    '/stock-transfers',
    { ...transfer, lines: [{ ...moved, sourceLineId }] },
    '/lines/0/sourceLineId',
  )
  await refused(
    '/delivery-notes',
    { partyId: trade.customerId, toWarehouseId: south, lines: [moved] },
    '/toWarehouseId',
  )
  await refused(
    `/delivery-notes/${delivery.id}/sales-returns`,
    part(delivery, '1', { productId: other }),
    '/lines/0/productId',
  )
  // The same product once more is no contradiction.
  const back = await trade.act(
    `/delivery-notes/${delivery.id}/sales-returns`,
    part(delivery, '1', { productId }),
  )
  expect(back.lines[0]).toMatchObject({ productId, quantity: '1' })
})
