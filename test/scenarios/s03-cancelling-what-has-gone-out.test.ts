import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Trade, openTrade, part } from '../support/trade.ts'

describe('S03 Cancelling an order that has (partly) gone out', () => {
  let trade: Trade
  let p: string
  let q: string
  beforeAll(async () => {
    trade = await openTrade()
    p = await trade.product()
    q = await trade.product()
    await trade.stock(p, '10')
    await trade.stock(q, '1000')
  })
  afterAll(() => trade.close())

  const figures = (productId: string) => trade.figures(productId, ['onHand', 'reserved', 'available'])

  it('an order that is delivered in full is taken back, not cancelled', async () => {
    const one = await trade.sell([{ productId: p, quantity: '5' }])
    const two = await trade.sell([{ productId: p, quantity: '2' }])
    expect(await figures(p)).toEqual(['10', '7', '3'])

    const delivery = await trade.deliver(one.id)
    expect(await figures(p)).toEqual(['5', '2', '3'])

    expect((await trade.refused(`/sales-orders/${one.id}/cancel`)).detail).toMatch(/delivered.*return/i)
    expect(await figures(p)).toEqual(['5', '2', '3'])
    expect(await trade.again('sales-orders', one)).toMatchObject({ state: 'confirmed', fulfilment: 'full' })

    await trade.takeBack(delivery)
    expect(await figures(p)).toEqual(['10', '2', '8'])
    const untouched = await trade.again('sales-orders', two)
    expect(untouched).toMatchObject({ state: 'confirmed', version: two.version })
    expect(untouched.lines[0]).toMatchObject({ quantity: '2', reserved: '2', open: '2', delivered: '0' })
  })

  it('of an order that is delivered in part, the rest is cancelled', async () => {
    const three = await trade.sell([{ productId: q, quantity: '5' }])
    await trade.deliver(three.id, part(three, '2'))
    const ended = await trade.act(`/sales-orders/${three.id}/cancel`)
    expect(await figures(q)).toEqual(['998', '0', '998'])
    expect(ended.state).toBe('closed')
    expect(ended.lines[0]).toMatchObject({
      quantity: '5',
      delivered: '2',
      cancelled: '3',
      reserved: '0',
      open: '0',
    })
    await trade.refused(`/sales-orders/${three.id}/cancel`)
    expect(await figures(q)).toEqual(['998', '0', '998'])
  })
})
