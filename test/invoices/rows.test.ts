import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { type Trade, openTrade, part } from '../support/trade.ts'

describe('rows of lists of invoices', () => {
  let trade: Trade
  let productId: string
  beforeAll(async () => {
    trade = await openTrade()
    productId = await trade.product()
    await trade.stock(productId, '1000')
  })
  afterAll(() => trade.close())

  const row = async (path: string, { id }: Answered, more = {}): Promise<Answered> => {
    const { items } = await trade.api('GET', `/${path}?limit=200`, undefined, more)
    return items.find((item) => item.id === id)!
  }
  const sold = () => trade.sell([{ productId, quantity: '10', unitPrice: '10.00' }])
  const withKey = async (...permissions: string[]) => {
    const { key } = await trade.api('POST', '/api-keys', { name: 'Part', role: 'owner', permissions })
    return { as: { ...trade.owner, headers: { authorization: `Bearer ${String(key)}` } } }
  }

  it('say of a bill whether it agrees, as its page does', async () => {
    const order = await trade.buy([{ productId, quantity: '10', unitPrice: '10.00' }])
    await trade.receive(order, part(order, '10'))
    const dearer = (quantity: string) => part(order, quantity, { unitPrice: '12.00' })
    const agrees = await trade.follow('purchase-orders', order, 'bills', part(order, '2'))
    const differs = await trade.follow('purchase-orders', order, 'bills', dearer('3'))
    const accepted = await trade.follow('purchase-orders', order, 'bills', dearer('4'))
    await trade.act(`/bills/${accepted.id}/accept-differences`, { reason: 'price of the day' })
    const off = await trade.follow('purchase-orders', order, 'bills', part(order, '1'))
    await trade.act(`/bills/${off.id}/cancel`)
    for (const [bill, match] of [
      [agrees, 'matches'],
      [differs, 'differs'],
      [accepted, 'accepted'],
    ] as const) {
      expect((await row('bills', bill))['match']).toBe(match)
      expect((await trade.again('bills', bill))['match']).toMatchObject({ status: match })
    }
    expect((await row('bills', off))['match']).toBeNull()
  })

  it('find the number of a vendor that was entered before', async () => {
    const enter = () =>
      trade.act('/bills', {
        partyId: trade.vendorId,
        reference: 'V-77',
        lines: [{ description: 'Work', quantity: '1', unitPrice: '5.00', taxIds: [] }],
      })
    const first = await enter()
    await trade.act(`/bills/${first.id}/post`)
    expect((await row('bills', first))['match']).toBe('matches')
    expect((await row('bills', await enter()))['match']).toBe('differs')
  })

  it('name what a credit corrects, why, and what of it is redeemed and left', async () => {
    const invoice = await trade.invoice(await sold())
    await trade.pay(invoice, { amount: '80.00' })
    const credit = await trade.creditNote(invoice, {
      reason: 'Scratched',
      lines: [{ sourceLineId: invoice.lines[0]!.id, quantity: '5' }],
    })
    expect(await row('credit-notes', credit)).toMatchObject({
      correctsNumber: invoice.number,
      reason: 'Scratched',
      settledAmount: '20',
      openAmount: '30',
      match: null,
    })
    const clerk = await withKey('credit-note:read')
    expect((await row('credit-notes', credit, clerk))['correctsNumber']).toBeNull()
  })

  it('tell the newest mail about it to whoever may read mails', async () => {
    await trade.api('PATCH', `/parties/${trade.customerId}`, { email: 'anna@example.com' })
    const invoice = await trade.invoice(await sold())
    expect((await row('invoices', invoice))['mail']).toBeNull()
    await trade.ownerDb.query(
      `insert into mails (company_id, id, purpose, language, message_id, to_addresses, subject, body, state, sent_at, created_by, created_at)
       select company_id, ('00000000-0000-7000-8000-00000000000' || n)::uuid, 'invoice', 'en', 'message-' || n, '{a@example.com}', 'Invoice', 'Here',
         m.state, case m.state when 'sent' then timestamptz '2026-11-02T10:00:00Z' end, 'Test', timestamptz '2026-11-01T10:00:00Z'
       from invoices, (values (1, 'failed'), (2, 'sent'), (3, 'cancelled')) as m(n, state) where id = $1`,
      [invoice.id],
    )
    await trade.ownerDb.query(
      `insert into mail_documents (company_id, mail_id, document_id, kind, at)
       select m.company_id, m.id, $1, 'invoice', m.created_at from mails m where m.message_id like 'message-%'`,
      [invoice.id],
    )
    expect((await row('invoices', invoice))['mail']).toEqual({
      state: 'sent',
      at: '2026-11-02T10:00:00.000Z',
    })
    expect((await row('invoices', invoice, await withKey('invoice:read')))['mail']).toBeNull()
  })
})
