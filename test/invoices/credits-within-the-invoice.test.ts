import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { charge, money, owed, sums, tax } from '../support/figures.ts'
import { oneAndTwoProcesses } from '../support/server-processes.ts'
import { type Trade, openTrade, part, statuses } from '../support/trade.ts'

/** Invoices with lines that take something off: a down payment, a rebate. */
describe.each(oneAndTwoProcesses)('credits stay within their invoice (%s)', (_, processes) => {
  let trade: Trade
  let taxIds: string[]
  beforeAll(async () => {
    trade = await openTrade({ processes, company: { currency: 'EUR' } })
    taxIds = [await tax(trade, '20')]
  })
  afterAll(() => trade.close())

  const amounts = (document: Answered) => document.lines.map((line) => money(line['amount']))
  const at = (document: Answered, index: number, more: object = {}) => ({
    sourceLineId: document.lines[index]!.id,
    ...more,
  })
  const refusal = (path: string, document: Answered, body: object = {}) =>
    trade.refused(`/${path}/${document.id}/credit-notes`, body)

  describe('of a final invoice', () => {
    /** 10 x 100.00 delivered, with a down payment of 240.00 and a final invoice of 960.00. */
    const sale = async () => {
      const productId = await trade.product()
      await trade.stock(productId, '10')
      const order = await trade.sell([{ productId, quantity: '10', unitPrice: '100.00', taxIds }])
      const delivery = await trade.deliver(order.id)
      const advance = await trade.invoice(order, { downPayment: { percent: '20' } })
      const final = await trade.invoice(order)
      expect(sums(final)).toBe('800.00 + 160.00 = 960.00')
      return { order, delivery, advance, final }
    }

    it('goods that all came back are credited with the down payment off, which is then credited itself', async () => {
      const { order, delivery, advance, final } = await sale()
      await trade.pay(final)
      const back = await trade.takeBack(delivery)
      const credit = await trade.followAndPost('sales-returns', back, 'credit-notes')
      expect([amounts(credit), sums(credit)]).toEqual([['1000.00', '-200.00'], '800.00 + 160.00 = 960.00'])
      const refund = await trade.follow('credit-notes', credit, 'payments')
      expect(money(refund['amount'])).toBe('960.00')
      expect((await refusal('invoices', final)).detail).toMatch(/credited in full/)
      expect(sums(await trade.creditNote(advance))).toBe('200.00 + 40.00 = 240.00')
      expect((await trade.again('sales-orders', order)).lines[0]).toMatchObject({ toInvoice: '0' })
    })

    it('nothing is paid out where nothing was paid', async () => {
      const { delivery, final } = await sale()
      const back = await trade.takeBack(delivery)
      const credit = await trade.followAndPost('sales-returns', back, 'credit-notes')
      expect([owed(credit), owed(await trade.again('invoices', final))]).toEqual([
        '0.00 redeemed',
        '0.00 paid',
      ])
      await trade.refused(`/credit-notes/${credit.id}/payments`)
    })

    it('a part of the goods takes the down payment along only where the invoice is too small for it', async () => {
      const { delivery, advance, final } = await sale()
      const half = await trade.takeBack(delivery, part(delivery, '5'))
      const first = await trade.followAndPost('sales-returns', half, 'credit-notes')
      expect([amounts(first), sums(first)]).toEqual([['500.00'], '500.00 + 100.00 = 600.00'])
      const more = await trade.takeBack(delivery, part(delivery, '4'))
      const second = await trade.followAndPost('sales-returns', more, 'credit-notes')
      expect([amounts(second), sums(second)]).toEqual([['400.00', '-100.00'], '300.00 + 60.00 = 360.00'])
      expect(sums(await trade.creditNote(advance))).toBe('100.00 + 20.00 = 120.00')
      const last = await trade.creditNote(final)
      expect([amounts(last), sums(last)]).toEqual([['100.00', '-100.00'], '0.00 + 0.00 = 0.00'])
      expect(sums(await trade.creditNote(advance))).toBe('100.00 + 20.00 = 120.00')
    })

    it.each(['by lines', 'by amount, in two halves', 'by amount and then the rest'])(
      'credited %s it can be invoiced again at the same figures (S12)',
      async (way) => {
        const { order, final, advance } = await sale()
        const bodies = {
          'by lines': [{ lines: [at(final, 0, { quantity: '10' })] }],
          'by amount, in two halves': [{ amount: '480.00' }, { amount: '480.00' }],
          'by amount and then the rest': [{ amount: '480.00' }, {}],
        }[way]!
        for (const body of bodies) await trade.creditNote(final, body)
        // A credit of an amount gives no goods back to be invoiced again.
        const again = way === 'by amount, in two halves' ? null : await trade.invoice(order)
        if (again) expect(sums(again)).toBe('800.00 + 160.00 = 960.00')
        else expect(sums(await trade.creditNote(advance))).toBe('200.00 + 40.00 = 240.00')
      },
    )

    it('an amount of a line is refused with what is left of the invoice', async () => {
      const { final } = await sale()
      const over = await refusal('invoices', final, { lines: [at(final, 0, { amount: '800.01' })] })
      expect([over.status, over.code]).toEqual([409, 'over-credit'])
      expect(over.detail).toMatch(/at most 960\.00 EUR of .* can be credited/i)
      const credit = await trade.creditNote(final, { lines: [at(final, 0, { amount: '800.00' })] })
      expect(sums(credit)).toBe('800.00 + 160.00 = 960.00')
      expect(sums(await trade.creditNote(final))).toBe('0.00 + 0.00 = 0.00')
    })

    it('a draft from which the down payment is taken out is refused', async () => {
      const { final } = await sale()
      const draft = await trade.follow('invoices', final, 'credit-notes')
      const lines = [{ id: draft.lines[0]!.id }]
      const refused = await trade.refused(`/credit-notes/${draft.id}`, { lines }, { method: 'PATCH' })
      expect(refused.code).toBe('over-credit')
    })

    it('two that are posted at the same moment come to no more than the invoice', async () => {
      const { final } = await sale()
      const lines = [at(final, 0, { amount: '500.00' })]
      const drafts = [
        await trade.follow('invoices', final, 'credit-notes', { lines }),
        await trade.follow('invoices', final, 'credit-notes', { lines }),
      ]
      const posts = await Promise.all(drafts.map(({ id }) => trade.send('POST', `/credit-notes/${id}/post`)))
      expect(statuses(posts)).toEqual({ 200: 1, 409: 1 })
      expect(posts.find(({ status }) => status === 409)!.json.detail).toMatch(/at most 360\.00 EUR/i)
    })
  })

  describe('of an invoice with a rebate', () => {
    const invoice = (more: object = {}, head: object = {}) =>
      charge(
        trade,
        [
          { description: 'Goods', quantity: '10', unitPrice: '10.00', taxIds },
          { description: 'Rebate', unitPrice: '-30.00', taxIds, ...more },
        ],
        head,
      )

    it('goods in full are credited less the rebate, and so is their last part', async () => {
      const whole = await invoice()
      expect(sums(whole)).toBe('70.00 + 14.00 = 84.00')
      expect(sums(await trade.creditNote(whole, { lines: [at(whole, 0, { quantity: '10' })] }))).toBe(
        '70.00 + 14.00 = 84.00',
      )
      const halves = await invoice()
      const credits = [
        await trade.creditNote(halves, { lines: [at(halves, 0, { quantity: '5' })] }),
        await trade.creditNote(halves, { lines: [at(halves, 0, { quantity: '5' })] }),
      ]
      expect(credits.map((credit) => sums(credit))).toEqual(['50.00 + 10.00 = 60.00', '20.00 + 4.00 = 24.00'])
      expect((await refusal('invoices', halves)).code).toBe('nothing-left')
    })

    it('that has no tax', async () => {
      const sold = await invoice({ taxIds: [] })
      expect(sums(sold)).toBe('70.00 + 20.00 = 90.00')
      const most = await trade.creditNote(sold, { lines: [at(sold, 0, { quantity: '8' })] })
      expect(sums(most)).toBe('70.00 + 16.00 = 86.00')
      expect(sums(await trade.creditNote(sold))).toBe('0.00 + 4.00 = 4.00')
    })

    it('with tax inside, in net as well as in gross', async () => {
      const sold = await invoice({ taxIds: [] }, { pricesIncludeTax: true })
      expect(sums(sold)).toBe('53.33 + 16.67 = 70.00')
      const most = await trade.creditNote(sold, { lines: [at(sold, 0, { quantity: '8' })] })
      expect(sums(most)).toBe('53.33 + 13.33 = 66.66')
      expect(sums(await trade.creditNote(sold))).toBe('0.00 + 3.34 = 3.34')
    })

    it('of a vendor', async () => {
      const bill = await trade.api('POST', '/bills', {
        partyId: trade.vendorId,
        lines: [
          { description: 'Goods', quantity: '10', unitPrice: '10.00', taxIds },
          { description: 'Rebate', quantity: '1', unitPrice: '-30.00', taxIds },
        ],
      })
      await trade.act(`/bills/${bill.id}/post`)
      const credit = await trade.followAndPost('bills', bill, 'vendor-credits', {
        lines: [at(bill, 0, { quantity: '10' })],
      })
      expect(sums(credit)).toBe('70.00 + 14.00 = 84.00')
      const { code } = await trade.refused(`/bills/${bill.id}/vendor-credits`)
      expect(code).toBe('nothing-left')
    })
  })

  it('parts with tax inside never take more net than is left, however often tax is rounded down', async () => {
    const ten = [await tax(trade, '10', { name: 'Ten' })]
    const lines = [{ quantity: '20', unitPrice: '0.05', taxIds: ten }]
    const invoice = await charge(trade, lines, { pricesIncludeTax: true })
    expect(sums(invoice)).toBe('0.91 + 0.09 = 1.00')
    for (let i = 0; i < 19; i++) await trade.creditNote(invoice, part(invoice, '1'))
    expect(sums(await trade.creditNote(invoice))).toBe('0.00 + 0.05 = 0.05')
  })

  it('each tax of it is credited in full with the last of its lines', async () => {
    const [a, b] = [await tax(trade, '10', { name: 'A' }), await tax(trade, '20', { name: 'B' })]
    const invoice = await charge(trade, [
      { quantity: '3', unitPrice: '0.05', taxIds: [a] },
      { unitPrice: '10.00', taxIds: [b] },
    ])
    expect(sums(invoice)).toBe('10.15 + 2.02 = 12.17')
    for (let i = 0; i < 3; i++)
      await trade.creditNote(invoice, { lines: [at(invoice, 0, { quantity: '1' })] })
    expect(sums(await trade.creditNote(invoice))).toBe('10.00 + 2.00 = 12.00')
    expect(owed(await trade.again('invoices', invoice))).toBe('0.00 paid')
  })

  it('a down payment of two taxes of which one part was taken off is credited at the tax of the other', async () => {
    const reduced = [await tax(trade, '5')]
    const productId = await trade.product({ type: 'service' })
    const order = await trade.sell([
      { productId, quantity: '1', unitPrice: '100.00', taxIds },
      { productId, quantity: '1', unitPrice: '300.00', taxIds: reduced },
    ])
    const advance = await trade.invoice(order, { downPayment: { percent: '50' } })
    await trade.invoice(order, { lines: [at(order, 1)] })
    expect(sums(await trade.creditNote(advance))).toBe('50.00 + 10.00 = 60.00')
  })

  itAddsUp(() => trade)
})
