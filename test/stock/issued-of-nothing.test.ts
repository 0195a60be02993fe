import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { itAddsUp } from '../support/consistency.ts'
import { cost, issue, pool, receiveAt } from '../support/goods.ts'
import { type Trade, openTrade } from '../support/trade.ts'

describe.each(['average', 'fifo'])('goods that went out of nothing, valued by %s', (valuation) => {
  let trade: Trade
  beforeAll(async () => {
    trade = await openTrade()
  })
  afterAll(() => trade.close())

  it('keep the cost that was known then when a bill corrects goods of before', async () => {
    const warehouseId = await trade.warehouse('LOOSE', { allowNegative: true })
    const productId = await trade.product({ valuation, purchasePrice: '5.00' })
    const receipt = await receiveAt(trade, productId, '1', '3.00', { warehouseId })
    const own = await issue(trade, productId, '1', { warehouseId })
    const first = await issue(trade, productId, '2', { warehouseId })
    const second = await issue(trade, productId, '1', { warehouseId })
    expect(await pool(trade, productId, warehouseId)).toBe('-3 / -15.00')

    await trade.api('PATCH', `/products/${productId}`, { purchasePrice: '8.00' })
    const lines = [{ sourceLineId: receipt.lines[0]!.id, unitPrice: '4.00' }]
    await trade.followAndPost('receipt-notes', receipt, 'bills', { lines })
    expect(await cost(trade, 'delivery-notes', own)).toBe('4.00')
    expect(await cost(trade, 'delivery-notes', first)).toBe('10.00')
    expect(await cost(trade, 'delivery-notes', second)).toBe('5.00')
    expect(await pool(trade, productId, warehouseId)).toBe('-3 / -15.00')
  })

  itAddsUp(() => trade)
})
