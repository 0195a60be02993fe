import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decimal, sum } from '../../src/kernel/decimal.ts'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { type Trade, exact, openTrade } from '../support/trade.ts'

describe('S20 Boxes in, pieces out', () => {
  let trade: Trade
  beforeAll(async () => {
    trade = await openTrade()
  })
  afterAll(() => trade.close())

  const units = [
    { unit: 'box', numerator: 12 },
    { unit: 'crate', numerator: 4 },
    { unit: 'pack', numerator: 3 },
    { unit: 'hundred', numerator: 100 },
  ]
  const product = () => trade.product({ units })
  const sell = async (productId: string, quantity: string, unit?: string): Promise<Answered> => {
    const order = await trade.sell([{ productId, quantity, unit, unitPrice: '30.00' }])
    return trade.deliver(order.id)
  }
  const stock = (productId: string) => trade.figures(productId, ['onHand', 'value'])

  it('a: 5 boxes are a movement of 60 pieces', async () => {
    const productId = await product()
    await trade.stock(productId, '100')
    const delivery = await sell(productId, '5', 'box')
    const { items } = await trade.api('GET', `/stock/moves?shipmentId=${delivery.id}`)
    expect(items.map((move) => move['quantity'])).toEqual(['60'])
    expect((await trade.level(productId)).onHand).toBe('40')
  })

  it('b: of 120 one box leaves 108', async () => {
    const productId = await product()
    await trade.stock(productId, '120')
    await sell(productId, '1', 'box')
    expect((await trade.level(productId)).onHand).toBe('108')
  })

  it('c: a box for 200.00 goes out as 83.33 and 116.67', async () => {
    const productId = await product()
    await trade.receive(await trade.buy([{ productId, quantity: '1', unit: 'box', unitPrice: '200.00' }]))
    expect(await stock(productId)).toEqual(exact(['12', '200.00']))
    expect((await sell(productId, '5'))['value']).toBe('83.33')
    expect(await stock(productId)).toEqual(['7', '116.67'])
    expect((await sell(productId, '7'))['value']).toBe('116.67')
    expect(await stock(productId)).toEqual(exact(['0', '0.00']))
  })

  it('d: 6 crates reserve 24, and the delivery proposes 6 crates = 24 pieces', async () => {
    const productId = await product()
    await trade.stock(productId, '24')
    const order = await trade.sell([{ productId, quantity: '6', unit: 'crate', unitPrice: '8.00' }])
    expect((await trade.level(productId)).reserved).toBe('24')
    const delivery = await trade.follow('sales-orders', order, 'delivery-notes')
    expect(delivery.lines).toMatchObject([{ quantity: '6', unit: 'crate', baseQuantity: '24' }])
    await trade.act(`/delivery-notes/${delivery.id}/post`)
    expect(await trade.figures(productId, ['onHand', 'reserved'])).toEqual(['0', '0'])
  })

  it('d: the same with a stock reservation before the order', async () => {
    const productId = await product()
    await trade.stock(productId, '24')
    const reservation = await trade.api('POST', '/stock-reservations', {
      partyId: trade.customerId,
      lines: [{ productId, quantity: '6', unit: 'crate' }],
    })
    expect((await trade.level(productId)).reserved).toBe('24')
    const order = await trade.follow('stock-reservations', reservation, 'sales-orders')
    expect(order.lines).toMatchObject([{ quantity: '6', unit: 'crate', baseQuantity: '24' }])
    await trade.act(`/sales-orders/${order.id}/confirm`)
    expect((await trade.level(productId)).reserved).toBe('24')
    const delivery = await trade.follow('sales-orders', order, 'delivery-notes')
    expect(delivery.lines).toMatchObject([{ quantity: '6', unit: 'crate', baseQuantity: '24' }])
    await trade.act(`/sales-orders/${order.id}/cancel`)
    expect((await trade.level(productId)).reserved).toBe('0')
  })

  it('e: one supplier pack is 3 pieces', async () => {
    const productId = await product()
    await trade.receive(await trade.buy([{ productId, quantity: '1', unit: 'pack', unitPrice: '6.00' }]))
    expect(await stock(productId)).toEqual(exact(['3', '6.00']))
  })

  it('f: 10 hundreds reserve 1,000 and release 1,000', async () => {
    const productId = await product()
    await trade.stock(productId, '1000')
    const reservation = await trade.api('POST', '/stock-reservations', {
      partyId: trade.customerId,
      lines: [{ productId, quantity: '10', unit: 'hundred' }],
    })
    expect(await trade.figures(productId, ['reserved', 'available'])).toEqual(['1000', '0'])
    await trade.act(`/stock-reservations/${reservation.id}/release`)
    expect(await trade.figures(productId, ['reserved', 'available'])).toEqual(['0', '1000'])
  })

  it('g: 13 for 15.00, sold one at a time, cost 15.00 and leave nothing', async () => {
    const productId = await product()
    await trade.stock(productId, '13', { unitCost: '1.153846' })
    expect(await stock(productId)).toEqual(exact(['13', '15.00']))
    const costs: string[] = []
    for (let piece = 1; piece <= 13; piece++) costs.push(String((await sell(productId, '1'))['value']))
    expect(sum(costs.map((cost) => decimal(cost))).toFixed(2)).toBe('15.00')
    expect(await stock(productId)).toEqual(exact(['0', '0.00']))
  })

  itAddsUp(() => trade)
})
