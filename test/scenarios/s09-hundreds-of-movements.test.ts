import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { oneAndTwoProcesses } from '../support/server-processes.ts'
import { type Trade, openTrade } from '../support/trade.ts'

describe.each(oneAndTwoProcesses)('S09 Hundreds of movements on one product at once (%s)', (_, processes) => {
  let trade: Trade
  let productId: string
  beforeAll(async () => {
    trade = await openTrade({ processes })
    productId = await trade.product({ purchasePrice: '1.00' })
    await trade.stock(productId, '1000')
  })
  afterAll(() => trade.close())

  const times = <T>(n: number, step: () => Promise<T>): Promise<T>[] => Array.from({ length: n }, step)
  const movements = async () => {
    const { rows } = await trade.ownerDb.query<{ count: number; sum: string }>(
      `select count(*)::int as count, sum(case when to_warehouse_id is null then -quantity else quantity end)::text as sum
       from stock_moves where product_id = $1`,
      [productId],
    )
    return rows[0]!
  }

  it('100 sales of 1, 50 receipts of 2 and 20 adjustments of -5 leave 900', async () => {
    expect(await movements()).toEqual({ count: 1, sum: '1000' })
    const sale = async () => {
      const order = await trade.sell([{ productId, quantity: '1' }])
      return trade.deliver(order.id)
    }
    const receipt = async () => {
      const order = await trade.buy([{ productId, quantity: '2', unitPrice: '1.00' }])
      return trade.receive(order)
    }
    const adjustment = () => trade.stock(productId, '-5', { unitCost: undefined, reason: 'broken' })
    const posted = await Promise.all([...times(100, sale), ...times(50, receipt), ...times(20, adjustment)])
    expect(posted).toHaveLength(170)
    expect(new Set(posted.map(({ state }) => state))).toEqual(new Set(['posted']))
    // Numbers are given once (R15): three series, each without a repeat.
    expect(new Set(posted.map(({ number }) => number)).size).toBe(170)

    const level = await trade.level(productId)
    expect(level).toMatchObject({
      onHand: '900',
      reserved: '0',
      available: '900',
      incoming: '0',
      outgoing: '0',
      value: '900',
    })
    // 170 movements after the first, whose sum is -100.
    expect(await movements()).toEqual({ count: 171, sum: '900' })
  })
})
