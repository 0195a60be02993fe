import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Trade, openTrade, part } from '../support/trade.ts'

/** Faults with money that random histories found, each told as the story in which it happened. */

let trade: Trade
beforeAll(async () => {
  trade = await openTrade({ company: { backOrders: true } })
})
afterAll(() => trade.close())

describe('an order with a document discount, one line of which is invoiced', () => {
  it('keeps the amount of that line when another one is amended', async () => {
    const line = async (unitPrice: string) => ({ productId: await trade.product(), quantity: '1', unitPrice })
    const lines = [await line('10.02'), await line('10.02')]
    const order = await trade.sell(lines, { discountPercent: '12.5' })
    const invoice = await trade.invoice(order, part(order, ['1']))
    expect(invoice.totals.gross).toBe('8.76')
    const amended = await trade.act(`/sales-orders/${order.id}/amend`, {
      lines: [{ id: order.lines[1]!.id, quantity: '2' }],
    })
    // The rounding of the discount went to the other line: this one said 8.77, and nothing was left to invoice.
    expect(amended.lines.map((l) => l['amount'])).toEqual(['8.76', '17.53'])
    const rest = await trade.invoice(order)
    expect([amended.totals.gross, rest.totals.gross]).toEqual(['26.29', '17.53'])
  })
})
