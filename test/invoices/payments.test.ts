import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { charge, invoiceOf, money, owed } from '../support/figures.ts'
import { type Trade, openTrade } from '../support/trade.ts'

describe('payments', () => {
  let trade: Trade
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'CZK' } })
    await trade.api('POST', '/exchange-rates', { currency: 'USD', date: '2026-01-01', rate: '33.3333333333' })
    await trade.api('PATCH', '/currencies/CZK', { cashRounding: '1' })
  })
  afterAll(() => trade.close())

  const onAccount = async (amount: string, more: object = {}): Promise<Answered> => {
    const draft = await trade.api('POST', '/payments', {
      direction: 'in',
      partyId: trade.customerId,
      amount,
      ...more,
    })
    return trade.act(`/payments/${draft.id}/post`)
  }

  it('are no finer than their currency, wherever an amount is entered', async () => {
    const invoice = await charge(trade, [{ unitPrice: '350.00' }])
    const payment = await onAccount('10.00')
    const paid = await charge(trade, [{ unitPrice: '1.00' }])
    await trade.pay(paid)
    const credit = await trade.creditNote(paid)
    const allocations = [{ invoiceId: invoice.id, amount: '0.001' }]
    const account = { direction: 'in', partyId: trade.customerId, amount: '10.00' }
    const advances = [{ paymentId: payment.id, amount: '0.001' }]
    const draft = await trade.api('POST', '/invoices', invoiceOf(trade, [{ unitPrice: '1.00' }]))
    for (const [path, body, method] of [
      [`/invoices/${invoice.id}/payments`, { amount: '0.001' }],
      [`/invoices/${invoice.id}/credit-notes`, { amount: '0.001' }],
      [
        `/invoices/${invoice.id}/credit-notes`,
        { lines: [{ sourceLineId: invoice.lines[0]!.id, amount: '0.001' }] },
      ],
      ['/payments', { ...account, amount: '0.001' }],
      ['/payments', { ...account, allocations }],
      [`/payments/${payment.id}/allocate`, { allocations }],
      [`/payments/${payment.id}/refund`, { amount: '0.001' }],
      [`/credit-notes/${credit.id}/apply`, { allocations }],
      [`/credit-notes/${credit.id}/payments`, { amount: '0.001' }],
      ['/invoices', invoiceOf(trade, [{ unitPrice: '1.00' }], { advances })],
      [`/invoices/${draft.id}`, { advances }, 'PATCH'],
    ] as const) {
      const refusal = await trade.refused(path, body, { method: method ?? 'POST' })
      expect([path, refusal.code, refusal.detail]).toEqual([
        path,
        'too-fine',
        'An amount in CZK has at most 2 decimals.',
      ])
      expect(refusal.errors[0]!.pointer).toMatch(/\/amount$/)
    }
  })

  it('that are worth less than the smallest amount of the other currency are refused in words', async () => {
    const invoice = await charge(trade, [{ unitPrice: '350.00' }], { currency: 'USD' })
    const tiny = await trade.refused(`/invoices/${invoice.id}/payments`, { amount: '0.01', currency: 'CZK' })
    expect(tiny.detail).toMatch(/0\.01 CZK is worth less than 0\.01 USD/)
    const crown = await charge(trade, [{ unitPrice: '0.01' }])
    const inDollars = await trade.refused(`/invoices/${crown.id}/payments`, { currency: 'USD' })
    expect(inDollars.detail).toMatch(/0\.01 CZK is worth less than 0\.01 USD/)
    const allocations = [{ invoiceId: crown.id, amount: '0.01' }]
    const body = { direction: 'in', partyId: trade.customerId, amount: '1.00', currency: 'USD', allocations }
    expect((await trade.refused('/payments', body)).code).toBe('too-small')
    const inCash = await trade.refused(`/invoices/${crown.id}/payments`, { method: 'cash' })
    expect(inCash.detail).toMatch(/rounds to nothing in cash/)
  })

  it('in parts in another currency settle the invoice to the cent', async () => {
    const invoice = await charge(trade, [{ unitPrice: '10.00' }], { currency: 'USD' })
    for (const amount of ['100.00', '0.17', '33.33']) await trade.pay(invoice, { amount, currency: 'CZK' })
    await trade.pay(invoice, { currency: 'CZK' })
    expect(owed(await trade.again('invoices', invoice))).toBe('0.00 paid')
    expect((await trade.refused(`/invoices/${invoice.id}/payments`)).code).toBe('already-paid')
  })

  it('on account settle an invoice once, however often the draft names them', async () => {
    const payment = await onAccount('100.00')
    const advance = { paymentId: payment.id, amount: '60.00' }
    const head = { advances: [advance, advance] }
    const draft = await trade.api('POST', '/invoices', invoiceOf(trade, [{ unitPrice: '500.00' }], head))
    expect((await trade.refused(`/invoices/${draft.id}/post`)).detail).toMatch(/at most 40 CZK .* is left/i)
    await trade.api('PATCH', `/invoices/${draft.id}`, {
      advances: [advance, { ...advance, amount: '40.00' }],
    })
    expect(owed(await trade.act(`/invoices/${draft.id}/post`))).toBe('400.00 partial')
    expect(money((await trade.again('payments', payment))['unallocatedAmount'])).toBe('0.00')
  })

  it('that are cancelled leave the invoice open again, and cannot be cancelled twice', async () => {
    const invoice = await charge(trade, [{ unitPrice: '80.00' }])
    const payment = await trade.pay(invoice)
    await trade.act(`/payments/${payment.id}/cancel`, { reason: 'bounced' })
    expect(owed(await trade.again('invoices', invoice))).toBe('80.00 open')
    expect((await trade.refused(`/payments/${payment.id}/cancel`)).detail).toMatch(/cancelled already/)
    await trade.pay(invoice)
    expect(owed(await trade.again('invoices', invoice))).toBe('0.00 paid')
  })

  it('are paid back, in full or in part, and not more', async () => {
    const payment = await onAccount('50.00')
    const refund = await trade.act(`/payments/${payment.id}/refund`, { amount: '20.00' })
    expect([refund['direction'], money(refund['amount'])]).toEqual(['out', '20.00'])
    expect((await trade.refused(`/payments/${payment.id}/refund`, { amount: '30.01' })).detail).toMatch(
      /at most 30 CZK/i,
    )
    expect((await trade.refused(`/payments/${payment.id}/cancel`)).detail).toMatch(
      /cancel that refund first/i,
    )
    await trade.act(`/payments/${refund.id}/cancel`)
    expect(money((await trade.again('payments', payment))['unallocatedAmount'])).toBe('50.00')
    await trade.act(`/payments/${payment.id}/refund`)
    expect(money((await trade.again('payments', payment))['unallocatedAmount'])).toBe('0.00')
  })

  it('over several invoices take what each says, and the rest is the customer’s credit', async () => {
    const [a, b] = [
      await charge(trade, [{ unitPrice: '30.00' }]),
      await charge(trade, [{ unitPrice: '50.00' }]),
    ]
    const allocations = [
      { invoiceId: a.id, amount: '30.00' },
      { invoiceId: b.id, amount: '20.00' },
    ]
    const payment = await onAccount('60.00', { allocations })
    expect(money(payment['unallocatedAmount'])).toBe('10.00')
    expect([owed(await trade.again('invoices', a)), owed(await trade.again('invoices', b))]).toEqual([
      '0.00 paid',
      '30.00 partial',
    ])
    const more = { allocations: [{ invoiceId: b.id, amount: '30.00' }] }
    expect((await trade.refused(`/payments/${payment.id}/allocate`, more)).detail).toMatch(/only 10 is there/)
    await trade.act(`/payments/${payment.id}/allocate`, {
      allocations: [{ invoiceId: b.id, amount: '10.00' }],
    })
    expect(owed(await trade.again('invoices', b))).toBe('20.00 partial')
  })

  itAddsUp(() => trade)
})
