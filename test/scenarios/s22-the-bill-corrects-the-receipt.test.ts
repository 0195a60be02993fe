import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decimal } from '../../src/kernel/decimal.ts'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { money } from '../support/figures.ts'
import { cost, issue, pool, receiveAt } from '../support/goods.ts'
import { type Trade, openTrade } from '../support/trade.ts'

describe('S22 The bill corrects a mistyped receipt price after goods have gone', () => {
  let trade: Trade
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'EUR' } })
  })
  afterAll(() => trade.close())

  const average = async (productId: string) => (await trade.level(productId)).averageCost
  /** Posts the bill of a receipt or order, of which each piece costs this much. */
  const billAt = async (path: string, source: Answered, unitPrice: string, reason?: string) => {
    const lines = [{ sourceLineId: source.lines[0]!.id, unitPrice }]
    const draft = await trade.follow(path, source, 'bills', { lines })
    return trade.act(`/bills/${draft.id}/post`, reason && { acceptDifferences: { reason } })
  }
  const byOrder = async (productId: string, quantity: string, unitPrice: string): Promise<Answered> => {
    const order = await trade.buy([{ productId, quantity, unitPrice, taxIds: [] }])
    await trade.receive(order)
    return order
  }
  const corrections = async (productId: string) => {
    const { rows } = await trade.ownerDb.query<{ direction: string; change: string }>(
      `select direction, sum(value_change)::text as change from stock_value_corrections
       where product_id = $1 group by direction order by direction`,
      [productId],
    )
    return Object.fromEntries(rows.map(({ direction, change }) => [direction, money(change)]))
  }

  describe.each([
    ['ordered at the wrong price', true],
    ['received by hand at the wrong price', false],
  ])('(a) %s', (_, ordered) => {
    let productId: string
    let source: Answered
    let delivery: Answered

    it('before the bill: 115 / 30,500.00, delivery 2,652.17, left 105 / 27,847.83', async () => {
      productId = await trade.product()
      await trade.stock(productId, '100', { unitCost: '5.00' })
      source = ordered
        ? await byOrder(productId, '15', '2000.00')
        : await receiveAt(trade, productId, '15', '2000.00')
      expect(await pool(trade, productId)).toBe('115 / 30500.00')
      expect(await average(productId)).toBe('265.217391')
      delivery = await issue(trade, productId, '10')
      expect(money(delivery['value'])).toBe('2652.17')
      expect(await pool(trade, productId)).toBe('105 / 27847.83')
    })

    if (ordered) {
      it('says that the bill differs before it takes it', async () => {
        const lines = [{ sourceLineId: source.lines[0]!.id, unitPrice: '5.00' }]
        const draft = await trade.follow('purchase-orders', source, 'bills', { lines })
        const refusal = await trade.refused(`/bills/${draft.id}/post`)
        expect(refusal.detail).toMatch(/billed at 5, ordered at 2000/)
        await trade.api('DELETE', `/bills/${draft.id}`)
      })
    }

    it('after it: -29,925.00, of which stock -27,322.83 and the delivery -2,602.17', async () => {
      const before = await trade.level(productId)
      const bill = ordered
        ? await billAt('purchase-orders', source, '5.00', 'typing error on the order')
        : await billAt('receipt-notes', source, '5.00')
      expect(money(bill.totals.gross)).toBe('75.00')
      expect(await corrections(productId)).toEqual({ in: '-29925.00', out: '-2602.17' })
      const after = await trade.level(productId)
      expect(decimal(after.value).minus(before.value).toFixed(2)).toBe('-27322.83')
      expect(await cost(trade, 'delivery-notes', delivery)).toBe('50.00')
      expect(await pool(trade, productId)).toBe('105 / 525.00')
      expect(await average(productId)).toBe('5')
    })
  })

  describe.each([
    ['ordered', true],
    ['received by hand', false],
  ])('(b) %s at 10.00, billed at 15.00', (_, ordered) => {
    it('4 that went cost 60.00 and not 40.00; left 6 / 90.00', async () => {
      const productId = await trade.product()
      const source = ordered
        ? await byOrder(productId, '10', '10.00')
        : await receiveAt(trade, productId, '10', '10.00')
      const delivery = await issue(trade, productId, '4')
      expect(money(delivery['value'])).toBe('40.00')
      if (ordered) await billAt('purchase-orders', source, '15.00', 'price of the day')
      else await billAt('receipt-notes', source, '15.00')
      expect(await cost(trade, 'delivery-notes', delivery)).toBe('60.00')
      expect(await pool(trade, productId)).toBe('6 / 90.00')
    })
  })

  it('goes through a transfer and a return, and value is never negative while quantity is positive', async () => {
    const productId = await trade.product()
    const second = await trade.warehouse('SECOND')
    const receipt = await receiveAt(trade, productId, '10', '10.00')
    const transfer = await trade.api('POST', '/stock-transfers', {
      warehouseId: trade.warehouseId,
      toWarehouseId: second,
      lines: [{ productId, quantity: '6' }],
    })
    await trade.act(`/stock-transfers/${transfer.id}/post`)
    const delivery = await issue(trade, productId, '5', { warehouseId: second })
    await trade.takeBack(delivery, { lines: [{ sourceLineId: delivery.lines[0]!.id, quantity: '2' }] })
    await billAt('receipt-notes', receipt, '1.00')
    expect(await pool(trade, productId)).toBe('4 / 4.00')
    expect(await pool(trade, productId, second)).toBe('3 / 3.00')
    expect(await cost(trade, 'delivery-notes', delivery)).toBe('5.00')
  })

  itAddsUp(() => trade)
})
