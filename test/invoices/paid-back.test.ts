import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { charge, money, owed } from '../support/figures.ts'
import { deadlocks } from '../support/held-up.ts'
import { oneAndTwoProcesses } from '../support/server-processes.ts'
import { type Trade, openTrade, statuses } from '../support/trade.ts'

/** No more money goes back than came in, whatever is cancelled in between (S11). */
describe.each(oneAndTwoProcesses)('what was paid back (%s)', (_, processes) => {
  let trade: Trade
  beforeAll(async () => {
    trade = await openTrade({ processes, company: { currency: 'EUR' } })
  })
  afterAll(() => trade.close())

  const sides = [
    { side: 'customer', claims: 'invoices', credits: 'credit-notes' },
    { side: 'vendor', claims: 'bills', credits: 'vendor-credits' },
  ] as const
  type Side = (typeof sides)[number]

  const claim = async ({ side }: Side): Promise<Answered> => {
    if (side === 'customer') return charge(trade, [{ unitPrice: '100.00' }])
    const lines = [{ description: 'Service', quantity: '1', unitPrice: '100.00', taxIds: [] }]
    const bill = await trade.api('POST', '/bills', { partyId: trade.vendorId, lines })
    return trade.act(`/bills/${bill.id}/post`)
  }
  const pay = (path: string, document: Answered, amount?: string) =>
    trade.follow(path, document, 'payments', amount === undefined ? {} : { amount })
  const cancel = (payment: Answered) => trade.act(`/payments/${payment.id}/cancel`)
  const figures = (document: Answered) =>
    ['paidAmount', 'refundedAmount', 'netPaid'].map((name) => money(document[name]))

  describe.each(sides)('$claims', (side) => {
    const { claims, credits } = side

    it('a payment that a refund of the credit paid back is not cancelled before that refund', async () => {
      const invoice = await claim(side)
      const payment = await pay(claims, invoice)
      const credit = await trade.followAndPost(claims, invoice, credits)
      const refund = await pay(credits, credit)
      const refused = await trade.refused(`/payments/${payment.id}/cancel`)
      expect([refused.status, refused.code]).toEqual([409, 'built-upon'])
      expect(refused.detail).toMatch(`paid back by ${credit.number}. Cancel that refund first`)
      const { actions } = await trade.again('payments', payment)
      expect(actions.find(({ name }) => name === 'cancel')).toMatchObject({ allowed: false })
      expect(figures(await trade.again(claims, invoice))).toEqual(['100.00', '100.00', '0.00'])
      await cancel(refund)
      await cancel(payment)
      expect(figures(await trade.again(claims, invoice))).toEqual(['0.00', '0.00', '0.00'])
      expect([owed(await trade.again(claims, invoice)), owed(await trade.again(credits, credit))]).toEqual([
        '0.00 paid',
        '0.00 redeemed',
      ])
    })

    it('when a payment is cancelled the credit settles its invoice, and nothing is left to refund', async () => {
      const invoice = await claim(side)
      const payment = await pay(claims, invoice)
      const credit = await trade.followAndPost(claims, invoice, credits)
      expect(owed(credit)).toBe('100.00 open')
      await cancel(payment)
      expect([owed(await trade.again(claims, invoice)), owed(await trade.again(credits, credit))]).toEqual([
        '0.00 paid',
        '0.00 redeemed',
      ])
      expect((await trade.refused(`/${credits}/${credit.id}/payments`)).code).toBe('nothing-left')
    })

    it('of two payments the one is cancelled that what went back does not need', async () => {
      const invoice = await claim(side)
      const [most, rest] = [await pay(claims, invoice, '60.00'), await pay(claims, invoice)]
      const credit = await trade.followAndPost(claims, invoice, credits, { amount: '50.00' })
      const refund = await pay(credits, credit)
      await trade.refused(`/payments/${most.id}/cancel`)
      await cancel(rest)
      expect(owed(await trade.again(claims, invoice))).toMatch(/^40.00/)
      // What is there again settles what is open, and only what was paid beyond that can be paid back.
      await cancel(refund)
      expect(owed(await trade.again(claims, invoice))).toBe('0.00 paid')
      expect(owed(await trade.again(credits, credit))).toBe('10.00 partial')
    })

    it('of a refund and a cancellation at the same moment one is refused, or nothing is left of it', async () => {
      const invoice = await claim(side)
      const payment = await pay(claims, invoice)
      const credit = await trade.followAndPost(claims, invoice, credits)
      const answers = await Promise.all([
        trade.send('POST', `/${credits}/${credit.id}/payments`),
        trade.send('POST', `/payments/${payment.id}/cancel`),
        trade.send('POST', `/${credits}/${credit.id}/payments`),
      ])
      const count = statuses(answers)
      expect((count[200] ?? 0) + (count[201] ?? 0)).toBe(1)
      expect(count[409]).toBe(2)
      expect(figures(await trade.again(claims, invoice))[2]).toBe('0.00')
      expect(await deadlocks(trade.ownerDb)).toBe(0)
    })
  })

  it('a credit that settled another invoice is money paid on that one', async () => {
    const [first, second] = [
      await charge(trade, [{ unitPrice: '100.00' }]),
      await charge(trade, [{ unitPrice: '100.00' }]),
    ]
    await trade.pay(first)
    const credit = await trade.creditNote(first)
    await trade.act(`/credit-notes/${credit.id}/apply`, {
      allocations: [{ invoiceId: second.id, amount: '100.00' }],
    })
    const other = await trade.creditNote(second)
    expect(money((await trade.follow('credit-notes', other, 'payments'))['amount'])).toBe('100.00')
  })

  itAddsUp(() => trade)
})
