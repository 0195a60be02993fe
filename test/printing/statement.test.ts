import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { itAddsUp } from '../support/consistency.ts'
import { charge } from '../support/figures.ts'
import { printed, textOf } from '../support/pdf.ts'
import { type Trade, openTrade } from '../support/trade.ts'

describe('the statement of account', () => {
  let trade: Trade
  let partyId: string
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'EUR' } })
    await trade.api('POST', '/exchange-rates', { currency: 'USD', date: '2000-01-01', rate: '0.8' })
    partyId = await trade.customer('Customer of two currencies')
  })
  afterAll(() => trade.close())

  /** What it says behind its head, with one kind of space. */
  const says = async (query: string): Promise<string> => {
    const text = await textOf(await printed(trade, `/parties/${partyId}/statement/pdf?language=en&${query}`))
    return text.replaceAll(/\s+/g, ' ').replace(/^.*Charge Credit Balance /, '')
  }
  const invoice = (amount: string, date: string) =>
    charge(trade, [{ unitPrice: amount }], { partyId, date, paymentTermDays: 3000 })

  it('takes what was paid in another currency for paid, in both of them', async () => {
    const owed = await invoice('80.00', '2026-03-01')
    const paid = await trade.pay(owed, { currency: 'USD', date: '2026-03-02' })
    expect([paid['amount'], paid['currency']]).toEqual(['100', 'USD'])
    expect(await says('currency=EUR')).toContain(
      `2 Mar 2026 Payment receipt ${paid.number} 80.00 0.00 Balance EUR 0.00`,
    )
    expect(await says('currency=USD')).not.toContain(paid.number)
    expect(await says('currency=USD')).toContain('Balance USD 0.00')
    const credit = await trade.creditNote(owed, { date: '2026-03-03' })
    const back = await trade.act(`/credit-notes/${credit.id}/payments`, {
      currency: 'USD',
      date: '2026-03-04',
    })
    expect(await says('currency=EUR')).toContain(`${back.number} 80.00 0.00 Balance EUR 0.00`)
    expect(await says('currency=USD')).toContain('Balance USD 0.00')
  })

  it('keeps in its own currency what of a payment is not allocated, until it is', async () => {
    const payment = await trade.api('POST', '/payments', {
      direction: 'in',
      partyId,
      amount: '150.00',
      currency: 'USD',
      date: '2026-04-01',
      post: true,
    })
    const owed = await invoice('80.00', '2026-03-20')
    await trade.act(`/payments/${payment.id}/allocate`, {
      allocations: [{ invoiceId: owed.id, amount: '80.00' }],
    })
    expect(await says('currency=EUR&to=2026-04-02')).toContain('Balance EUR 80.00')
    expect(await says('currency=USD&to=2026-04-02')).toContain('Balance -USD 150.00')
    expect(await says('currency=EUR')).toContain('Balance EUR 0.00')
    expect(await says('currency=USD')).toContain('Balance -USD 50.00')
    await trade.act(`/payments/${payment.id}/cancel`)
    expect(await says('currency=EUR')).toContain('Balance EUR 80.00')
    expect(await says('currency=USD')).toContain('Balance USD 0.00')
  })

  it('is of a period that ends behind its beginning', async () => {
    const { status, json } = await trade.send(
      'GET',
      `/parties/${partyId}/statement/pdf?from=2026-12-01&to=2026-01-01`,
    )
    expect([status, json.code, json['detail']]).toEqual([
      422,
      'period-ends-before-it-begins',
      'The period ends (2026-01-01) before it begins (2026-12-01).',
    ])
  })

  itAddsUp(() => trade)
})
