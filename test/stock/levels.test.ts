import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Shop, openShop } from '../support/shop.ts'

describe('stock levels', () => {
  let shop: Shop
  let second: string
  beforeAll(async () => {
    shop = await openShop({ company: { backOrders: true } })
    second = await shop.warehouse('SECOND')
  })
  afterAll(() => shop.close())

  it('tell on hand, reserved, available, incoming, outgoing and forecast apart', async () => {
    const productId = await shop.product()
    await shop.stock(productId, '10', { unitCost: '4.00' })
    const sale = await shop.order([{ productId, quantity: '12', unitPrice: '9.00' }])
    await shop.act(`/sales-orders/${sale.id}/confirm`)
    const purchase = await shop.api('POST', '/purchase-orders', {
      partyId: shop.vendorId,
      lines: [{ productId, quantity: '5', unitPrice: '4.00' }],
    })
    await shop.act(`/purchase-orders/${purchase.id}/confirm`)
    expect(await shop.level(productId)).toMatchObject({
      onHand: '10',
      reserved: '10',
      available: '0',
      incoming: '5',
      outgoing: '12',
      forecast: '3',
      quarantined: '0',
      value: '40',
      averageCost: '4',
    })
  })

  it('show the average cost with six decimals and none where nothing is', async () => {
    const productId = await shop.product()
    await shop.stock(productId, '3', { unitCost: '0' })
    expect((await shop.level(productId)).averageCost).toBe('0')
    await shop.stock(productId, '-3')
    expect((await shop.level(productId)).averageCost).toBeNull()
    await shop.stock(productId, '3', { unitCost: '3.34' })
    await shop.stock(productId, '4', { unitCost: '1' })
    expect(await shop.figures(productId, ['value', 'averageCost'])).toEqual(['14.02', '2.002857'])
  })

  it('are listed by product and warehouse, page by page, none twice', async () => {
    const products = await Promise.all(['A', 'B', 'C'].map((sku) => shop.product({ sku: `PAGE-${sku}` })))
    for (const productId of products) {
      await shop.stock(productId, '1')
      await shop.stock(productId, '2', {}, { warehouseId: second })
    }
    const list = async (more: string) => {
      const found: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const page: { items: { sku: string; onHand: string }[]; nextCursor: string | null } = await shop.api(
          'GET',
          `/stock/levels?q=page&limit=2${more}${cursor === '' ? '' : `&cursor=${cursor}`}`,
        )
        found.push(...page.items.map((item) => `${item.sku} ${item.onHand}`))
        cursor = page.nextCursor
      }
      return found
    }
    const all = ['PAGE-A 1', 'PAGE-A 2', 'PAGE-B 1', 'PAGE-B 2', 'PAGE-C 1', 'PAGE-C 2']
    expect((await list('&sort=sku')).toSorted()).toEqual(all)
    expect(await list('&sort=-sku')).toEqual((await list('&sort=sku')).toReversed())
    expect((await list('')).toSorted()).toEqual(all)
    expect(await list('&sort=name')).toEqual(await list('&sort=sku'))
    const byQuantity = await list('&sort=-onHand')
    expect(byQuantity.map((row) => row.at(-1))).toEqual(['2', '2', '2', '1', '1', '1'])
    expect((await list(`&warehouseId=${second}`)).toSorted()).toEqual(['PAGE-A 2', 'PAGE-B 2', 'PAGE-C 2'])
    expect(await shop.api('GET', '/stock/levels/count?q=page')).toEqual({ count: 6, capped: false })
  })

  it('refuse a cursor of another list and an unknown sort', async () => {
    const { nextCursor } = await shop.api('GET', '/stock/levels?limit=1&sort=sku')
    await shop.api('GET', `/stock/levels?sort=-sku&cursor=${nextCursor}`, undefined, { expect: 400 })
    await shop.api('GET', '/stock/levels?cursor=nonsense', undefined, { expect: 400 })
    await shop.api('GET', '/stock/levels?sort=colour', undefined, { expect: 400 })
  })

  it('are filtered by what is negative and what is low', async () => {
    const loose = await shop.warehouse('LOOSE', { allowNegative: true })
    const [short, plenty] = [await shop.product(), await shop.product()]
    await shop.stock(plenty, '5', {}, { warehouseId: loose })
    const order = await shop.order([{ productId: short, quantity: '2', unitPrice: '1' }], {
      warehouseId: loose,
    })
    await shop.act(`/sales-orders/${order.id}/confirm`)
    await shop.deliver(order.id)
    const products = async (filter: string) => {
      const { items } = await shop.api<{ items: { productId: string }[] }>(
        'GET',
        `/stock/levels?warehouseId=${loose}&${filter}`,
      )
      return items.map((item) => item.productId)
    }
    expect(await products('negative=true')).toEqual([short])
    expect(await products('negative=false')).toEqual([plenty])
    expect(await products('low=true')).toEqual([short])
    expect(await products('low=false')).toEqual([plenty])
    expect(await shop.api('GET', `/stock/levels/count?warehouseId=${loose}&low=true`)).toMatchObject({
      count: 1,
    })
  })

  it('are the company’s own', async () => {
    const other = await shop.newCompany()
    const { items } = await shop.api('GET', '/stock/levels', undefined, { as: other })
    expect(items).toEqual([])
  })

  it('need the permission', async () => {
    const customer = await shop.signInAs('customer', { partyId: shop.customerId })
    for (const path of ['levels', 'levels/count', 'moves', 'balances']) {
      await shop.api('GET', `/stock/${path}`, undefined, { as: customer, expect: 403 })
    }
  })
})
