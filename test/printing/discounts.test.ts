import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { printed, textOf } from '../support/pdf.ts'
import { type Trade, openTrade, part } from '../support/trade.ts'

/** Whoever multiplies quantity and price finds on the paper why the amount is another one. */
describe('a discount on a whole order', () => {
  let trade: Trade
  let productId: string
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'EUR' } })
    productId = await trade.product({ name: 'Lamp', sku: 'L' })
    await trade.stock(productId, '2000')
  })
  afterAll(() => trade.close())

  const paper = async (kind: string, { id }: Answered): Promise<string> =>
    (await textOf(await printed(trade, `/${kind}/${id}/pdf?language=en`))).replaceAll(/\s+/g, ' ')
  const sold = (lines: readonly object[], head: object) =>
    trade.sell(
      lines.map((line) => ({ productId, quantity: '1', ...line })),
      head,
    )

  it('is taken off below its lines, and stands with the lines of the invoice that is made of it', async () => {
    const order = await sold([{ quantity: '10', unitPrice: '10' }], { discountPercent: '10' })
    const ordered = await paper('sales-orders', order)
    for (const text of ['10 pcs 10.00 100.00', 'Sum of lines 100.00', 'Discount 10% -10.00'])
      expect(ordered).toContain(text)
    const invoice = await paper('invoices', await trade.invoice(order))
    expect(invoice).toContain('Price Discount Net')
    expect(invoice).toContain('10 pcs 10.00 10% 90.00')
  })

  it('is joined to the discount of a line', async () => {
    const order = await sold(
      [
        { quantity: '10', unitPrice: '10', discountPercent: '20' },
        { quantity: '2', unitPrice: '5' },
      ],
      { discountPercent: '10' },
    )
    expect(await paper('sales-orders', order)).toContain('10 pcs 10.00 20% 80.00')
    const invoice = await paper('invoices', await trade.invoice(order))
    expect(invoice).toContain('10 pcs 10.00 28% 72.00')
    expect(invoice).toContain('2 pcs 5.00 10% 9.00')
  })

  it('is an amount where no per cent says it', async () => {
    const order = await sold([{ unitPrice: '9.99' }, { unitPrice: '9.99' }, { unitPrice: '9.99' }], {
      discountAmount: '10',
    })
    const invoice = await paper('invoices', await trade.invoice(order))
    expect(invoice).toContain('1 pcs 9.99 3.34 6.65')
    expect(invoice.match(/1 pcs 9\.99 3\.33 6\.66/g)).toHaveLength(2)
  })

  it('is an amount with the line that takes the cent which rounding left: nobody agreed on 9.99 per cent', async () => {
    const lines = [
      { quantity: '3', unitPrice: '9.99' },
      { quantity: '3', unitPrice: '9.99' },
      { quantity: '10', unitPrice: '10' },
    ]
    const invoice = await paper('invoices', await trade.invoice(await sold(lines, { discountPercent: '10' })))
    expect(invoice.match(/3 pcs 9\.99 10% 26\.97/g)).toHaveLength(2)
    expect(invoice).toContain('10 pcs 10.00 9.99 90.01')
  })

  it('stands with the lines of a correction as well, whichever document had it', async () => {
    const order = await sold([{ quantity: '10', unitPrice: '10' }], { discountPercent: '10' })
    const ofOrder = await trade.invoice(order)
    const lines = [{ productId, quantity: '10', unitPrice: '10' }]
    const draft = await trade.api('POST', '/invoices', {
      partyId: trade.customerId,
      discountPercent: '10',
      lines,
    })
    for (const invoice of [ofOrder, await trade.act(`/invoices/${draft.id}/post`)]) {
      const credit = await trade.creditNote(invoice, { reason: 'Broken', ...part(invoice, '4') })
      const text = await paper('credit-notes', credit)
      for (const part of ['Before 10 pcs 10.00 10% 90.00', 'After 6 54.00', 'Difference -4 -36.00'])
        expect(text).toContain(part)
    }
  })

  it('is not made up of the cent that rounding leaves to the last part', async () => {
    const plain = await sold([{ quantity: '1000', unitPrice: '0.0335' }], {})
    const reduced = await sold([{ quantity: '10', unitPrice: '82.50', discountPercent: '15' }], {})
    const invoices: string[] = []
    for (const [order, first] of [
      [plain, '333'],
      [plain, '333'],
      [plain, '334'],
      [reduced, '3'],
      [reduced, '7'],
    ] as const)
      invoices.push(await paper('invoices', await trade.invoice(order, part(order, first))))
    for (const each of invoices.slice(0, 3)) expect(each).not.toContain('Discount')
    expect(invoices[2]).toContain('334 pcs 0.0335 11.18')
    expect(invoices[3]).toContain('3 pcs 82.50 15% 210.38')
    expect(invoices[4]).toContain('7 pcs 82.50 15% 490.87')
  })
})
