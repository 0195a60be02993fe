import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { charge, money, owed } from '../support/figures.ts'
import { type Trade, openTrade } from '../support/trade.ts'

describe('S11 Full credit note on an invoice that is 30 % paid', () => {
  let trade: Trade
  let invoice: Answered
  let credit: Answered
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'EUR' } })
    invoice = await charge(trade, [{ unitPrice: '100.00' }])
    await trade.pay(invoice, { amount: '30.00' })
  })
  afterAll(() => trade.close())

  it('starts with 30.00 of 100.00 paid', async () => {
    expect(owed(await trade.again('invoices', invoice))).toBe('70.00 partial')
  })

  it('1: 70.00 settles the invoice, 30.00 becomes customer credit', async () => {
    credit = await trade.creditNote(invoice)
    expect(money(credit.totals.gross)).toBe('100.00')
    expect(owed(credit)).toBe('30.00 partial')
    const settled = await trade.again('invoices', invoice)
    expect(owed(settled)).toBe('0.00 paid')
    expect(money(settled['paidAmount'])).toBe('30.00')
    expect(money(settled['creditedAmount'])).toBe('70.00')
  })

  it('2: a refund of 40.00 is refused: only 30.00 was ever paid', async () => {
    const refusal = await trade.refused(`/credit-notes/${credit.id}/payments`, { amount: '40.00' })
    expect(refusal.status).toBe(409)
    expect(refusal.detail).toMatch(/at most 30\.00 EUR/i)
    expect(owed(await trade.again('credit-notes', credit))).toBe('30.00 partial')
    expect((await trade.api('GET', '/payments')).items).toHaveLength(1)
  })

  it('3: a refund of 20.00 leaves 10.00', async () => {
    await trade.act(`/credit-notes/${credit.id}/payments`, { amount: '20.00' })
    credit = await trade.again('credit-notes', credit)
    expect(owed(credit)).toBe('10.00 partial')
    expect(money(credit['refundedAmount'])).toBe('20.00')
  })

  it('4: the rest is applied to a new invoice of 50.00', async () => {
    const next = await charge(trade, [{ unitPrice: '50.00' }])
    credit = await trade.act(`/credit-notes/${credit.id}/apply`)
    expect(owed(credit)).toBe('0.00 redeemed')
    expect(owed(await trade.again('invoices', next))).toBe('40.00 partial')
    const again = await trade.refused(`/credit-notes/${credit.id}/apply`)
    expect(again.detail).toMatch(/nothing .* is left/i)
    await trade.refused(`/credit-notes/${credit.id}/payments`)
  })

  it('cash: 30.00 in, 20.00 out', async () => {
    const { items } = await trade.api('GET', '/payments?sort=date')
    const cash = items.map((payment) => `${String(payment['direction'])} ${money(payment['amount'])}`)
    expect(cash.toSorted()).toEqual(['in 30.00', 'out 20.00'])
  })

  itAddsUp(() => trade)
})
