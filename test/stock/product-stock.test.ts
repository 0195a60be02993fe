import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Shop, openShop } from '../support/shop.ts'

interface Row {
  readonly id: string
  readonly onHand: string | null
  readonly available: string | null
  readonly reserved: string | null
  readonly incoming: string | null
}

describe('products with their stock', () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await openShop({ company: { backOrders: true } })
  })
  afterAll(() => shop.close())

  const list = async (query: string) => {
    const page = await shop.api('GET', `/stock/products?limit=200&${query}`)
    return page as unknown as { items: readonly Row[]; nextCursor: string | null }
  }
  const one = async (id: string, query = '') => (await list(query)).items.find((row) => row.id === id)

  it('add up all warehouses', async () => {
    const productId = await shop.product()
    const second = await shop.warehouse('SECOND')
    await shop.stock(productId, '10', { unitCost: '4.00' })
    await shop.api('POST', '/stock-adjustments', {
      post: true,
      warehouseId: second,
      reason: 'Opening stock',
      lines: [{ productId, quantityChange: '5', unitCost: '4.00' }],
    })
    const sale = await shop.order([{ productId, quantity: '4', unitPrice: '9.00' }])
    await shop.act(`/sales-orders/${sale.id}/confirm`)
    expect(await one(productId)).toMatchObject({
      onHand: '15',
      reserved: '4',
      available: '11',
      incoming: '0',
      forecast: '11',
    })
  })

  it('tell goods that never moved from services, which have no stock', async () => {
    const goods = await shop.product()
    const service = await shop.product({ type: 'service' })
    expect(await one(goods)).toMatchObject({ onHand: '0', available: '0' })
    expect(await one(service)).toMatchObject({ onHand: null, available: null })
  })

  it('are found by what runs out and by what has no barcode, and counted alike', async () => {
    const full = await shop.product({ barcode: '5901234123457' })
    await shop.stock(full, '10')
    const out = await shop.product()
    const service = await shop.product({ type: 'service' })
    expect(await one(full, 'low=true')).toBeUndefined()
    expect(await one(out, 'low=true')).toBeDefined()
    expect(await one(service, 'low=true')).toBeUndefined()
    expect(await one(full, 'noBarcode=true')).toBeUndefined()
    expect(await one(out, 'noBarcode=true')).toBeDefined()
    const { items } = await list('low=true')
    const counted = (await shop.api('GET', '/stock/products/count?low=true')) as unknown as { count: number }
    expect(counted.count).toBe(items.length)
  })

  it('come page by page, each once', async () => {
    const seen: string[] = []
    let cursor = ''
    do {
      const page = (await shop.api(
        'GET',
        `/stock/products?limit=2&sort=-sku${cursor === '' ? '' : `&cursor=${cursor}`}`,
      )) as unknown as { items: readonly Row[]; nextCursor: string | null }
      seen.push(...page.items.map((row) => row.id))
      cursor = page.nextCursor ?? ''
    } while (cursor !== '')
    expect(seen.length).toBeGreaterThan(4)
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('have an opening and a closing balance over a span of days', async () => {
    const productId = await shop.product()
    const { warehouseId } = shop
    for (const [date, quantityChange] of [
      ['2026-01-10', '10'],
      ['2026-02-03', '5'],
      ['2026-02-20', '-4'],
      ['2026-03-01', '-1'],
    ])
      await shop.api('POST', '/stock-adjustments', {
        post: true,
        date,
        reason: 'Counted',
        lines: [{ productId, quantityChange, ...(!quantityChange!.startsWith('-') && { unitCost: '4.00' }) }],
      })
    const span = async (dates: string) =>
      shop.api('GET', `/stock/turnover?productId=${productId}&warehouseId=${warehouseId}${dates}`)
    expect(await span('&from=2026-02-01&to=2026-02-28')).toMatchObject({
      opening: '10',
      received: '5',
      issued: '4',
      closing: '11',
    })
    expect(await span('')).toMatchObject({ opening: '0', received: '15', issued: '5', closing: '10' })
    const unknown = '01930000-0000-7000-8000-0000000000ff'
    await shop.api('GET', `/stock/turnover?productId=${unknown}&warehouseId=${warehouseId}`, undefined, {
      expect: 404,
    })
  })
})
