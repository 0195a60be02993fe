import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Shop, openShop } from '../support/shop.ts'

describe('negative stock of a warehouse', () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await openShop()
  })
  afterAll(() => shop.close())

  const change = (warehouseId: string, allowNegative: boolean, expect = 200) =>
    shop.api('PATCH', `/warehouses/${warehouseId}`, { allowNegative }, { expect })

  it('is allowed and refused as the warehouse says, also for what was in stock before', async () => {
    const warehouseId = await shop.warehouse('LOOSE')
    const productId = await shop.product({ sku: 'MUG' })
    await shop.stock(productId, '1', {}, { warehouseId })
    const sell = async (quantity: string) => {
      const order = await shop.order([{ productId, quantity, unitPrice: '1' }], { warehouseId })
      return shop.send('POST', `/sales-orders/${order.id}/confirm`)
    }
    expect((await sell('3')).status).toBe(409)
    await change(warehouseId, true)
    const sold = await sell('3')
    expect(sold.status).toBe(200)
    await shop.deliver(sold.json.id)
    expect((await shop.level(productId, warehouseId)).onHand).toBe('-2')

    const refused = await change(warehouseId, false, 409)
    expect(refused).toMatchObject({ code: 'negative-stock', sku: 'MUG', quantity: '-2' })
    expect(refused.detail).toContain('MUG stands at -2 pcs')
    expect(await shop.api('GET', `/warehouses/${warehouseId}`)).toMatchObject({ allowNegative: true })

    await shop.stock(productId, '2', {}, { warehouseId })
    await change(warehouseId, false)
    expect((await sell('1')).status).toBe(409)
  })

  it('is not left on while more is held than is there', async () => {
    const warehouseId = await shop.warehouse('HELD', { allowNegative: true })
    const productId = await shop.product()
    await shop.stock(productId, '5', {}, { warehouseId })
    const line = [{ productId, quantity: '4', unitPrice: '1' }]
    for (const post of [false, true]) {
      const order = await shop.order(line, { warehouseId })
      await shop.act(`/sales-orders/${order.id}/confirm`)
      if (post) await shop.deliver(order.id)
    }
    const refused = await change(warehouseId, false, 409)
    expect(refused.detail).toContain('4 pcs of')
    expect(refused.detail).toContain('only 1 are on hand')
  })
})
