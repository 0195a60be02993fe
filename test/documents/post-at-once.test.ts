import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Trade, openTrade, part } from '../support/trade.ts'

/** `post: true`: made and posted is one action of one transaction. */
describe('a document made and posted at once', () => {
  let trade: Trade
  let productId: string
  beforeAll(async () => {
    trade = await openTrade()
    productId = await trade.product()
    await trade.stock(productId, '10')
  })
  afterAll(() => trade.close())

  const count = async (path: string): Promise<unknown> => (await trade.api('GET', `/${path}/count`))['count']

  it('delivers and invoices an order in two requests', async () => {
    const order = await trade.sell([{ productId, quantity: '4', unitPrice: '12.50' }])
    const note = await trade.follow('sales-orders', order, 'delivery-notes', {
      ...part(order, '3'),
      post: true,
    })
    expect(note).toMatchObject({ state: 'posted', number: expect.stringMatching(/^DN-/) })
    const invoice = await trade.follow('sales-orders', order, 'invoices', { post: true })
    expect(invoice).toMatchObject({ state: 'posted', openAmount: '50' })
    expect(await trade.again('sales-orders', order)).toMatchObject({
      fulfilment: 'partial',
      invoicing: 'full',
    })
    expect(await trade.figures(productId, ['onHand', 'reserved'])).toEqual(['7', '1'])
  })

  it('shows beforehand what both do, and does nothing', async () => {
    const order = await trade.sell([{ productId, quantity: '2', unitPrice: '12.50' }])
    const notes = await count('delivery-notes')
    const preview = await trade.api('POST', `/sales-orders/${order.id}/delivery-notes?preview=true`, {
      post: true,
    })
    const { documents, stock } = preview['changes'] as {
      documents: { kind: string; change: string }[]
      stock: { onHand: { before: string; after: string } }[]
    }
    expect(stock[0]!.onHand).toEqual({ before: '7', after: '5' })
    expect(documents.map((d) => [d.kind, d.change])).toEqual(
      expect.arrayContaining([
        ['delivery-note', 'made'],
        ['sales-order', 'changed'],
      ]),
    )
    expect(await count('delivery-notes')).toBe(notes)
    await trade.api('POST', `/sales-orders/${order.id}/cancel`)
  })

  it('leaves no draft behind when it cannot be posted', async () => {
    const dear = await trade.product()
    const order = await trade.sell([{ productId: dear, quantity: '5', unitPrice: '1' }], { backOrders: true })
    const notes = await count('delivery-notes')
    const refusal = await trade.refused(`/sales-orders/${order.id}/delivery-notes`, { post: true })
    expect(refusal.status).toBe(409)
    expect(await count('delivery-notes')).toBe(notes)
  })

  it('asks for the permission of both', async () => {
    const order = await trade.buy([{ productId, quantity: '5', unitPrice: '1' }])
    const purchasing = await trade.signInAs('purchasing')
    const bills = await count('bills')
    const refusal = await trade.refused(
      `/purchase-orders/${order.id}/bills`,
      { post: true },
      { as: purchasing },
    )
    expect(refusal).toMatchObject({ status: 403, code: 'forbidden' })
    expect(await count('bills')).toBe(bills)
  })

  it('accepts what a bill differs in, with a reason', async () => {
    const order = await trade.buy([{ productId, quantity: '5', unitPrice: '1' }])
    const body = { ...part(order, '6'), post: true }
    expect((await trade.refused(`/purchase-orders/${order.id}/bills`, body)).status).toBe(409)
    const bill = await trade.follow('purchase-orders', order, 'bills', {
      ...body,
      acceptDifferences: { reason: 'Agreed by telephone' },
    })
    expect(bill['state']).toBe('posted')
  })

  it('makes and posts an adjustment by hand', async () => {
    const adjusted = await trade.api('POST', '/stock-adjustments', {
      lines: [{ productId, quantityChange: '-1', reason: 'Broken' }],
      post: true,
    })
    expect(adjusted).toMatchObject({ state: 'posted' })
  })
})
