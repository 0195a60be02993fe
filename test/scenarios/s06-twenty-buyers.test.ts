import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { oneAndTwoProcesses } from '../support/server-processes.ts'
import { type Trade, openTrade, statuses } from '../support/trade.ts'

describe.each(oneAndTwoProcesses)('S06 Twenty buyers for five pieces (%s)', (_, processes) => {
  let trade: Trade
  let productId: string
  let confirmed: Answered[]
  beforeAll(async () => {
    trade = await openTrade({ processes, company: { backOrders: false } })
    productId = await trade.product()
    await trade.stock(productId, '5')
  })
  afterAll(() => trade.close())

  const figures = () => trade.figures(productId, ['onHand', 'reserved', 'available'])
  /** The sum of the live reservation rows, which the counter must equal. */
  const reservationRows = async () => {
    const { rows } = await trade.ownerDb.query<{ count: number; reserved: string }>(
      'select count(*)::int as count, coalesce(sum(reserved), 0)::text as reserved from stock_demands where product_id = $1 and reserved <> 0',
      [productId],
    )
    return rows[0]
  }

  it('confirms five orders at the same time and refuses fifteen', async () => {
    const drafts = await Promise.all(
      Array.from({ length: 20 }, () => trade.order([{ productId, quantity: '1' }])),
    )
    const answers = await Promise.all(
      drafts.map(({ id }) => trade.send('POST', `/sales-orders/${id}/confirm`)),
    )
    confirmed = answers.filter(({ status }) => status === 200).map(({ json }) => json)
    const refused = answers.filter(({ status }) => status !== 200)
    expect([confirmed.length, refused.length]).toEqual([5, 15])
    for (const { status, json } of refused) {
      expect([status, json.code]).toEqual([409, 'not-available'])
      expect(json.detail).toMatch(/only 0 of .* available/i)
    }
    expect(new Set(confirmed.map(({ number }) => number)).size).toBe(5)
    expect(await figures()).toEqual(['5', '5', '0'])
    expect(await reservationRows()).toEqual({ count: 5, reserved: '5' })
    const drafted = await trade.api('GET', '/sales-orders/count?state=draft')
    expect(drafted['count']).toBe(15)
  })

  it('cancels all at the same time, each of them twice', async () => {
    const answers = await Promise.all(
      [...confirmed, ...confirmed].map(({ id }) => trade.send('POST', `/sales-orders/${id}/cancel`)),
    )
    expect(statuses(answers)).toEqual({ 200: 5, 409: 5 })
    expect(await figures()).toEqual(['5', '0', '5'])
    expect(await reservationRows()).toEqual({ count: 0, reserved: '0' })
  })
})
