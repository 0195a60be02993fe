import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { charge, money, owed } from '../support/figures.ts'
import { type Trade, openTrade } from '../support/trade.ts'

/** What was open on a day, where money or a credit has another date than the invoice that it settles. */
describe('what is open of a party', () => {
  let trade: Trade
  let partyId: string
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'EUR' } })
  })
  beforeEach(async () => {
    partyId = await trade.customer(`Customer of ${expect.getState().currentTestName}`)
  })
  afterAll(() => trade.close())

  /** Open, credit and balance at the end of a day. */
  const at = async (asOf?: string): Promise<string[]> => {
    const day = asOf === undefined ? '' : `&asOf=${asOf}`
    const { items } = await trade.api<{ items: Record<string, string>[] }>(
      'GET',
      `/receivables?partyId=${partyId}${day}`,
    )
    const [row] = items
    return row === undefined ? [] : [row['open'], row['credit'], row['balance']].map((each) => money(each))
  }
  const invoiceOf = (date: string): Promise<Answered> =>
    charge(trade, [{ unitPrice: '100.00' }], { partyId, date })
  const receive = (date: string, more: object = {}): Promise<Answered> =>
    trade.api('POST', '/payments', { direction: 'in', partyId, amount: '100.00', date, post: true, ...more })
  const allocated = ({ id }: Answered) => ({ allocations: [{ invoiceId: id, amount: '100.00' }] })
  const credit = ['0.00', '100.00', '-100.00']
  const debt = ['100.00', '0.00', '100.00']

  it('is credit while the money is there and the invoice is not, whichever way it settles it', async () => {
    const invoice = await invoiceOf('2026-03-01')
    const payment = await receive('2026-02-10', allocated(invoice))
    expect([owed(invoice), payment['unallocatedAmount']]).toEqual(['100.00 overdue', '0'])
    expect(owed(await trade.again('invoices', invoice))).toBe('0.00 paid')
    expect(await at('2026-02-09')).toEqual([])
    // It was nothing: the money was gone before the invoice came.
    expect(await at('2026-02-15')).toEqual(credit)
    expect(await at('2026-03-01')).toEqual([])
  })

  it('is so when the invoice itself is paid, or settled with an advance', async () => {
    await trade.pay(await invoiceOf('2026-03-01'), { date: '2026-02-10' })
    expect([await at('2026-02-15'), await at('2026-03-01')]).toEqual([credit, []])
    const advance = await receive('2026-03-20')
    const draft = await trade.api('POST', '/invoices', {
      partyId,
      date: '2026-03-10',
      lines: [{ description: 'Service', quantity: '1', unitPrice: '100.00', taxIds: [] }],
      advances: [{ paymentId: advance.id, amount: '100.00' }],
    })
    await trade.act(`/invoices/${draft.id}/post`)
    expect([await at('2026-03-15'), await at('2026-03-20')]).toEqual([debt, []])
  })

  it('is credit of a credit note that is dated before its invoice', async () => {
    const invoice = await invoiceOf('2026-03-01')
    await trade.creditNote(invoice, { date: '2026-02-20' })
    expect(await at('2026-02-25')).toEqual(credit)
    expect(await at('2026-03-01')).toEqual([])
  })

  it('is nothing today when it is settled, also by money that is dated in the future', async () => {
    const invoice = await invoiceOf('2026-03-01')
    await trade.pay(invoice, { date: '2099-01-01' })
    expect(owed(await trade.again('invoices', invoice))).toBe('0.00 paid')
    expect([await at(), await at('2026-03-02'), await at('2099-01-01')]).toEqual([[], debt, []])
    const again = await invoiceOf('2026-04-01')
    await trade.creditNote(again, { date: '2099-01-01' })
    const both = ['200.00', '0.00', '200.00']
    expect([await at(), await at('2026-04-02'), await at('2099-01-01')]).toEqual([[], both, []])
  })

  it('is credit today of money for an invoice that is dated in the future, and of a cancelled one nothing', async () => {
    const payment = await receive('2026-02-10', allocated(await invoiceOf('2099-01-01')))
    expect([await at(), await at('2099-01-01')]).toEqual([credit, []])
    await trade.act(`/payments/${payment.id}/cancel`)
    expect([await at(), await at('2099-01-01')]).toEqual([[], debt])
  })

  it('is what it would be if a cancelled payment had never been', async () => {
    const invoice = await invoiceOf('2026-03-01')
    const wrong = await receive('2026-03-02', { amount: '60.00' })
    await trade.act(`/payments/${wrong.id}/allocate`, {
      allocations: [{ invoiceId: invoice.id, amount: '60.00' }],
    })
    await trade.act(`/payments/${wrong.id}/cancel`)
    await trade.pay(invoice, { amount: '60.00', date: '2026-03-03' })
    const open = ['40.00', '0.00', '40.00']
    // It was paid twice until today: nothing was open, and the second payment took more than there was.
    expect([await at('2026-03-02'), await at('2026-03-10'), await at()]).toEqual([debt, open, open])
    const larger = await receive('2026-03-05', {
      amount: '300.00',
      ...allocated(await invoiceOf('2026-03-04')),
    })
    await trade.act(`/payments/${larger.id}/cancel`)
    expect(await at('2026-03-10')).toEqual(['140.00', '0.00', '140.00'])
    const refunded = await receive('2026-03-06')
    await trade
      .act(`/payments/${refunded.id}/refund`, { date: '2026-03-07' })
      .then((refund) => trade.act(`/payments/${refund.id}/cancel`))
    expect(await at('2026-03-10')).toEqual(['140.00', '100.00', '40.00'])
  })

  it('is what was paid back until then', async () => {
    const payment = await receive('2026-02-10')
    await trade.act(`/payments/${payment.id}/refund`, { date: '2026-02-05' })
    expect([await at('2026-02-07'), await at('2026-02-10'), await at()]).toEqual([
      ['0.00', '-100.00', '100.00'],
      [],
      [],
    ])
  })

  itAddsUp(() => trade)
})
