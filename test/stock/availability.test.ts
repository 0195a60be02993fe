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
