import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { type Trade, fields, openTrade, part } from '../support/trade.ts'

describe('S02 Tolerance is a hard limit, over all receipts and deliveries together', () => {
  let trade: Trade
  beforeAll(async () => {
    trade = await openTrade()
  })
  afterAll(() => trade.close())

  const purchase = async (unit: string, quantity: string, tolerancePercent: string) => {
    const productId = await trade.product({ unit, purchasePrice: '1.00' })
    return trade.buy([{ productId, quantity, tolerancePercent, unitPrice: '1.00' }])
  }
  const line = async (order: Answered, path: string) => (await trade.again(path, order)).lines[0]!

  it('A: not a thousandth of a metre above 100 m at 0 %', async () => {
    const order = await purchase('m', '100', '0')
    const path = `/purchase-orders/${order.id}/receipt-notes`
    expect((await trade.refused(path, part(order, '100.002'))).detail).toMatch(/at most 100\b/i)
    expect(await line(order, 'purchase-orders')).toMatchObject({ received: '0', open: '100' })

    await trade.receive(order, part(order, '100'))
    expect(await line(order, 'purchase-orders')).toMatchObject({ received: '100', open: '0' })
    expect(await trade.again('purchase-orders', order)).toMatchObject({ fulfilment: 'full' })
    await trade.refused(path, part(order, '0.000001'))
  })

  it('B: 2 % of 1,000 is 20 more, whatever the receipts', async () => {
    const order = await purchase('bag', '1000', '2')
    for (let i = 0; i < 20; i++) await trade.receive(order, part(order, '50'))
    expect(await line(order, 'purchase-orders')).toMatchObject({ received: '1000', open: '0' })
    expect(await trade.again('purchase-orders', order)).toMatchObject({ fulfilment: 'full' })

    // Two drafts within the limit, which together are above it: the second is judged again when it posts.
    const one = await trade.follow('purchase-orders', order, 'receipt-notes', part(order, '20'))
    const two = await trade.follow('purchase-orders', order, 'receipt-notes', part(order, '1'))
    await trade.act(`/receipt-notes/${one.id}/post`)
    expect((await trade.refused(`/receipt-notes/${two.id}/post`)).detail).toMatch(/at most 0 /i)

    expect(await line(order, 'purchase-orders')).toMatchObject({ received: '1020', open: '0' })
    const refused = await trade.refused(`/purchase-orders/${order.id}/receipt-notes`, part(order, '1'))
    expect(refused.detail).toMatch(/nothing is left to receive/i)
    expect(await trade.figures(order.lines[0]!['productId'] as string, ['onHand', 'incoming'])).toEqual([
      '1020',
      '0',
    ])
  })

  it('C: 3 of 2 are not delivered, and nothing is left behind', async () => {
    const productId = await trade.product()
    await trade.stock(productId, '10')
    const order = await trade.sell([{ productId, quantity: '2', tolerancePercent: '0' }])
    const path = `/sales-orders/${order.id}/delivery-notes`

    expect((await trade.refused(path, part(order, '3'))).detail).toMatch(/at most 2\b/i)
    expect(fields(await line(order, 'sales-orders'), 'delivered', 'open')).toEqual(['0', '2'])
    expect((await trade.api('GET', '/delivery-notes')).items).toEqual([])
    expect(await trade.figures(productId, ['onHand'])).toEqual(['10'])

    await trade.deliver(order.id, part(order, '2'))
    expect((await trade.refused(path, part(order, '1'))).detail).toMatch(/nothing is left to deliver/i)
    expect(await line(order, 'sales-orders')).toMatchObject({ delivered: '2', open: '0' })
    expect(await trade.figures(productId, ['onHand', 'reserved'])).toEqual(['8', '0'])
  })
})
