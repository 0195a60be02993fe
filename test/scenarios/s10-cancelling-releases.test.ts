import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { type Trade, fields, openTrade } from '../support/trade.ts'

describe('S10 Cancelling releases what was held, no more', () => {
  let shop: Trade
  let productId: string
  let order: Answered
  beforeAll(async () => {
    shop = await openTrade()
    productId = await shop.product()
    await shop.stock(productId, '3')
  })
  afterAll(() => shop.close())

  const counters = () => shop.figures(productId, ['onHand', 'reserved', 'available', 'outgoing'])
  const ofLine = ({ lines }: Answered) => fields(lines[0]!, 'reserved', 'backordered', 'open')

  it('1: an order of 5 reserves 3 and waits for 2', async () => {
    order = await shop.sell([{ productId, quantity: '5', unitPrice: '1.00' }], { backOrders: true })
    expect(ofLine(order)).toEqual(['3', '2', '5'])
    expect(await counters()).toEqual(['3', '3', '0', '5'])
  })

  it('2: cancelled it holds and waits for nothing; a second cancel is refused', async () => {
    const cancelled = await shop.act(`/sales-orders/${order.id}/cancel`)
    expect(ofLine(cancelled)).toEqual(['0', '0', '0'])
    expect(await counters()).toEqual(['3', '0', '3', '0'])
    const refused = await shop.refused(`/sales-orders/${order.id}/cancel`)
    expect(refused).toMatchObject({ status: 409, code: 'wrong-state' })
    expect(await counters()).toEqual(['3', '0', '3', '0'])
  })

  it('3: cancelling an order that reserved nothing frees nothing', async () => {
    const draft = await shop.order([{ productId, quantity: '5', unitPrice: '1.00' }])
    await shop.act(`/sales-orders/${draft.id}/cancel`)
    expect(await counters()).toEqual(['3', '0', '3', '0'])
    const other = await shop.product()
    const waiting = await shop.sell([{ productId: other, quantity: '5', unitPrice: '1.00' }], {
      backOrders: true,
    })
    await shop.act(`/sales-orders/${waiting.id}/cancel`)
    expect(await shop.figures(other, ['reserved', 'outgoing'])).toEqual(['0', '0'])
  })

  it('4: delivered goods are not needed for orders any more', async () => {
    const sold = await shop.sell([{ productId, quantity: '3', unitPrice: '1.00' }])
    await shop.deliver(sold.id)
    expect(await counters()).toEqual(['0', '0', '0', '0'])
  })

  it('an order may refuse to wait where the company lets orders wait, and the other way round', async () => {
    const none = await shop.product()
    const lines = [{ productId: none, quantity: '1', unitPrice: '1.00' }]
    const confirm = async (backOrders: boolean) => {
      const { id } = await shop.order(lines, { backOrders })
      return shop.send('POST', `/sales-orders/${id}/confirm`)
    }
    for (const company of [true, false]) {
      await shop.api('PATCH', '/company', { backOrders: company })
      expect([(await confirm(true)).status, (await confirm(false)).status]).toEqual([200, 409])
    }
  })

  itAddsUp(() => shop)
})
