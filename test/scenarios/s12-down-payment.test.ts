import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { money, sums, tax } from '../support/figures.ts'
import { type Trade, openTrade } from '../support/trade.ts'

describe('S12 Down payment, final invoice, credit note, final invoice again', () => {
  let trade: Trade
  let order: Answered
  let advance: Answered
  let final: Answered
  let credit: Answered
  let again: Answered
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'EUR' } })
    const taxIds = [await tax(trade, '20')]
    const productId = await trade.product({ type: 'service' })
    order = await trade.sell([{ productId, quantity: '10', unitPrice: '100.00', taxIds }])
  })
  afterAll(() => trade.close())

  it('starts with an order of 1,000.00 net and 1,200.00 in all', () => {
    expect(sums(order)).toBe('1000.00 + 200.00 = 1200.00')
  })

  it('1: a down payment of 20 % is 200.00 + 40.00 = 240.00', async () => {
    advance = await trade.invoice(order, { downPayment: { percent: '20' } })
    expect(sums(advance)).toBe('200.00 + 40.00 = 240.00')
    expect(advance.lines.map((line) => line['type'])).toEqual(['advance'])
  })

  it('2: the final invoice takes it off once: 800.00 + 160.00 = 960.00', async () => {
    final = await trade.invoice(order)
    expect(sums(final)).toBe('800.00 + 160.00 = 960.00')
    expect(final.lines.map((line) => [line['type'], money(line['amount'])])).toEqual([
      ['item', '1000.00'],
      ['deduction', '-200.00'],
    ])
    expect(await toInvoice()).toEqual(['0', 'full'])
  })

  it('3: credited in full, 960.00', async () => {
    credit = await trade.creditNote(final)
    expect(sums(credit)).toBe('800.00 + 160.00 = 960.00')
    expect(await toInvoice()).toEqual(['10', 'none'])
  })

  it('4: invoiced again, with the down payment taken off once', async () => {
    again = await trade.invoice(order)
    expect(sums(again)).toBe('800.00 + 160.00 = 960.00')
    expect(again.lines.map((line) => [line['type'], money(line['amount'])])).toEqual([
      ['item', '1000.00'],
      ['deduction', '-200.00'],
    ])
  })

  it('all of it adds up to 1,200.00 and nothing is left to invoice', async () => {
    const gross = (document: Answered): number => Number(document.totals.gross)
    expect(gross(advance) + gross(final) - gross(credit) + gross(again)).toBe(1200)
    expect(await toInvoice()).toEqual(['0', 'full'])
    expect((await trade.refused(`/sales-orders/${order.id}/invoices`)).detail).toMatch(
      /nothing is left to invoice/i,
    )
    await trade.refused(`/sales-orders/${order.id}/invoices`, { downPayment: { percent: '1' } })
  })

  const toInvoice = async () => {
    const now = await trade.again('sales-orders', order)
    return [now.lines[0]!['toInvoice'], now.invoicing]
  }

  itAddsUp(() => trade)
})
