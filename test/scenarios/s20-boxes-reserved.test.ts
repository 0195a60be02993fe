import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Trade, openTrade } from '../support/trade.ts'

describe('S20 Boxes in, pieces out: what is reserved', () => {
  let shop: Trade
  let productId: string
  beforeAll(async () => {
    shop = await openTrade()
    productId = await shop.product({
      units: [
        { unit: 'crate', numerator: 4 },
        { unit: 'hundred', numerator: 100 },
      ],
    })
    await shop.stock(productId, '1024')
  })
  afterAll(() => shop.close())

  it('d: 6 crates reserve 24, and the delivery proposes 6 crates = 24 pieces', async () => {
    const order = await shop.sell([{ productId, quantity: '6', unit: 'crate', unitPrice: '8.00' }])
    expect((await shop.level(productId)).reserved).toBe('24')
    const delivery = await shop.follow('sales-orders', order, 'delivery-notes')
    expect(delivery.lines).toMatchObject([{ quantity: '6', unit: 'crate', baseQuantity: '24' }])
    await shop.act(`/delivery-notes/${delivery.id}/post`)
    expect(await shop.figures(productId, ['onHand', 'reserved'])).toEqual(['1000', '0'])
  })

  it('d: the same with a reservation in between', async () => {
    const reservation = await shop.api('POST', '/stock-reservations', {
      partyId: shop.customerId,
      lines: [{ productId, quantity: '6', unit: 'crate' }],
    })
    expect((await shop.level(productId)).reserved).toBe('24')
    const order = await shop.follow('stock-reservations', reservation, 'sales-orders')
    expect(order.lines).toMatchObject([{ quantity: '6', unit: 'crate', baseQuantity: '24' }])
    await shop.act(`/sales-orders/${order.id}/confirm`)
    expect((await shop.level(productId)).reserved).toBe('24')
    const delivery = await shop.follow('sales-orders', order, 'delivery-notes')
    expect(delivery.lines).toMatchObject([{ quantity: '6', unit: 'crate', baseQuantity: '24' }])
    await shop.act(`/sales-orders/${order.id}/cancel`)
    expect((await shop.level(productId)).reserved).toBe('0')
  })

  it('f: 10 hundreds reserve 1,000 and release 1,000', async () => {
    const reservation = await shop.api('POST', '/stock-reservations', {
      partyId: shop.customerId,
      lines: [{ productId, quantity: '10', unit: 'hundred' }],
    })
    expect(await shop.figures(productId, ['reserved', 'available'])).toEqual(['1000', '0'])
    await shop.act(`/stock-reservations/${reservation.id}/release`)
    expect(await shop.figures(productId, ['reserved', 'available'])).toEqual(['0', '1000'])
  })
})
