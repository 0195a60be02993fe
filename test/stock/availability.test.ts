import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Shop, openShop } from '../support/shop.ts'

interface Answer {
  readonly warehouseId: string
  readonly currency: string
  readonly lines: readonly Record<string, unknown>[]
}

describe('availability of many lines', () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await openShop()
  })
  afterAll(() => shop.close())

  const ask = (body: object) => shop.api<Answer>('POST', '/stock/availability', body)

  it('answers stock and price of each line, in its order and unit', async () => {
    const cup = await shop.product({ units: [{ unit: 'box', numerator: 12 }], salesPrice: '2.00' })
    const idea = await shop.product({ type: 'service', salesPrice: '50.00' })
    await shop.stock(cup, '30')
    const order = await shop.order([{ productId: cup, quantity: '10', unitPrice: '2' }])
    await shop.act(`/sales-orders/${order.id}/confirm`)
    const answer = await ask({
      partyId: shop.customerId,
      lines: [
        { productId: cup, unit: 'box', quantity: '2' },
        { productId: idea },
        { productId: cup, quantity: '20' },
      ],
    })
    expect(answer).toMatchObject({
      warehouseId: shop.warehouseId,
      currency: 'USD',
      lines: [
        {
          unit: 'box',
          quantity: '2',
          baseQuantity: '24',
          onHand: '30',
          available: '20',
          short: '4',
          price: { price: '24', source: 'product' },
        },
        { available: null, onHand: null, short: '0', price: { price: '50' } },
        { unit: 'pcs', available: '20', short: '0', price: { price: '2' } },
      ],
    })
  })

  it('tells what the product was last sold to this customer, or bought from this vendor, at', async () => {
    const [cup, other] = [
      await shop.product({ units: [{ unit: 'box', numerator: 12 }], salesPrice: '2.00' }),
      await shop.product(),
    ]
    await shop.stock(cup, '100')
    const sold = async (lines: readonly object[], orderDate: string, head: object = {}) => {
      const order = await shop.order(lines, { orderDate, ...head })
      return shop.act(`/sales-orders/${order.id}/confirm`)
    }
    await sold(
      [{ productId: cup, unit: 'box', quantity: '1', unitPrice: '21', discountPercent: '5' }],
      '2026-03-02',
    )
    await sold([{ productId: cup, quantity: '1', unitPrice: '1.90' }], '2026-02-01')
    // A draft and another customer's order say nothing.
    await shop.order([{ productId: cup, quantity: '1', unitPrice: '9' }], { orderDate: '2026-04-01' })
    const stranger = await shop.api('POST', '/parties', { name: 'Stranger', roles: ['customer', 'vendor'] })
    const bought = await shop.api('POST', '/purchase-orders', {
      partyId: stranger.id,
      orderDate: '2026-04-02',
      lines: [{ productId: cup, quantity: '10', unitPrice: '0.70' }],
    })
    await shop.act(`/purchase-orders/${bought.id}/confirm`)
    const last = async (partyId: string | undefined, side: string) => {
      const lines = [{ productId: cup }, { productId: other }]
      return (await ask({ ...(partyId !== undefined && { partyId }), side, lines })).lines.map(
        ({ lastPrice }) => lastPrice,
      )
    }
    const box = { price: '21', discountPercent: '5', unit: 'box', currency: 'USD', date: '2026-03-02' }
    expect(await last(shop.customerId, 'sales')).toEqual([expect.objectContaining(box), null])
    expect(await last(stranger.id, 'sales')).toEqual([null, null])
    expect(await last(stranger.id, 'purchase')).toEqual([
      expect.objectContaining({ price: '0.7', unit: 'pcs', orderId: bought.id }),
      null,
    ])
    expect(await last(undefined, 'sales')).toEqual([null, null])
  })

  it('takes two round trips for 500 lines and changes nothing', async () => {
    const productId = await shop.product()
    const lines = Array.from({ length: 500 }, () => ({ productId, quantity: '1' }))
    const answer = await shop.send('POST', '/stock/availability', { lines })
    expect(answer.status).toBe(200)
    expect(answer.json.lines).toHaveLength(500)
    await shop.api('POST', '/stock/availability', { lines: [...lines, lines[0]] }, { expect: 400 })
  })

  it('says which product, unit or warehouse is unknown', async () => {
    const productId = await shop.product()
    const wrong = async (body: object) =>
      (await shop.api('POST', '/stock/availability', body, { expect: 422 })).errors[0]!.pointer
    expect(await wrong({ lines: [{ productId }, { productId: shop.customerId }] })).toBe('/lines/1/productId')
    expect(await wrong({ lines: [{ productId, unit: 'ton' }] })).toBe('/lines/0/unit')
    expect(await wrong({ warehouseId: shop.customerId, lines: [{ productId }] })).toBe('/warehouseId')
    expect(await wrong({ partyId: productId, lines: [{ productId }] })).toBe('/partyId')
  })
})
