import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { type Trade, fields, openTrade, part } from '../support/trade.ts'

describe('S28 Three of one line are not one of each', () => {
  let trade: Trade
  beforeAll(async () => {
    trade = await openTrade()
  })
  afterAll(() => trade.close())

  const received = (order: Answered) =>
    order.lines.map((line) => `${String(line['received'])}/${line.quantity}`)
  const open = (order: Answered) => order.lines.filter((line) => line['open'] !== '0').length

  it('three received on line 1 leave two lines open', async () => {
    const products = [await trade.product(), await trade.product(), await trade.product()]
    const bought = await trade.buy(
      products.map((productId, i) => ({
        productId,
        quantity: '1',
        unitPrice: '1.00',
        // 200 % of 1 piece: up to 3.
        tolerancePercent: i === 0 ? '200' : '0',
      })),
    )
    await trade.receive(bought, part(bought, ['3', null, null]))
    let order = await trade.again('purchase-orders', bought)
    expect(received(order)).toEqual(['3/1', '0/1', '0/1'])
    expect(order.fulfilment).toBe('partial')
    expect(open(order)).toBe(2)

    await trade.receive(bought, part(bought, [null, '1', '1']))
    order = await trade.again('purchase-orders', bought)
    expect(received(order)).toEqual(['3/1', '1/1', '1/1'])
    expect(order.fulfilment).toBe('full')
    expect(open(order)).toBe(0)
    for (const [i, productId] of products.entries()) {
      expect(await trade.figures(productId, ['onHand', 'incoming'])).toEqual([i === 0 ? '3' : '1', '0'])
    }
  })

  it('both lines of a sale come back in one return: returned in full', async () => {
    const products = [await trade.product(), await trade.product()]
    for (const productId of products) await trade.stock(productId, '1')
    const order = await trade.sell(products.map((productId) => ({ productId, quantity: '1' })))
    const delivery = await trade.deliver(order.id)
    expect(fields(await trade.again('sales-orders', order), 'fulfilment', 'returned')).toEqual([
      'full',
      'none',
    ])

    await trade.takeBack(delivery)
    const back = await trade.again('sales-orders', order)
    expect(back['returned']).toBe('full')
    expect(back.lines.map((line) => fields(line, 'delivered', 'returned'))).toEqual([
      ['1', '1'],
      ['1', '1'],
    ])
  })

  it('a line that was never delivered does not hold back the others: what went out came back in full', async () => {
    const products = [await trade.product(), await trade.product()]
    for (const productId of products) await trade.stock(productId, '1')
    const order = await trade.sell(products.map((productId) => ({ productId, quantity: '1' })))
    const delivery = await trade.deliver(order.id, part(order, ['1', null]))
    await trade.takeBack(delivery)
    expect((await trade.again('sales-orders', order))['returned']).toBe('full')
  })

  it('one line of two that comes back is a part', async () => {
    const products = [await trade.product(), await trade.product()]
    for (const productId of products) await trade.stock(productId, '2')
    const order = await trade.sell(products.map((productId) => ({ productId, quantity: '1' })))
    const delivery = await trade.deliver(order.id)
    await trade.takeBack(delivery, part(delivery, ['1', null]))
    expect((await trade.again('sales-orders', order))['returned']).toBe('partial')
  })
})
