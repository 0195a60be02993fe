import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Shop, openShop } from '../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

it('lists find orders of which something is left to deliver or to invoice', async () => {
  const productId = await shop.product()
  await shop.stock(productId, '10')
  const ids: string[] = []
  for (const quantity of ['1', '2', '3']) {
    const { id } = await shop.order([{ productId, quantity, unitPrice: '5' }])
    ids.push(id)
  }
  const [draft, part, delivered] = ids
  await shop.act(`/sales-orders/${part}/confirm`)
  await shop.act(`/sales-orders/${delivered}/confirm`)
  const { lines } = await shop.api('GET', `/sales-orders/${part}`)
  expect(lines[0]!.stocked).toBe(true)
  await shop.deliver(part!, { lines: [{ sourceLineId: lines[0]!.id, quantity: '1' }] })
  await shop.deliver(delivered!)
  const found = async (query: string) =>
    (await shop.api('GET', `/sales-orders?${query}`)).items.map(({ id }) => id)
  expect(await found('fulfilment=open')).toEqual([part])
  expect(await found('invoicing=open')).toEqual([delivered, part])
  expect(await found('state=draft')).toEqual([draft])
  expect(await shop.api('GET', '/sales-orders/count?fulfilment=open')).toEqual({ count: 1, capped: false })
})
