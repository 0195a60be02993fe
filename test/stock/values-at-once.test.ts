import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { itAddsUp } from '../support/consistency.ts'
import { pool, receiveAt } from '../support/goods.ts'
import { deadlocks, inTurn } from '../support/held-up.ts'
import { type Trade, openTrade } from '../support/trade.ts'

describe('bills that correct the value of goods at once', () => {
  let trade: Trade
  beforeAll(async () => {
    trade = await openTrade()
  })
  afterAll(() => trade.close())

  it('wait for each other in one order, though the goods went between two warehouses in both directions', async () => {
    const south = await trade.warehouse('SOUTH')
    const north = trade.warehouseId
    const productId = await trade.product()
    const transfer = async (from: string, to: string, quantity: string): Promise<void> => {
      const lines = [{ productId, quantity }]
      const draft = await trade.act('/stock-transfers', { warehouseId: from, toWarehouseId: to, lines })
      await trade.act(`/stock-transfers/${draft.id}/post`)
    }
    const bills = []
    for (const warehouseId of [north, south]) {
      const receipt = await receiveAt(trade, productId, '10', '5.00', { warehouseId })
      const lines = [{ sourceLineId: receipt.lines[0]!.id, unitPrice: '6.00' }]
      bills.push(await trade.follow('receipt-notes', receipt, 'bills', { lines }))
    }
    await transfer(north, south, '4')
    await transfer(south, north, '2')
    const answers = await inTurn(
      trade.ownerDb,
      ['select from stock_levels where product_id = $1 and warehouse_id = $2 for update', [productId, north]],
      bills.map((bill) => () => trade.send('POST', `/bills/${bill.id}/post`)),
    )
    expect(answers.map((answer) => answer.status)).toEqual([200, 200])
    expect(await deadlocks(trade.ownerDb)).toBe(0)
    expect([await pool(trade, productId, north), await pool(trade, productId, south)]).toEqual([
      '8 / 48.00',
      '12 / 72.00',
    ])
  })

  itAddsUp(() => trade)
})
