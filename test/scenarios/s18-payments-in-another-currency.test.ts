import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { charge, invoiceOf, money, owed } from '../support/figures.ts'
import { type Trade, openTrade } from '../support/trade.ts'

describe('S18 Payments in another currency than the invoice', () => {
  const rate = (trade: Trade, currency: string, date: string, value: string) =>
    trade.api('POST', '/exchange-rates', { currency, date, rate: value })

  describe('(a) company CZK, invoice 350.00 USD, 1 CZK = 0.03 USD', () => {
    let trade: Trade
    let invoice: Answered
    beforeAll(async () => {
      trade = await openTrade({ company: { currency: 'CZK' } })
      await rate(trade, 'USD', '2026-01-01', '33.3333333333')
      invoice = await charge(trade, [{ unitPrice: '350.00' }], { currency: 'USD' })
    })
    afterAll(() => trade.close())

    const paid: string[] = []
    const pay = async (amount?: string) => {
      const payment = await trade.pay(invoice, { ...(amount && { amount }), currency: 'CZK' })
      paid.push(String(payment['amount']))
      const [allocation] = payment['allocations'] as { amount: string; currency: string }[]
      return `${money(allocation!.amount)} ${allocation!.currency}`
    }

    it('2,000.00 CZK are 60.00 USD, open 290.00', async () => {
      expect(await pay('2000.00')).toBe('60.00 USD')
      expect(owed(await trade.again('invoices', invoice))).toBe('290.00 partial')
    })

    it('1,000.00 CZK are 30.00 USD, open 260.00', async () => {
      expect(await pay('1000.00')).toBe('30.00 USD')
      expect(owed(await trade.again('invoices', invoice))).toBe('260.00 partial')
    })

    it('"in full" proposes 8,666.67 CZK, and that pays it', async () => {
      const preview = await trade.act(`/invoices/${invoice.id}/payments?preview=true`, { currency: 'CZK' })
      expect(money(preview['amount'])).toBe('8666.67')
      expect(owed(await trade.again('invoices', invoice))).toBe('260.00 partial')
      expect(await pay()).toBe('260.00 USD')
      expect(owed(await trade.again('invoices', invoice))).toBe('0.00 paid')
    })

    it('11,666.67 CZK in all', () => {
      expect(paid.reduce((all, amount) => all + Math.round(Number(amount) * 100), 0) / 100).toBe(11_666.67)
    })

    itAddsUp(() => trade)
  })

  describe('(b) company CNY, advance 100.00 USD at 6, invoice 200.00 USD at 8', () => {
    let trade: Trade
    let payment: Answered
    let invoice: Answered
    beforeAll(async () => {
      trade = await openTrade({ company: { currency: 'CNY' } })
      await rate(trade, 'USD', '2026-03-01', '6')
      await rate(trade, 'USD', '2026-04-01', '8')
    })
    afterAll(() => trade.close())

    it('takes the advance at 6', async () => {
      const advance = {
        direction: 'in',
        partyId: trade.customerId,
        amount: '100.00',
        currency: 'USD',
        date: '2026-03-15',
      }
      const draft = await trade.api('POST', '/payments', advance)
      payment = await trade.act(`/payments/${draft.id}/post`)
      expect(money(payment['baseAmount'])).toBe('600.00')
      expect(money(payment['unallocatedAmount'])).toBe('100.00')
    })

    it('leaves 100.00 USD open before and after posting; the invoice is 1,600.00 CNY', async () => {
      const productId = await trade.product({ type: 'service' })
      const lines = [{ productId, quantity: '1', unitPrice: '200.00', taxIds: [] }]
      const order = await trade.sell(lines, { currency: 'USD', orderDate: '2026-03-10' })
      const advances = [{ paymentId: payment.id, amount: '100.00' }]
      const made = await trade.follow('sales-orders', order, 'invoices', { date: '2026-04-20' })
      const draft = await trade.api('PATCH', `/invoices/${made.id}`, { advances })
      expect([money(draft.openAmount), money(draft['baseGross'])]).toEqual(['100.00', '1600.00'])
      invoice = await trade.act(`/invoices/${draft.id}/post`)
      expect([owed(invoice), money(invoice['baseGross'])]).toEqual(['100.00 overdue', '1600.00'])
    })

    it('shows the exchange loss of 200.00 CNY apart from the open amount', async () => {
      expect(money((await trade.again('invoices', invoice))['exchangeDifference'])).toBe('-200.00')
      const used = await trade.again('payments', payment)
      expect([money(used['exchangeDifference']), money(used['unallocatedAmount'])]).toEqual([
        '-200.00',
        '0.00',
      ])
    })

    it('takes no more of an advance than is left of it', async () => {
      const lines = [{ unitPrice: '10.00' }]
      const advances = [{ paymentId: payment.id, amount: '0.01' }]
      const draft = await trade.api(
        'POST',
        '/invoices',
        invoiceOf(trade, lines, { currency: 'USD', advances }),
      )
      expect((await trade.refused(`/invoices/${draft.id}/post`)).detail).toMatch(/at most 0 USD .* is left/i)
    })

    itAddsUp(() => trade)
  })

  describe('(c) bill of 100.00 in company currency = 120.00 in its own', () => {
    let trade: Trade
    beforeAll(async () => {
      trade = await openTrade({ company: { currency: 'EUR' } })
      await rate(trade, 'USD', '2026-01-01', '0.8333333333')
    })
    afterAll(() => trade.close())

    it('a part of 30.00 in company currency is 36.00 of the bill: open 70.00 / 84.00', async () => {
      const lines = [{ unitPrice: '120.00' }]
      const head = { partyId: trade.vendorId, currency: 'USD' }
      const draft = await trade.api('POST', '/bills', invoiceOf(trade, lines, head))
      const bill = await trade.act(`/bills/${draft.id}/post`)
      expect([money(bill['baseGross']), money(bill.openAmount)]).toEqual(['100.00', '120.00'])

      const payment = await trade.act(`/bills/${bill.id}/payments`, { amount: '30.00', currency: 'EUR' })
      expect([payment['direction'], money(payment['amount']), money(payment['baseAmount'])]).toEqual([
        'out',
        '30.00',
        '30.00',
      ])
      const [allocation] = payment['allocations'] as { amount: string; paymentAmount: string }[]
      expect([money(allocation!.paymentAmount), money(allocation!.amount)]).toEqual(['30.00', '36.00'])

      const after = await trade.again('bills', bill)
      expect([money(after['openBaseAmount']), owed(after)]).toEqual(['70.00', '84.00 partial'])
    })

    itAddsUp(() => trade)
  })
})
