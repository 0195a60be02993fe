import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decimal } from '../../src/kernel/decimal.ts'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { money } from '../support/figures.ts'
import { cost, issue, pool, receiveAt } from '../support/goods.ts'
import { type Trade, openTrade, part } from '../support/trade.ts'

describe('S25 Goods come back at the cost they left with', () => {
  let trade: Trade
  let productId: string
  let delivery: Answered
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'EUR' } })
    productId = await trade.product({ salesPrice: '35.00' })
  })
  afterAll(() => trade.close())

  const backWithoutDelivery = async (line: object): Promise<Answered> => {
    const lines = [{ quantity: '1', ...line }]
    return trade.api('POST', '/sales-returns', { partyId: trade.customerId, lines })
  }

  it('1: 12 / 180.00, average 15.00; delivery cost 40.00', async () => {
    await receiveAt(trade, productId, '10', '10.00')
    delivery = await issue(trade, productId, '4')
    await receiveAt(trade, productId, '6', '20.00')
    expect(await pool(trade, productId)).toBe('12 / 180.00')
    expect((await trade.level(productId)).averageCost).toBe('15')
    expect(await cost(trade, 'delivery-notes', delivery)).toBe('40.00')
  })

  it('2: 2 of the 4 come in at 20.00: 14 / 200.00, average 14.285714; net cost of sales 20.00', async () => {
    const back = await trade.takeBack(delivery, part(delivery, '2'))
    expect(await cost(trade, 'sales-returns', back)).toBe('20.00')
    expect(await pool(trade, productId)).toBe('14 / 200.00')
    expect((await trade.level(productId)).averageCost).toBe('14.285714')
    const out = await cost(trade, 'delivery-notes', delivery)
    const returned = await cost(trade, 'sales-returns', back)
    expect(decimal(out).minus(decimal(returned)).toFixed(2)).toBe('20.00')
  })

  it('3: 1 without a delivery and a cost comes in at the current average: 15 / 214.29', async () => {
    const draft = await backWithoutDelivery({ productId })
    const back = await trade.act(`/sales-returns/${draft.id}/post`)
    expect(money(back['value'])).toBe('14.29')
    expect(await pool(trade, productId)).toBe('15 / 214.29')
  })

  it('3: without stock to take a cost from it is refused until a cost is given', async () => {
    const unknown = await trade.product({ sku: 'UNKNOWN' })
    const draft = await backWithoutDelivery({ productId: unknown })
    const refusal = await trade.refused(`/sales-returns/${draft.id}/post`)
    expect(refusal.status).toBe(422)
    expect(refusal.detail).toMatch(/no stock of UNKNOWN to take a cost from/)
    expect(await pool(trade, unknown)).toBe('0 / 0.00')
    await trade.api('PATCH', `/sales-returns/${draft.id}`, {
      lines: [{ productId: unknown, quantity: '1', unitCost: '12.34' }],
    })
    await trade.act(`/sales-returns/${draft.id}/post`)
    expect(await pool(trade, unknown)).toBe('1 / 12.34')
  })

  it('4: into another, empty warehouse also 20.00 for the 2', async () => {
    const second = await trade.warehouse('SECOND')
    const body = { ...part(delivery, '2'), warehouseId: second }
    const back = await trade.takeBack(delivery, body)
    expect(await cost(trade, 'sales-returns', back)).toBe('20.00')
    expect(await pool(trade, productId, second)).toBe('2 / 20.00')
    expect(await pool(trade, productId)).toBe('15 / 214.29')
    expect(
      (await trade.refused(`/delivery-notes/${delivery.id}/sales-returns`, part(delivery, '1'))).detail,
    ).toMatch(/at most 0\b/i)
  })

  itAddsUp(() => trade)
})
