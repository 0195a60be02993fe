import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Trade, openTrade } from '../support/trade.ts'

let trade: Trade
let line: object
beforeAll(async () => {
  trade = await openTrade()
  line = { productId: await trade.product({ type: 'service' }), quantity: '1', unitPrice: '10.00' }
})
afterAll(() => trade.close())

const row = async (id: string, more = {}) =>
  (await trade.api('GET', '/parties?limit=200', undefined, more)).items.find((party) => party.id === id)

it('the list of parties tells when each ordered last, and when was ordered of it', async () => {
  expect(await row(trade.customerId)).toMatchObject({ lastSalesOrderDate: null, lastPurchaseOrderDate: null })
  await trade.sell([line], { orderDate: '2026-03-01' })
  await trade.sell([line], { orderDate: '2026-01-01' })
  await trade.order([line], { orderDate: '2026-04-01' })
  const off = await trade.sell([line], { orderDate: '2026-05-01' })
  await trade.act(`/sales-orders/${off.id}/cancel`)
  await trade.buy([line], { orderDate: '2026-02-01' })
  expect(await row(trade.customerId)).toMatchObject({
    lastSalesOrderDate: '2026-03-01',
    lastPurchaseOrderDate: null,
  })
  expect(await row(trade.vendorId)).toMatchObject({
    lastSalesOrderDate: null,
    lastPurchaseOrderDate: '2026-02-01',
  })
})

it('and not to whoever may not read such orders', async () => {
  const { key } = await trade.api('POST', '/api-keys', {
    name: 'Part',
    role: 'owner',
    permissions: ['parties:read', 'purchase-order:read'],
  })
  const as = { ...trade.owner, headers: { authorization: `Bearer ${String(key)}` } }
  expect(await row(trade.customerId, { as })).toMatchObject({ lastSalesOrderDate: null })
  expect(await row(trade.vendorId, { as })).toMatchObject({ lastPurchaseOrderDate: '2026-02-01' })
})
