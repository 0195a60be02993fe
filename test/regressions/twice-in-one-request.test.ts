import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { charge, owed } from '../support/figures.ts'
import { type Trade, openTrade } from '../support/trade.ts'

/** One request that names the same document twice may not take from it twice. */
describe('a claim that is named twice', () => {
  let trade: Trade
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'EUR' } })
  })
  afterAll(() => trade.close())

  const claim = () => charge(trade, [{ quantity: '1', unitPrice: '100.00', taxIds: [] }])

  it('is not paid twice by one payment', async () => {
    const invoice = await claim()
    const payment = await trade.api('POST', '/payments', {
      direction: 'in',
      partyId: trade.customerId,
      amount: '120.00',
    })
    await trade.act(`/payments/${payment.id}/post`)
    const allocate = `/payments/${payment.id}/allocate`
    const allocations = (second: string) => ({
      allocations: [
        { invoiceId: invoice.id, amount: '60.00' },
        { invoiceId: invoice.id, amount: second },
      ],
    })
    const refused = await trade.refused(allocate, allocations('60.00'))
    expect(refused).toMatchObject({ status: 409, code: 'over-allocation' })
    expect(refused['detail']).toContain('At most 40 EUR is open')
    expect(owed(await trade.again('invoices', invoice))).toBe('100.00 open')
    await trade.api('POST', allocate, allocations('40.00'))
    expect(owed(await trade.again('invoices', invoice))).toBe('0.00 paid')
  })

  it('is not settled twice by one credit', async () => {
    const invoice = await claim()
    const other = await claim()
    await trade.pay(other)
    const credit = await trade.creditNote(other)
    const allocations = (second: string) => ({
      allocations: [
        { invoiceId: invoice.id, amount: '60.00' },
        { invoiceId: invoice.id, amount: second },
      ],
    })
    // All of the credit is asked for, and more than the invoice has left after its first part.
    await trade.api('POST', `/invoices/${invoice.id}/payments`, { amount: '30.00' })
    const refused = await trade.refused(`/credit-notes/${credit.id}/apply`, allocations('40.00'))
    expect(refused['detail']).toContain('At most 10')
    await trade.api('POST', `/credit-notes/${credit.id}/apply`, allocations('10.00'))
    expect(owed(await trade.again('invoices', invoice))).toBe('0.00 paid')
  })
})
