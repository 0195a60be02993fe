import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Trade, fields, openTrade, part } from '../support/trade.ts'

describe('S27 The last receipt closes the purchase order', () => {
  let trade: Trade
  beforeAll(async () => {
    trade = await openTrade()
  })
  afterAll(() => trade.close())

  it('receives 100 and then exactly the rest; the freight does not hold it open', async () => {
    const productId = await trade.product()
    const freightId = await trade.product({ type: 'service', name: 'freight' })
    const order = await trade.buy([
      { productId, quantity: '1000', unitPrice: '1.00' },
      { productId: freightId, quantity: '1', unitPrice: '80.00' },
    ])
    expect(order.fulfilment).toBe('none')
    const figures = () => trade.figures(productId, ['onHand', 'incoming'])
    expect(await figures()).toEqual(['0', '1000'])

    await trade.receive(order, part(order, ['100', null]))
    const partly = await trade.again('purchase-orders', order)
    expect(partly.fulfilment).toBe('partial')
    expect(fields(partly.lines[0]!, 'quantity', 'received', 'open')).toEqual(['1000', '100', '900'])
    expect(await figures()).toEqual(['100', '900'])

    await trade.receive(order, part(order, ['900', null]))
    const received = await trade.again('purchase-orders', order)
    expect(fields(received, 'state', 'fulfilment')).toEqual(['confirmed', 'full'])
    expect(fields(received.lines[0]!, 'received', 'open')).toEqual(['1000', '0'])
    expect(received.lines[1]!['received']).toBe('0')
    expect(await figures()).toEqual(['1000', '0'])
    const receive = received.actions.find(({ name }) => name === 'receipt-notes')
    expect(receive).toMatchObject({ allowed: false, reason: { code: 'nothing-left' } })
  })

  it('an order of services only is not held open either', async () => {
    const freightId = await trade.product({ type: 'service', name: 'freight' })
    const order = await trade.buy([{ productId: freightId, quantity: '1', unitPrice: '80.00' }])
    expect(order.fulfilment).toBe('full')
  })

  it('the sales order is delivered with its last delivery, with no step by hand', async () => {
    const productId = await trade.product()
    await trade.stock(productId, '10')
    const order = await trade.sell([{ productId, quantity: '3' }])
    const status = async () => (await trade.again('sales-orders', order)).fulfilment
    expect(await status()).toBe('none')
    await trade.deliver(order.id, part(order, '1'))
    expect(await status()).toBe('partial')
    await trade.deliver(order.id, part(order, '2'))
    expect(await status()).toBe('full')
    expect((await trade.api('GET', '/sales-orders?fulfilment=full')).items.map(({ id }) => id)).toEqual([
      order.id,
    ])
  })
})
