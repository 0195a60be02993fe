import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTurn } from '../support/held-up.ts'
import { type Trade, openTrade } from '../support/trade.ts'

describe('a hold that a transfer takes along', () => {
  let trade: Trade
  beforeAll(async () => {
    trade = await openTrade()
  })
  afterAll(() => trade.close())

  it('while its order is being cancelled is given back where it is by then', async () => {
    const south = await trade.warehouse('SOUTH')
    const productId = await trade.product()
    await trade.stock(productId, '5')
    await trade.stock(productId, '5', {}, { warehouseId: south })
    const order = await trade.sell([{ productId, quantity: '4' }])

    // A transfer that is being posted: it holds the levels and has moved the hold, but has not committed.
    const [cancelled] = await inTurn(
      trade.ownerDb,
      ['select from stock_levels where product_id = $1 order by warehouse_id for update', [productId]],
      [() => trade.send('POST', `/sales-orders/${order.id}/cancel`)],
      async (holder) => {
        for (const [column, warehouse, change] of [
          ['reserved', trade.warehouseId, -4],
          ['outgoing', trade.warehouseId, -4],
          ['reserved', south, 4],
          ['outgoing', south, 4],
        ] as const) {
          await holder.query(
            `update stock_levels set ${column} = ${column} + $3 where product_id = $1 and warehouse_id = $2`,
            [productId, warehouse, change],
          )
        }
        await holder.query('update stock_demands set warehouse_id = $2 where product_id = $1', [
          productId,
          south,
        ])
      },
    )

    expect(cancelled!.status).toBe(200)
    for (const warehouse of [trade.warehouseId, south]) {
      expect(await trade.figures(productId, ['reserved', 'outgoing', 'available'], warehouse)).toEqual([
        '0',
        '0',
        '5',
      ])
    }
  })
})
