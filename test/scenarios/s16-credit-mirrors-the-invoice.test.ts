import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { charge, money, owed, sums, tax } from '../support/figures.ts'
import { type Trade, openTrade, part } from '../support/trade.ts'

describe('S16 A credit note for a discounted line mirrors the invoice, also in parts', () => {
  let trade: Trade
  let taxIds: string[]
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'EUR' } })
    taxIds = [await tax(trade, '20')]
  })
  afterAll(() => trade.close())

  const ten = (): Promise<Answered> =>
    charge(trade, [{ quantity: '10', unitPrice: '82.50', discountPercent: '15', taxIds }])

  it('1: the invoice is 701.25 + 140.25 = 841.50', async () => {
    expect(sums(await ten())).toBe('701.25 + 140.25 = 841.50')
  })

  it('2: credited in full, the same', async () => {
    const invoice = await ten()
    expect(sums(await trade.creditNote(invoice))).toBe('701.25 + 140.25 = 841.50')
    expect(owed(await trade.again('invoices', invoice))).toBe('0.00 paid')
  })

  it('3: in parts, 3 and then the other 7, the last with the remainder', async () => {
    const invoice = await ten()
    expect(sums(await trade.creditNote(invoice, part(invoice, '3')))).toBe('210.38 + 42.08 = 252.46')
    expect(sums(await trade.creditNote(invoice, part(invoice, '7')))).toBe('490.87 + 98.17 = 589.04')
    const after = await trade.again('invoices', invoice)
    expect([owed(after), money(after['creditedAmount'])]).toEqual(['0.00 paid', '841.50'])
  })

  it('3: also when both drafts were made before either was posted', async () => {
    const invoice = await ten()
    const seven = await trade.follow('invoices', invoice, 'credit-notes', part(invoice, '7'))
    const three = await trade.follow('invoices', invoice, 'credit-notes', part(invoice, '3'))
    expect(sums(await trade.act(`/credit-notes/${three.id}/post`))).toBe('210.38 + 42.08 = 252.46')
    expect(sums(await trade.act(`/credit-notes/${seven.id}/post`))).toBe('490.87 + 98.17 = 589.04')
  })

  it('4: 2.25 x 64.22 is 144.50, with 100 % discount 0.00, never -0.01', async () => {
    expect(money((await charge(trade, [{ quantity: '2.25', unitPrice: '64.22' }])).totals.gross)).toBe(
      '144.50',
    )
    const free = { quantity: '2.25', unitPrice: '64.22', discountPercent: '100', taxIds }
    const invoice = await charge(trade, [free])
    expect(sums(invoice)).toBe('0.00 + 0.00 = 0.00')
    expect(owed(invoice)).toBe('0.00 paid')
    expect(sums(await trade.creditNote(invoice, part(invoice, '2.25')))).toBe('0.00 + 0.00 = 0.00')
  })

  it('one by one: ten credits of 1 add up to the invoice, in net, tax and gross', async () => {
    const invoice = await ten()
    const credits: Answered[] = []
    for (let i = 0; i < 10; i++) credits.push(await trade.creditNote(invoice, part(invoice, '1')))
    const total = (name: 'net' | 'tax' | 'gross') =>
      credits.reduce((all, credit) => all + Math.round(Number(credit.totals[name]) * 100), 0) / 100
    expect([total('net'), total('tax'), total('gross')]).toEqual([701.25, 140.25, 841.5])
    await trade.refused(`/invoices/${invoice.id}/credit-notes`)
  })

  itAddsUp(() => trade)
})
