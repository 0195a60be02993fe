import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '../../src/kernel/dates.ts'
import { itAddsUp } from '../support/consistency.ts'
import { money } from '../support/figures.ts'
import { cost, issue, pool, receiveAt } from '../support/goods.ts'
import { type Trade, openTrade } from '../support/trade.ts'

describe('the stock value of a day, where a shipment was undone that a bill had corrected', () => {
  let trade: Trade
  const today = new Date().toISOString().slice(0, 10)
  const daysAgo = (days: number) => addDays(today, -days)
  beforeAll(async () => {
    trade = await openTrade()
  })
  afterAll(() => trade.close())

  /** '10 / 100.00', by warehouse that has a row. */
  const lay = async (productId: string, day: string): Promise<string[]> => {
    const { items } = await trade.api('GET', `/reports/stock-value?on=${day}`)
    return items
      .filter((row) => row['productId'] === productId)
      .map((row) => `${row['quantity'] as string} / ${money(row['value'])}`)
      .toSorted()
  }
  const received = async (valuation: string) => {
    const productId = await trade.product({ valuation })
    const receipt = await receiveAt(trade, productId, '10', '10.00', { date: daysAgo(60) })
    const bill = async () => {
      const lines = [{ sourceLineId: receipt.lines[0]!.id, unitPrice: '15.00' }]
      const draft = await trade.act(`/receipt-notes/${receipt.id}/bills`, { lines })
      await trade.act(`/bills/${draft.id}/post`)
    }
    return { productId, receipt, bill }
  }

  describe.each(['average', 'fifo'])('by %s', (valuation) => {
    it('is as if a delivery had never been', async () => {
      const { productId, bill } = await received(valuation)
      const delivery = await issue(trade, productId, '4', { date: daysAgo(59) })
      await bill()
      await trade.act(`/delivery-notes/${delivery.id}/reverse`)
      expect(await pool(trade, productId)).toBe('10 / 150.00')
      expect(await lay(productId, daysAgo(45))).toEqual(['10 / 100.00'])
      expect(await lay(productId, today)).toEqual(['10 / 150.00'])
      const { items } = await trade.api('GET', `/stock/moves?productId=${productId}`)
      expect(items.map((m) => money(m['value']))).toEqual(['60.00', '60.00', '150.00'])
      const why = await trade.api(
        'GET',
        `/stock/levels/explain?productId=${productId}&warehouseId=${trade.warehouseId}&field=value`,
      )
      const reversals = (why['rows'] as { cause: string; amount: string }[]).filter(
        (row) => row.cause === 'reversal',
      )
      expect(reversals.map((row) => money(row.amount))).toEqual(['60.00'])
    })

    it('nor a transfer to another warehouse', async () => {
      const { productId, bill } = await received(valuation)
      const toWarehouseId = await trade.warehouse(`TO-${valuation}`)
      const lines = [{ productId, quantity: '4' }]
      const head = { warehouseId: trade.warehouseId, toWarehouseId, date: daysAgo(59) }
      const transfer = await trade.act('/stock-transfers', { ...head, lines })
      await trade.act(`/stock-transfers/${transfer.id}/post`)
      await bill()
      await trade.act(`/stock-transfers/${transfer.id}/reverse`)
      expect(await pool(trade, productId)).toBe('10 / 150.00')
      expect(await lay(productId, daysAgo(45))).toEqual(['10 / 100.00'])
      expect(await lay(productId, today)).toEqual(['10 / 150.00'])
    })

    it('nor the receipt itself, and what is delivered again costs what the bill says', async () => {
      const { productId, bill, receipt } = await received(valuation)
      const delivery = await issue(trade, productId, '4', { date: daysAgo(59) })
      await bill()
      await trade.act(`/delivery-notes/${delivery.id}/reopen`)
      await trade.act(`/delivery-notes/${delivery.id}/post`)
      expect(await cost(trade, 'delivery-notes', delivery)).toBe('60.00')
      expect(await pool(trade, productId)).toBe('6 / 90.00')
      await trade.act(`/delivery-notes/${delivery.id}/reverse`)
      expect(await lay(productId, daysAgo(45))).toEqual(['10 / 100.00'])
      expect((await trade.again('receipt-notes', receipt))['value']).toBe('150')
    })
  })

  itAddsUp(() => trade)
})
