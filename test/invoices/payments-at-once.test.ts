import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { charge, money, owed } from '../support/figures.ts'
import { deadlocks, inTurn } from '../support/held-up.ts'
import { type Trade, openTrade } from '../support/trade.ts'

/** People who work on one payment at the same moment, each held up exactly where it matters. */
describe('payments that several change at once', () => {
  let trade: Trade
  beforeAll(async () => {
    trade = await openTrade()
  })
  afterAll(() => trade.close())

  /** A draft of 100.00, or posted. */
  const draft = (allocations: object[] = []): Promise<Answered> =>
    trade.api('POST', '/payments', {
      direction: 'in',
      partyId: trade.customerId,
      amount: '100.00',
      allocations,
    })

  const holding = (payment: Answered) =>
    ['select from payments where id = $1 for no key update', [payment.id]] as const

  it('a cancelled one gives back what was allocated while the cancellation waited, and nobody waits in a circle', async () => {
    const payment = await trade.act(`/payments/${(await draft()).id}/post`)
    const invoice = await charge(trade, [{ unitPrice: '80.00' }])
    const allocate = (amount: string) => () =>
      trade.send('POST', `/payments/${payment.id}/allocate`, {
        allocations: [{ invoiceId: invoice.id, amount }],
      })
    const answers = await inTurn(trade.ownerDb, holding(payment), [
      allocate('30.00'),
      () => trade.send('POST', `/payments/${payment.id}/cancel`),
      allocate('20.00'),
    ])
    const [first, cancelled, last] = answers.map((answer) => answer.status)
    expect([first, cancelled]).toEqual([200, 200])
    expect([200, 409]).toContain(last)
    expect((await trade.again('payments', payment))['state']).toBe('cancelled')
    expect(owed(await trade.again('invoices', invoice))).toBe('80.00 open')
    expect(await deadlocks(trade.ownerDb)).toBe(0)
  })

  it('a planned one settles what the plan says when it is posted, though it was changed while the posting waited', async () => {
    const [first, second] = [
      await charge(trade, [{ unitPrice: '60.00' }]),
      await charge(trade, [{ unitPrice: '70.00' }]),
    ]
    const payment = await draft([{ invoiceId: first.id, amount: '60.00' }])
    const [changed, posted] = await inTurn(trade.ownerDb, holding(payment), [
      () =>
        trade.send('PATCH', `/payments/${payment.id}`, {
          allocations: [{ invoiceId: second.id, amount: '70.00' }],
        }),
      () => trade.send('POST', `/payments/${payment.id}/post`),
    ])
    expect([changed!.status, posted!.status]).toEqual([200, 200])
    expect(money(posted!.json['unallocatedAmount'])).toBe('30.00')
    expect([owed(await trade.again('invoices', first)), owed(await trade.again('invoices', second))]).toEqual(
      ['60.00 open', '0.00 paid'],
    )
  })

  itAddsUp(() => trade)
})
