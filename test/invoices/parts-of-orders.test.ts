import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { money, sums } from '../support/figures.ts'
import { type Trade, openTrade, part } from '../support/trade.ts'

describe('invoices of parts of an order', () => {
  let trade: Trade
  let productId: string
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'EUR' } })
    productId = await trade.product({ type: 'service' })
  })
  afterAll(() => trade.close())

  const order = (quantity: string, unitPrice: string) => trade.sell([{ productId, quantity, unitPrice }])
  const at = (of: Answered, quantity: string, unitPrice?: string) => ({
    lines: [{ sourceLineId: of.lines[0]!.id, quantity, ...(unitPrice && { unitPrice }) }],
  })
  const gross = (document: Answered) => money(document.totals.gross)

  it('leave the remainder to the last', async () => {
    const sold = await order('3', '3.335')
    const drafts = [await trade.invoice(sold, at(sold, '1')), await trade.invoice(sold, at(sold, '1'))]
    expect([...drafts, await trade.invoice(sold)].map(gross)).toEqual(['3.34', '3.34', '3.33'])
  })

  it('also on one invoice, and when all drafts were made before the first was posted', async () => {
    const sold = await order('3', '3.335')
    const sourceLineId = sold.lines[0]!.id
    const lines = [1, 2, 3].map(() => ({ sourceLineId, quantity: '1' }))
    const one = await trade.follow('sales-orders', sold, 'invoices', { lines })
    expect(one.lines.map((line) => money(line['amount']))).toEqual(['3.34', '3.34', '3.33'])
    const drafts = []
    for (let i = 0; i < 3; i++)
      drafts.push(await trade.follow('sales-orders', sold, 'invoices', at(sold, '1')))
    const posted: Answered[] = []
    for (const { id } of drafts) posted.push(await trade.act(`/invoices/${id}/post`))
    expect(posted.map(gross)).toEqual(['3.34', '3.34', '3.33'])
  })

  it('do not make up for a price that was set by hand on one of them', async () => {
    const sold = await order('10', '10.00')
    expect(gross(await trade.invoice(sold, at(sold, '5', '8.00')))).toBe('40.00')
    expect(gross(await trade.follow('sales-orders', sold, 'invoices'))).toBe('50.00')
    expect(gross(await trade.invoice(sold))).toBe('50.00')
    expect((await trade.again('sales-orders', sold)).invoicing).toBe('full')
  })

  it('whether it was set on the first, in the middle, or on the draft; and credits forget it', async () => {
    const sold = await order('9', '3.335')
    expect(gross(await trade.invoice(sold, at(sold, '3')))).toBe('10.01')
    const cheap = await trade.follow('sales-orders', sold, 'invoices', at(sold, '3'))
    await trade.api('PATCH', `/invoices/${cheap.id}`, {
      lines: [{ id: cheap.lines[0]!.id, unitPrice: '1.00' }],
    })
    const posted = await trade.act(`/invoices/${cheap.id}/post`)
    expect(gross(posted)).toBe('3.00')
    // six of nine at 3.335 are 20.01, of which 10.01 are invoiced
    expect(gross(await trade.follow('sales-orders', sold, 'invoices'))).toBe('10.00')
    expect(gross(await trade.creditNote(posted))).toBe('3.00')
    expect(gross(await trade.invoice(sold))).toBe('20.01')
  })

  it('count what is credited by quantity at the price of the order, whatever was let off by amount before', async () => {
    const sold = await order('5', '10.00')
    const first = await trade.invoice(sold)
    await trade.creditNote(first, { amount: '20.00' })
    expect(gross(await trade.creditNote(first))).toBe('30.00')
    expect(gross(await trade.invoice(sold))).toBe('50.00')
  })

  it('also when only a part of them is credited, and the amount is let off last', async () => {
    const sold = await order('3', '3.335')
    const first = await trade.invoice(sold)
    await trade.creditNote(first, at(first, '1'))
    const sourceLineId = first.lines[0]!.id
    await trade.creditNote(first, { lines: [{ sourceLineId, amount: '5.00' }] })
    expect(gross(await trade.invoice(sold))).toBe('3.34')
  })

  it('invoiced through the order count for its deliveries, the oldest first', async () => {
    const goods = await trade.product()
    await trade.stock(goods, '20')
    const sold = await trade.sell([{ productId: goods, quantity: '10', unitPrice: '10.00' }])
    const [first, second] = [
      await trade.deliver(sold.id, part(sold, '4')),
      await trade.deliver(sold.id, part(sold, '2')),
    ]
    const invoice = await trade.invoice(sold, at(sold, '5'))
    const look = async (of: Answered) => {
      const { lines, actions } = await trade.again('delivery-notes', of)
      const { allowed } = actions.find(({ name }) => name === 'invoices')!
      return [lines[0]!['invoiced'], allowed]
    }
    expect([await look(first!), await look(second!)]).toEqual([
      ['4', false],
      ['1', true],
    ])
    const refusal = await trade.refused(`/delivery-notes/${first!.id}/invoices`)
    expect(refusal.detail).toMatch(/nothing of it is left to invoice/i)
    const over = await trade.refused(`/delivery-notes/${second!.id}/invoices`, part(second!, '2'))
    expect(over.detail).toMatch(/at most 1\b/i)
    // What is credited may be invoiced again: of the latest delivery first.
    await trade.creditNote(invoice, part(invoice, '2'))
    expect([await look(first!), await look(second!)]).toEqual([
      ['3', true],
      ['0', true],
    ])
    expect(gross(await trade.followAndPost('delivery-notes', second!, 'invoices'))).toBe('20.00')
    expect([await look(first!), await look(second!)]).toEqual([
      ['3', true],
      ['2', false],
    ])
  })

  it('of deliveries follow each other on one invoice', async () => {
    const goods = await trade.product()
    await trade.stock(goods, '3')
    const sold = await trade.sell([{ productId: goods, quantity: '3', unitPrice: '3.335' }])
    const deliveries = []
    for (let i = 0; i < 3; i++) deliveries.push(await trade.deliver(sold.id, part(sold, '1')))
    const sourceIds = deliveries.map(({ id }) => id)
    const together = await trade.api('POST', '/invoices', { partyId: trade.customerId, sourceIds })
    expect(together.lines.map((line) => money(line['amount']))).toEqual(['3.34', '3.34', '3.33'])
    expect(sums(await trade.act(`/invoices/${together.id}/post`))).toBe('10.01 + 0.00 = 10.01')
  })

  it('have the discount of the order inside, and refuse one of their own that would have no effect', async () => {
    const sold = await trade.sell(
      [
        { productId, quantity: '1', unitPrice: '33.33' },
        { productId, quantity: '2', unitPrice: '33.33' },
      ],
      { discountPercent: '10' },
    )
    expect(gross(sold)).toBe('89.99')
    const draft = await trade.follow('sales-orders', sold, 'invoices')
    expect(gross(draft)).toBe('89.99')
    for (const body of [{ discountPercent: '10' }, { discountAmount: '5.00' }]) {
      const refusal = await trade.refused(`/invoices/${draft.id}`, body, { method: 'PATCH' })
      expect(refusal.detail).toMatch(/keep the prices and the discount/)
    }
    expect(
      gross(await trade.api('PATCH', `/invoices/${draft.id}`, { discountPercent: '0', notes: 'x' })),
    ).toBe('89.99')
  })

  it('refuse discounts that are none', async () => {
    const lines = [{ description: 'Service', quantity: '1', unitPrice: '100.00' }]
    const refused = async (more: object) => {
      const refusal = await trade.refused('/invoices', { partyId: trade.customerId, lines, ...more })
      return [refusal.status, refusal.errors[0]!.pointer]
    }
    expect(await refused({ discountPercent: '10', discountAmount: '5' })).toEqual([422, '/discountAmount'])
    expect(await refused({ discountAmount: '5.001' })).toEqual([422, '/discountAmount'])
    expect(await refused({ discountAmount: '100.01' })).toEqual([422, '/discountAmount'])
    expect(await refused({ discountPercent: '101' })).toEqual([422, '/discountPercent'])
  })

  itAddsUp(() => trade)
})
