import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
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

  it('closes the order in the same action, with its reason, and shows that beforehand', async () => {
    const before = await trade.figures(productId, ['onHand', 'reserved'])
    const order = await trade.sell([{ productId, quantity: '3', unitPrice: '1' }])
    const body = { ...part(order, '1'), post: true, closeOrder: { reason: 'sold out' } }
    const path = `/sales-orders/${order.id}/delivery-notes`
    const preview = await trade.api('POST', `${path}?preview=true`, body)
    const { stock, statuses } = preview['changes'] as {
      stock: { reserved: { before: string; after: string } }[]
      statuses: { id: string; field: string; after: string }[]
    }
    expect(stock[0]!.reserved.after).toBe(before[1])
    expect(statuses).toContainEqual(
      expect.objectContaining({ id: order.id, field: 'state', after: 'closed' }),
    )
    expect(await trade.again('sales-orders', order)).toMatchObject({ state: 'confirmed' })
    await trade.api('POST', path, body)
    expect(await trade.again('sales-orders', order)).toMatchObject({
      state: 'closed',
      lines: [{ delivered: '1', cancelled: '2' }],
    })
    const { items } = (await trade.api('GET', `/audit?objectId=${order.id}`)) as unknown as {
      items: { type: string; reason: string | null }[]
    }
    expect(items).toContainEqual(expect.objectContaining({ type: 'sales-order.closed', reason: 'sold out' }))
    const other = await trade.sell([{ productId, quantity: '1', unitPrice: '1' }])
    const draft = await trade.refused(`/sales-orders/${other.id}/delivery-notes`, { closeOrder: {} })
    expect(draft).toMatchObject({ status: 422, errors: [{ pointer: '/closeOrder' }] })
    const goods = await trade.follow('sales-orders', other, 'delivery-notes', { post: true })
    const back = await trade.refused(`/delivery-notes/${goods.id}/sales-returns`, {
      post: true,
      closeOrder: {},
    })
    expect(back).toMatchObject({ status: 422, errors: [{ pointer: '/closeOrder' }] })
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

  // An action answers from what it has read and decided; reading the document again asks the database.
  describe('answers what reading it again answers', () => {
    const paths: Readonly<Record<string, string>> = {
      'sales-order': 'sales-orders',
      'purchase-order': 'purchase-orders',
      'delivery-note': 'delivery-notes',
      'receipt-note': 'receipt-notes',
      invoice: 'invoices',
      bill: 'bills',
    }
    const same = async (answer: Answered): Promise<Answered> => {
      const path = paths[answer['kind'] as string] ?? 'payments'
      expect(answer).toEqual(await trade.again(path, answer))
      return answer
    }
    const tax = async (): Promise<string> =>
      (await trade.api('POST', '/taxes', { name: 'VAT 23', rate: '23', category: 'S' })).id

    it('from the order to the payment', async () => {
      const [held, taxId, service] = await Promise.all([
        trade.product(),
        tax(),
        trade.product({ type: 'service' }),
      ])
      await trade.stock(held, '10')
      const draft = await same(
        await trade.api('POST', '/sales-orders', {
          partyId: trade.customerId,
          discountPercent: '5',
          lines: [
            { productId: held, quantity: '7', unitPrice: '3.33', taxIds: [taxId] },
            { productId: service, quantity: '1', unitPrice: '20.00', discountPercent: '10' },
            { description: 'Freight', quantity: '1', unitPrice: '4.99' },
          ],
        }),
      )
      const order = await same(await trade.act(`/sales-orders/${draft.id}/confirm`))
      expect(order.lines.map((line) => line['availableOn'])).toEqual([order['orderDate'], null, null])
      await same(await trade.follow('sales-orders', order, 'delivery-notes', { post: true }))
      const down = { downPayment: { percent: '20' }, post: true }
      await same(await trade.follow('sales-orders', order, 'invoices', down))
      const invoice = await same(await trade.follow('sales-orders', order, 'invoices', { post: true }))
      expect(invoice.lines.some((line) => line['type'] === 'deduction')).toBe(true)
      await same(await trade.follow('invoices', invoice, 'payments', { amount: '1.00' }))
      await same(await trade.pay(invoice))
      const credit = await trade.creditNote(invoice)
      await same(await trade.act(`/credit-notes/${credit.id}/payments`, {}))
    })

    it('where lines wait, and goods that are received at once go to them', async () => {
      const waited = await trade.product()
      await trade.stock(waited, '1')
      const order = await same(
        await trade.sell([{ productId: waited, quantity: '4', unitPrice: '9' }], { backOrders: true }),
      )
      expect(order.lines[0]).toMatchObject({ reserved: '1', availableOn: null })
      const bought = await same(await trade.buy([{ productId: waited, quantity: '5', unitPrice: '2' }]))
      const body = {
        lines: [{ sourceLineId: bought.lines[0]!.id, quantity: '3', rejectedQuantity: '1', reason: 'Bent' }],
      }
      await same(await trade.follow('purchase-orders', bought, 'receipt-notes', { ...body, post: true }))
      expect(await trade.figures(waited, ['onHand', 'reserved', 'quarantined', 'incoming'])).toEqual([
        '4',
        '4',
        '1',
        '1',
      ])
      const billed = { ...part(bought, '4'), post: true, acceptDifferences: { reason: 'Agreed' } }
      const bill = await same(await trade.follow('purchase-orders', bought, 'bills', billed))
      expect(bill['match']).toMatchObject({ status: 'accepted' })
      await same(await trade.follow('bills', bill, 'payments', {}))
    })

    it('where goods leave another warehouse than the order names', async () => {
      const elsewhere = await trade.warehouse('ELSE')
      const spread = await trade.product()
      await trade.stock(spread, '5')
      await trade.stock(spread, '5', {}, { warehouseId: elsewhere })
      const order = await trade.sell([{ productId: spread, quantity: '4', unitPrice: '9' }])
      const waiting = await trade.sell([{ productId: spread, quantity: '3', unitPrice: '9' }], {
        backOrders: true,
      })
      const line = { sourceLineId: order.lines[0]!.id, quantity: '4', warehouseId: elsewhere }
      await same(await trade.follow('sales-orders', order, 'delivery-notes', { lines: [line], post: true }))
      expect(await trade.figures(spread, ['onHand', 'reserved'], elsewhere)).toEqual(['1', '0'])
      // What the order held in its own warehouse came free there, for the one who waited.
      expect((await trade.again('sales-orders', waiting)).lines[0]).toMatchObject({ reserved: '3' })
      expect(await trade.figures(spread, ['onHand', 'reserved'])).toEqual(['5', '3'])
    })
  })
})
