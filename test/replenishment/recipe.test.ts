import { afterAll, beforeAll, expect, it } from 'vitest'
import { lookForRules, runRules } from '../../src/automation/index.ts'
import { now, setClock } from '../../src/kernel/clock.ts'
import type { Answered } from '../support/api.ts'
import { type Shop, openShop } from '../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(async () => {
  setClock(null)
  await shop.close()
})

const look = async (): Promise<void> => {
  await lookForRules(shop.db)
  await runRules(shop.db)
}

it('a recipe makes draft purchase orders of what is low, one for each vendor, tells purchasing, and does it once', async () => {
  const buyer = await shop.sessionAs('purchasing')
  const slow = (await shop.api('POST', '/parties', { name: 'Slow Parts', roles: ['vendor'] })).id
  const minimum = async (vendorId: string | null, fields: object = {}) => {
    const productId = await shop.product({ purchasePrice: '2.00', ...fields })
    await shop.api('POST', '/reorder-levels', {
      productId,
      warehouseId: shop.warehouseId,
      vendorId,
      minimum: '5',
      maximum: '10',
      leadTimeDays: 1,
    })
    return productId
  }
  const [a, b, c] = [await minimum(shop.vendorId), await minimum(shop.vendorId), await minimum(slow)]
  await minimum(null)
  const told = async (): Promise<string[]> =>
    (await shop.api<{ items: { text: string }[] }>('GET', '/notices', undefined, { as: buyer })).items.map(
      ({ text }) => text,
    )
  const drafts = async (): Promise<unknown[][]> => {
    const { items } = await shop.api('GET', '/purchase-orders?sort=id')
    const orders = await Promise.all(
      items.map(({ id }): Promise<Answered> => shop.api('GET', `/purchase-orders/${id}`)),
    )
    return orders.map((order) => [
      order.state,
      order['partyId'],
      order.lines.map((line) => [line['productId'], line.quantity]),
    ])
  }
  await look()
  expect(await drafts()).toEqual([])
  await shop.api('PATCH', '/recipes/order-when-stock-is-low', { active: true })
  await look()
  const made = await drafts()
  expect(made).toHaveLength(2)
  expect(made).toContainEqual([
    'draft',
    shop.vendorId,
    [
      [a, '10'],
      [b, '10'],
    ],
  ])
  expect(made).toContainEqual(['draft', slow, [[c, '10']]])
  expect((await told()).toSorted()).toEqual([
    'Low stock: a draft purchase order to Bright Components, 40 USD. Check and confirm it.',
    'Low stock: a draft purchase order to Slow Parts, 20 USD. Check and confirm it.',
  ])
  const { items: runs } = await shop.api<{ items: { rule: string; results: { text: string }[] }[] }>(
    'GET',
    '/rule-runs?state=done&sort=createdAt',
  )
  expect(
    runs
      .flatMap(({ results }) => results.map(({ text }) => text))
      .filter((text) => text.startsWith('Made'))
      .toSorted(),
  ).toEqual(['Made a draft purchase order of 1 product.', 'Made a draft purchase order of 2 products.'])
  // Neither at once nor the day after: the drafts count. What a person throws away is low again, and drafted once more.
  await look()
  setClock(new Date(now().getTime() + 86_400_000))
  await look()
  expect(await drafts()).toHaveLength(2)
  const { items } = await shop.api('GET', '/purchase-orders?sort=id')
  await shop.api('DELETE', `/purchase-orders/${items[0]!.id}`)
  setClock(new Date(now().getTime() + 86_400_000))
  await look()
  await look()
  expect(await drafts()).toHaveLength(2)
  expect(await told()).toHaveLength(3)
})
