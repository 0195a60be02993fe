import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { charge, money, tax } from '../support/figures.ts'
import { oneAndTwoProcesses } from '../support/server-processes.ts'
import { type Trade, openTrade, part } from '../support/trade.ts'

describe.each(oneAndTwoProcesses)('S13 Credit notes can never exceed the invoice (%s)', (_, processes) => {
  let trade: Trade
  let invoice: Answered
  beforeAll(async () => {
    trade = await openTrade({ processes, company: { currency: 'EUR' } })
    invoice = await five()
  })
  afterAll(() => trade.close())

  const five = async (): Promise<Answered> => {
    const taxIds = [await tax(trade, '0', { name: `No tax ${Math.random()}` })]
    const productId = await trade.product()
    return charge(trade, [{ productId, quantity: '5', unitPrice: '50.00', taxIds }])
  }
  const line = async (of: Answered) => (await trade.again('invoices', of)).lines[0]!

  it('starts with 5 x 50.00 = 250.00', () => {
    expect(money(invoice.totals.gross)).toBe('250.00')
  })

  it('1: 3 pieces are 150.00', async () => {
    const credit = await trade.creditNote(invoice, part(invoice, '3'))
    expect(money(credit.totals.gross)).toBe('150.00')
    expect(await line(invoice)).toMatchObject({ credited: '3', creditable: '2', creditableAmount: '100' })
  })

  it('2: 3 more are refused, at most 2', async () => {
    const refusal = await trade.refused(`/invoices/${invoice.id}/credit-notes`, part(invoice, '3'))
    expect(refusal.status).toBe(409)
    expect(refusal.detail).toMatch(/at most 2\b/i)
    expect(await line(invoice)).toMatchObject({ credited: '3' })
  })

  it('3: the last 2 are 100.00 and nothing is creditable any more', async () => {
    const credit = await trade.creditNote(invoice, part(invoice, '2'))
    expect(money(credit.totals.gross)).toBe('100.00')
    const after = await line(invoice)
    expect([after['creditable'], money(after['creditableAmount'])]).toEqual(['0', '0.00'])
  })

  it('4: 0.01 as a free amount is refused, for the document and for its line', async () => {
    const path = `/invoices/${invoice.id}/credit-notes`
    for (const body of [
      { amount: '0.01' },
      { lines: [{ sourceLineId: invoice.lines[0]!.id, amount: '0.01' }] },
      part(invoice, '0.000001'),
      undefined,
    ]) {
      const refusal = await trade.refused(path, body)
      expect(refusal.status).toBe(409)
      expect(refusal.detail).toMatch(/nothing is left to credit/i)
    }
    const { actions } = await trade.again('invoices', invoice)
    expect(actions.find(({ name }) => name === 'credit-notes')).toMatchObject({ allowed: false })
  })

  it('5: of two credit notes of 3 at the same moment exactly one is posted', async () => {
    const second = await five()
    const drafts = [
      await trade.follow('invoices', second, 'credit-notes', part(second, '3')),
      await trade.follow('invoices', second, 'credit-notes', part(second, '3')),
    ]
    const answers = await Promise.all(drafts.map(({ id }) => trade.send('POST', `/credit-notes/${id}/post`)))
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '409'])
    const posted = answers.find(({ status }) => status === 200)!.json
    const refused = answers.find(({ status }) => status === 409)!.json
    expect(money(posted.totals.gross)).toBe('150.00')
    expect(refused.detail).toMatch(/at most 2\b/i)
    const after = await trade.again('invoices', second)
    expect([after.lines[0]!['credited'], money(after['creditedAmount'])]).toEqual(['3', '150.00'])
  })

  it('also counts free amounts: 249.99 leaves 0.01 and not a cent more', async () => {
    const third = await five()
    const path = `/invoices/${third.id}/credit-notes`
    await trade.creditNote(third, { amount: '249.99' })
    expect((await trade.refused(path, { amount: '0.02' })).detail).toMatch(/at most 0\.01 EUR/i)
    expect(money((await trade.creditNote(third, { amount: '0.01' })).totals.gross)).toBe('0.01')
    await trade.refused(path, { amount: '0.01' })
    expect(money((await trade.again('invoices', third))['creditedAmount'])).toBe('250.00')
  })

  itAddsUp(() => trade)
})
