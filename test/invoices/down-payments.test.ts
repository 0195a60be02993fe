import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { money, owed, sums, tax } from '../support/figures.ts'
import { type Trade, openTrade, part } from '../support/trade.ts'

describe('down payments', () => {
  let trade: Trade
  let productId: string
  let taxIds: string[]
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'EUR' } })
    productId = await trade.product({ type: 'service' })
    taxIds = [await tax(trade, '20')]
  })
  afterAll(() => trade.close())

  const order = () => trade.sell([{ productId, quantity: '10', unitPrice: '100.00', taxIds }])
  const amounts = (document: Answered) => document.lines.map((line) => money(line['amount']))

  it('are an amount as well as per cent, and no more than is left', async () => {
    const sold = await order()
    const advance = await trade.invoice(sold, { downPayment: { amount: '300.00' } })
    expect(sums(advance)).toBe('300.00 + 60.00 = 360.00')
    const refusal = await trade.refused(`/sales-orders/${sold.id}/invoices`, {
      downPayment: { amount: '700.01' },
    })
    expect(refusal.detail).toMatch(/at most 700 EUR/)
    await trade.invoice(sold, { downPayment: { percent: '70' } })
    const final = await trade.invoice(sold)
    expect([sums(final), owed(final)]).toEqual(['0.00 + 0.00 = 0.00', '0.00 paid'])
  })

  it('are taken off part invoices until nothing is left of them', async () => {
    const sold = await order()
    await trade.invoice(sold, { downPayment: { percent: '30' } })
    const first = await trade.invoice(sold, part(sold, '2'))
    expect(amounts(first)).toEqual(['200.00', '-200.00'])
    const second = await trade.invoice(sold, part(sold, '4'))
    expect(amounts(second)).toEqual(['400.00', '-100.00'])
    const last = await trade.invoice(sold)
    expect([amounts(last), sums(last)]).toEqual([['400.00'], '400.00 + 80.00 = 480.00'])
  })

  it('are taken off once when two final invoices were drafted', async () => {
    const sold = await order()
    await trade.invoice(sold, { downPayment: { percent: '20' } })
    const drafts = [
      await trade.follow('sales-orders', sold, 'invoices', part(sold, '5')),
      await trade.follow('sales-orders', sold, 'invoices', part(sold, '5')),
    ]
    await trade.act(`/invoices/${drafts[0]!.id}/post`)
    const refusal = await trade.refused(`/invoices/${drafts[1]!.id}/post`)
    expect(refusal.detail).toMatch(/at most 0 of the down payment is left/i)
  })

  it('are not credited while a final invoice has them off; once that is credited they are', async () => {
    const sold = await order()
    const advance = await trade.invoice(sold, { downPayment: { percent: '20' } })
    const final = await trade.invoice(sold)
    const refusal = await trade.refused(`/invoices/${advance.id}/credit-notes`)
    expect(refusal.detail).toMatch(/credit that invoice first/i)
    const { actions } = await trade.again('invoices', advance)
    expect(actions.find(({ name }) => name === 'credit-notes')).toMatchObject({ allowed: false })

    await trade.creditNote(final)
    expect(sums(await trade.creditNote(advance))).toBe('200.00 + 40.00 = 240.00')
    expect(sums(await trade.invoice(sold))).toBe('1000.00 + 200.00 = 1200.00')
  })

  it('of which a part was taken off are credited by the rest', async () => {
    const sold = await order()
    const advance = await trade.invoice(sold, { downPayment: { percent: '30' } })
    await trade.invoice(sold, part(sold, '2'))
    expect(sums(await trade.creditNote(advance))).toBe('100.00 + 20.00 = 120.00')
    await trade.refused(`/invoices/${advance.id}/credit-notes`)
  })

  it('stay taken off when the draft is saved as it is, whatever quantity a form sends', async () => {
    const sold = await order()
    await trade.invoice(sold, { downPayment: { percent: '20' } })
    const draft = await trade.follow('sales-orders', sold, 'invoices')
    const lines = draft.lines.map(({ id, ...line }) => ({
      id,
      description: line['description'],
      quantity: '1',
      unitPrice: line['unitPrice'],
      taxIds: line['taxIds'],
    }))
    lines[0]!.quantity = '10'
    const saved = await trade.api('PATCH', `/invoices/${draft.id}`, { lines })
    expect(sums(saved)).toBe('800.00 + 160.00 = 960.00')
    const negative = [{ id: draft.lines[0]!.id }, { id: draft.lines[1]!.id, unitPrice: '-200.00' }]
    await trade.refused(`/invoices/${draft.id}`, { lines: negative }, { method: 'PATCH' })
  })

  it('follow the taxes of the order, line by line', async () => {
    const reduced = [await tax(trade, '5')]
    const sold = await trade.sell([
      { productId, quantity: '1', unitPrice: '100.00', taxIds },
      { productId, quantity: '1', unitPrice: '300.00', taxIds: reduced },
    ])
    const advance = await trade.invoice(sold, { downPayment: { percent: '50' } })
    expect([amounts(advance), sums(advance)]).toEqual([['50.00', '150.00'], '200.00 + 17.50 = 217.50'])
    expect(sums(await trade.invoice(sold))).toBe('200.00 + 17.50 = 217.50')
  })

  itAddsUp(() => trade)
})
