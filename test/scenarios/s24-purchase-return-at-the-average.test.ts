import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { money, owed } from '../support/figures.ts'
import { cost, issue, pool, receiveAt } from '../support/goods.ts'
import { type Trade, openTrade, part } from '../support/trade.ts'

describe('S24 Purchase return after most of the stock has gone', () => {
  let trade: Trade
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'EUR' } })
  })
  afterAll(() => trade.close())

  describe.each([
    ['of an order', true],
    ['of a receipt without an order', false],
  ])('%s', (_, ordered) => {
    let productId: string
    let first: Answered
    let back: Answered

    it('after the receipts 110 / 2,000.00, average 18.181818; the issue is 1,818.18, left 10 / 181.82', async () => {
      productId = await trade.product()
      if (ordered) {
        const order = await trade.buy([{ productId, quantity: '10', unitPrice: '100.00', taxIds: [] }])
        first = await trade.receive(order)
        await trade.bill(order)
      } else {
        first = await receiveAt(trade, productId, '10', '100.00')
        const lines = [{ sourceLineId: first.lines[0]!.id, unitPrice: '100.00' }]
        await trade.followAndPost('receipt-notes', first, 'bills', { lines })
      }
      await receiveAt(trade, productId, '100', '10.00')
      expect(await pool(trade, productId)).toBe('110 / 2000.00')
      expect((await trade.level(productId)).averageCost).toBe('18.181818')
      const delivery = await issue(trade, productId, '100')
      expect(money(delivery['value'])).toBe('1818.18')
      expect(await pool(trade, productId)).toBe('10 / 181.82')
    })

    it('8 leave at 145.46, left 2 / 36.36 at 18.18', async () => {
      back = await trade.sendBack(first, part(first, '8', { reason: 'defective' }))
      expect(await cost(trade, 'purchase-returns', back)).toBe('145.46')
      expect(await pool(trade, productId)).toBe('2 / 36.36')
      expect((await trade.level(productId)).averageCost).toBe('18.18')
    })

    it('the supplier credits 800.00: a gain of 654.54 that stays out of stock', async () => {
      const credit = await trade.followAndPost('purchase-returns', back, 'vendor-credits')
      expect([money(credit.totals.gross), money(credit['priceVariance'])]).toEqual(['800.00', '654.54'])
      expect(owed(credit)).toBe('0.00 redeemed')
      expect(await pool(trade, productId)).toBe('2 / 36.36')
      await trade.refused(`/purchase-returns/${back.id}/vendor-credits`)
    })
  })

  it('is credited in two parts, with the variance of each', async () => {
    const productId = await trade.product()
    const order = await trade.buy([{ productId, quantity: '10', unitPrice: '100.00', taxIds: [] }])
    const receipt = await trade.receive(order)
    await trade.bill(order)
    await receiveAt(trade, productId, '100', '10.00')
    await issue(trade, productId, '100')
    const back = await trade.sendBack(receipt, part(receipt, '8'))
    const variances = []
    for (const quantity of ['3', '5']) {
      const credit = await trade.followAndPost(
        'purchase-returns',
        back,
        'vendor-credits',
        part(back, quantity),
      )
      variances.push(money(credit['priceVariance']))
    }
    // 300.00 - 54.55 and 500.00 - 90.91: together 654.54
    expect(variances).toEqual(['245.45', '409.09'])
  })

  itAddsUp(() => trade)
})
