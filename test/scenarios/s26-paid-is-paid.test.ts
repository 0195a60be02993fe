import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { charge, money, owed, sums, tax } from '../support/figures.ts'
import { type Trade, openTrade } from '../support/trade.ts'

describe('S26 Paid is paid', () => {
  let trade: Trade
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'CHF' } })
    await trade.api('PATCH', '/currencies/CHF', { cashRounding: '0.05' })
  })
  afterAll(() => trade.close())

  const offered = (document: Answered, name: string) =>
    document.actions.find((action) => action.name === name)!.allowed

  describe('(a) 209.90 + 10 %, in cash to 0.05', () => {
    let invoice: Answered
    beforeAll(async () => {
      invoice = await charge(trade, [{ unitPrice: '209.90', taxIds: [await tax(trade, '10')] }])
    })

    it('230.89 are asked as 230.90', async () => {
      expect(sums(invoice)).toBe('209.90 + 20.99 = 230.89')
      const asked = await trade.act(`/invoices/${invoice.id}/payments?preview=true`, { method: 'cash' })
      expect(money(asked['amount'])).toBe('230.90')
      expect(money(asked['rounding'])).toBe('0.01')
    })

    it('paid with what is asked: open 0.00, rounding 0.01 apart, no change', async () => {
      const payment = await trade.pay(invoice, { method: 'cash', amount: '230.90' })
      expect([money(payment['amount']), money(payment['rounding'])]).toEqual(['230.90', '0.01'])
      expect([money(payment['allocatedAmount']), money(payment['unallocatedAmount'])]).toEqual([
        '230.89',
        '0.00',
      ])
      const after = await trade.again('invoices', invoice)
      expect([owed(after), money(after['paidAmount'])]).toEqual(['0.00 paid', '230.89'])
      expect(offered(after, 'payments')).toBe(false)
    })

    it('by bank it is 230.89', async () => {
      const other = await charge(trade, [{ unitPrice: '230.89' }])
      const payment = await trade.pay(other, { method: 'bank' })
      expect([money(payment['amount']), money(payment['rounding'])]).toEqual(['230.89', '0.00'])
      expect(owed(await trade.again('invoices', other))).toBe('0.00 paid')
    })

    it('rounds down as well: 230.92 are asked as 230.90', async () => {
      const other = await charge(trade, [{ unitPrice: '230.92' }])
      const payment = await trade.pay(other, { method: 'cash' })
      expect([money(payment['amount']), money(payment['rounding'])]).toEqual(['230.90', '-0.02'])
      expect(owed(await trade.again('invoices', other))).toBe('0.00 paid')
    })
  })

  it('(b) 33.33, 33.33 and 33.34 of 100.00: open exactly 0.00, paid, never overdue', async () => {
    const invoice = await charge(trade, [{ unitPrice: '100.00' }], {
      date: '2026-01-01',
      dueDate: '2026-01-01',
    })
    const seen = []
    for (const amount of ['33.33', '33.33', '33.34']) {
      await trade.pay(invoice, { amount })
      seen.push(owed(await trade.again('invoices', invoice)))
    }
    expect(seen).toEqual(['66.67 overdue', '33.34 overdue', '0.00 paid'])
    const { items } = await trade.api('GET', '/invoices?paymentStatus=overdue')
    expect(items.some(({ id }) => id === invoice.id)).toBe(false)
  })

  it('(c) an order of 100.00 paid and fully refunded: net paid 0.00, not unpaid, not offered for payment', async () => {
    const productId = await trade.product({ type: 'service' })
    const order = await trade.sell([{ productId, quantity: '1', unitPrice: '100.00', taxIds: [] }])
    const invoice = await trade.invoice(order)
    await trade.pay(invoice)
    const credit = await trade.creditNote(invoice)
    await trade.act(`/credit-notes/${credit.id}/payments`)
    expect(owed(await trade.again('credit-notes', credit))).toBe('0.00 redeemed')

    const after = await trade.again('invoices', invoice)
    expect(owed(after)).toBe('0.00 paid')
    expect([money(after['paidAmount']), money(after['refundedAmount'])]).toEqual(['100.00', '100.00'])
    expect(money(after['netPaid'])).toBe('0.00')
    expect(offered(after, 'payments')).toBe(false)
    expect((await trade.refused(`/invoices/${invoice.id}/payments`)).detail).toMatch(
      /paid already; nothing is open/,
    )
    for (const status of ['open', 'partial', 'overdue']) {
      const { items } = await trade.api('GET', `/invoices?paymentStatus=${status}`)
      expect(items.some(({ id }) => id === invoice.id)).toBe(false)
    }
  })

  itAddsUp(() => trade)
})
