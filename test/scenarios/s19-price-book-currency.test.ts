import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decimal } from '../../src/kernel/decimal.ts'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { money, owed } from '../support/figures.ts'
import { type Trade, openTrade } from '../support/trade.ts'

describe('S19 Price-book prices keep their currency when the rate moves', () => {
  let trade: Trade
  let productId: string
  let order: Answered
  let invoice: Answered
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'INR' } })
    productId = await trade.product({ type: 'service', salesPrice: '1200.00' })
    const entries = [{ productId, price: '10.00', margin: '4.00' }]
    await trade.api('POST', '/price-books', { name: 'Export', currency: 'USD', entries })
    for (const [date, rate] of [
      ['2026-03-01', '80.00'],
      ['2026-04-01', '85.76'],
      ['2026-05-01', '90'],
    ]) {
      await trade.api('POST', '/exchange-rates', { currency: 'USD', date, rate })
    }
  })
  afterAll(() => trade.close())

  const worth = (document: Answered): string =>
    decimal(document.totals.gross)
      .times(decimal(String(document['exchangeRate'])))
      .toFixed(2)

  it('1: ten pieces are 140.00 USD = 11,200.00 INR', async () => {
    order = await trade.sell([{ productId, quantity: '10' }], { currency: 'USD', orderDate: '2026-03-10' })
    expect(money(order.lines[0]!['unitPrice'])).toBe('14.00')
    expect([money(order.totals.gross), worth(order)]).toEqual(['140.00', '11200.00'])
  })

  it('2: the invoice is 140.00 USD = 12,006.40 INR, the same after each save', async () => {
    invoice = await trade.follow('sales-orders', order, 'invoices', { date: '2026-04-10' })
    const figures = (draft: Answered) => [money(draft.totals.gross), money(draft['baseGross'])]
    expect(figures(invoice)).toEqual(['140.00', '12006.40'])
    for (let save = 0; save < 2; save++) {
      const opened = await trade.again('invoices', invoice)
      const lines = opened.lines.map((line) => ({
        id: line.id,
        description: line['description'],
        quantity: line.quantity,
        unitPrice: line['unitPrice'],
        discountPercent: line['discountPercent'],
        taxIds: line['taxIds'],
      }))
      const { date, dueDate, notes } = opened as Answered & Record<'date' | 'dueDate' | 'notes', string>
      invoice = await trade.api('PATCH', `/invoices/${invoice.id}`, { date, dueDate, notes, lines })
      expect(figures(invoice)).toEqual(['140.00', '12006.40'])
    }
  })

  it('3: a price set by hand stays when the date moves to a day with another rate', async () => {
    const [line] = invoice.lines
    invoice = await trade.api('PATCH', `/invoices/${invoice.id}`, {
      lines: [{ id: line!.id, unitPrice: '13.00' }],
    })
    expect([money(invoice.totals.gross), money(invoice['baseGross'])]).toEqual(['130.00', '11148.80'])
    invoice = await trade.api('PATCH', `/invoices/${invoice.id}`, { date: '2026-05-10' })
    expect(money(invoice.lines[0]!['unitPrice'])).toBe('13.00')
    expect([money(invoice.totals.gross), money(invoice['baseGross'])]).toEqual(['130.00', '11700.00'])
    const posted = await trade.act(`/invoices/${invoice.id}/post`)
    expect(owed(posted)).toMatch(/^130\.00 /)
    expect(money(posted.lines[0]!['unitPrice'])).toBe('13.00')
  })

  it('3: the same on a draft order', async () => {
    const head = { partyId: trade.customerId, currency: 'USD', orderDate: '2026-03-10' }
    let draft = await trade.api('POST', '/sales-orders', { ...head, lines: [{ productId, quantity: '10' }] })
    draft = await trade.api('PATCH', `/sales-orders/${draft.id}`, {
      lines: [{ productId, quantity: '10', unitPrice: '13.00' }],
    })
    draft = await trade.api('PATCH', `/sales-orders/${draft.id}`, { orderDate: '2026-05-10' })
    expect(money(draft.lines[0]!['unitPrice'])).toBe('13.00')
    expect([money(draft.totals.gross), worth(draft)]).toEqual(['130.00', '11700.00'])
  })

  it('4: a purchase price of 500.00 USD is 500.00 USD; 37,000.00 INR is only its value', async () => {
    await trade.api('POST', '/exchange-rates', { currency: 'USD', date: '2026-02-01', rate: '74' })
    const bought = await trade.product({ purchasePrice: '1.00' })
    const entries = [{ productId: bought, price: '500.00' }]
    await trade.api('POST', '/price-books', { name: 'Imports', side: 'purchase', currency: 'USD', entries })
    const purchase = await trade.buy([{ productId: bought, quantity: '1' }], {
      currency: 'USD',
      orderDate: '2026-02-10',
    })
    expect(money(purchase.lines[0]!['unitPrice'])).toBe('500.00')
    expect([money(purchase.totals.gross), worth(purchase)]).toEqual(['500.00', '37000.00'])
    await trade.receive(purchase)
    expect(money((await trade.level(bought)).value)).toBe('37000.00')
  })

  itAddsUp(() => trade)
})
