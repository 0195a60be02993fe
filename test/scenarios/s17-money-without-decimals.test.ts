import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { itAddsUp } from '../support/consistency.ts'
import { charge, invoiceOf, money, owed, sums, tax } from '../support/figures.ts'
import { type Trade, openTrade } from '../support/trade.ts'

/** Every decimal in an answer, with where it stands. */
function decimals(answer: unknown, at = ''): [string, string][] {
  if (typeof answer === 'string') return /^-?\d+(\.\d+)?$/.test(answer) ? [[at, answer]] : []
  if (answer === null || typeof answer !== 'object') return []
  return Object.entries(answer).flatMap(([name, value]) => decimals(value, `${at}/${name}`))
}

describe('S17 Yen and other money without decimals', () => {
  describe('in yen', () => {
    let trade: Trade
    const taxes = new Map<string, string>()
    beforeAll(async () => {
      trade = await openTrade({ company: { currency: 'JPY' } })
      for (const rate of ['10', '8']) taxes.set(rate, await tax(trade, rate))
    })
    afterAll(() => trade.close())

    it('(a) 1,127 at 10 %: tax 113, total 1,240', async () => {
      const invoice = await charge(trade, [{ unitPrice: '1127', taxIds: [taxes.get('10')] }])
      expect(sums(invoice, 0)).toBe('1127 + 113 = 1240')
    })

    it('(b) three lines of 333 at 8 %: 1,079 by document, 1,080 by line', async () => {
      const lines = [1, 2, 3].map(() => ({ unitPrice: '333', taxIds: [taxes.get('8')] }))
      expect(sums(await charge(trade, lines, { taxRounding: 'document' }), 0)).toBe('999 + 80 = 1079')
      expect(sums(await charge(trade, lines, { taxRounding: 'line' }), 0)).toBe('999 + 81 = 1080')
    })

    it('(c) 15 shared 25 % and 75 %: 4 and 11, and both can be paid in full', async () => {
      const productId = await trade.product({ type: 'service', salesPrice: null })
      const order = await trade.sell([{ productId, quantity: '1', unitPrice: '15', taxIds: [] }])
      const first = await trade.invoice(order, { downPayment: { percent: '25' } })
      const second = await trade.invoice(order)
      expect([first, second].map((invoice) => money(invoice.totals.gross, 0))).toEqual(['4', '11'])
      for (const invoice of [first, second]) {
        await trade.pay(invoice)
        expect(owed(await trade.again('invoices', invoice), 0)).toBe('0 paid')
      }
      expect((await trade.again('sales-orders', order)).invoicing).toBe('full')
    })

    it('(c) the same by quantity: 25 of 100 and the other 75', async () => {
      const productId = await trade.product({ type: 'service', salesPrice: null })
      const order = await trade.sell([{ productId, quantity: '100', unitPrice: '0.15', taxIds: [] }])
      expect(money(order.totals.gross, 0)).toBe('15')
      const sourceLineId = order.lines[0]!.id
      const first = await trade.invoice(order, { lines: [{ sourceLineId, quantity: '25' }] })
      const second = await trade.invoice(order)
      expect([first, second].map((invoice) => money(invoice.totals.gross, 0))).toEqual(['4', '11'])
    })

    it('refuses a payment of half a yen and says why', async () => {
      const invoice = await charge(trade, [{ unitPrice: '15' }])
      const refusal = await trade.refused(`/invoices/${invoice.id}/payments`, { amount: '7.5' })
      expect(refusal.status).toBe(422)
      expect(refusal.detail).toMatch(/JPY has at most 0 decimals/)
    })

    itAddsUp(() => trade)
  })

  describe('in dollars', () => {
    let trade: Trade
    beforeAll(async () => {
      trade = await openTrade({ company: { currency: 'USD' } })
    })
    afterAll(() => trade.close())

    it('(d) 24.99 at 10.75 %: 2.69, 27.68, refundable 27.68, and nothing finer is stored or sent', async () => {
      const taxIds = [await tax(trade, '10.75')]
      const draft = await trade.api('POST', '/invoices', invoiceOf(trade, [{ unitPrice: '24.99', taxIds }]))
      const invoice = await trade.act(`/invoices/${draft.id}/post`)
      expect(sums(invoice)).toBe('24.99 + 2.69 = 27.68')
      const payment = await trade.pay(invoice)
      expect(money(payment['amount'])).toBe('27.68')
      const credit = await trade.creditNote(invoice)
      expect(owed(credit)).toBe('27.68 open')
      const refund = await trade.act(`/credit-notes/${credit.id}/payments`)
      expect(money(refund['amount'])).toBe('27.68')

      const answers = {
        draft,
        invoice: await trade.again('invoices', invoice),
        credit: await trade.again('credit-notes', credit),
        payment: await trade.again('payments', payment),
        refund,
        list: await trade.api('GET', '/invoices'),
      }
      const sent = decimals(answers)
      expect(sent.length).toBeGreaterThan(100)
      expect(sent.filter(([, value]) => /\.\d{3}/.test(value))).toEqual([])

      const { rows } = await trade.ownerDb.query<{ finer: string }>(
        `select count(*) as finer from (
           select unnest(array[net, tax, gross, base_gross, settled, credited, refunded]) as amount from invoices
           union all select unnest(array[amount, net, tax, credited_amount, credited_tax]) from invoice_lines
           union all select unnest(array[amount, base_amount, rounding, settled]) from payments
           union all select unnest(array[claim_amount, by_amount, exchange_difference]) from settlements
         ) stored where amount <> round(amount, 2)`,
      )
      expect(Number(rows[0]!.finer)).toBe(0)
    })

    itAddsUp(() => trade)
  })
})
