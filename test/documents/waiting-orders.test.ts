import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { type Trade, openTrade } from '../support/trade.ts'

let trade: Trade
let productId: string
beforeAll(async () => {
  trade = await openTrade({ company: { backOrders: true } })
  productId = await trade.product()
})
afterAll(() => trade.close())

const waiting = async (limit = 50): Promise<string[]> => {
  const found: string[] = []
  for (let cursor = ''; ;) {
    const { items, nextCursor } = await trade.api<{
      items: readonly Answered[]
      nextCursor: string | null
    }>('GET', `/sales-orders?waiting=true&sort=allocation&limit=${limit}${cursor && `&cursor=${cursor}`}`)
    found.push(...items.map(({ reference }) => reference as unknown as string))
    if (nextCursor === null) return found
    cursor = nextCursor
  }
}

it('orders that wait stand in the order in which goods are given to them', async () => {
  const line = (more = {}) => ({ productId, quantity: '1', unitPrice: '10.00', ...more })
  const draft = (reference: string, head = {}, more = {}) =>
    trade.order([line(more)], { backOrders: true, orderDate: '2026-06-01', reference, ...head })
  const confirm = (order: Answered) => trade.act(`/sales-orders/${order.id}/confirm`)
  // Made first, confirmed last: what counts is how long it waits.
  const late = await draft('waits shortest')
  await confirm(await draft('waits longest'))
  await confirm(await draft('by its line', { expectedDate: '2026-12-01' }, { expectedDate: '2026-05-01' }))
  await confirm(await draft('urgent', { priority: 5, expectedDate: '2026-12-31' }))
  await confirm(await draft('later day', { expectedDate: '2026-07-01' }))
  await confirm(late)
  const order = ['urgent', 'by its line', 'waits longest', 'waits shortest', 'later day']
  expect(await waiting()).toEqual(order)
  const { items } = await trade.api('GET', '/sales-orders?waiting=true&sort=allocation')
  expect(items.map((item) => item['priority'])).toEqual([5, 0, 0, 0, 0])
  expect(await waiting(2)).toEqual(order)
  // And so it comes: each piece is given to the first of them.
  for (const [given] of order.entries()) {
    await trade.stock(productId, '1')
    expect(await waiting()).toEqual(order.slice(given + 1))
  }
})
