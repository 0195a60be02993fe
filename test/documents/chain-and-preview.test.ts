import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { type Trade, exact, openTrade } from '../support/trade.ts'

/** What the documents have in common: previews, the chain, explanations, the palette, views. */
describe('documents', () => {
  let trade: Trade
  let productId: string
  let order: Answered
  beforeAll(async () => {
    trade = await openTrade()
    productId = await trade.product()
    await trade.stock(productId, '10')
    const draft = { lines: [{ productId, quantity: '4', unitPrice: '12.50' }] }
    order = await trade.sell(draft.lines)
  })
  afterAll(() => trade.close())

  it('tell before an action what it would change, and change nothing', async () => {
    const note = await trade.follow('sales-orders', order, 'delivery-notes')
    const preview = await trade.api('POST', `/delivery-notes/${note.id}/post?preview=true`)
    const changes = preview['changes'] as {
      stock: Record<string, { before: string; after: string }>[]
      statuses: { kind: string; field: string; before: string; after: string }[]
      documents: { kind: string; change: string }[]
    }
    expect(changes.stock).toHaveLength(1)
    expect(changes.stock[0]!['onHand']).toEqual({ before: '10', after: '6' })
    expect(changes.stock[0]!['reserved']).toEqual({ before: '4', after: '0' })
    expect(changes.statuses.map((s) => [s.kind, s.field, s.before, s.after])).toEqual(
      expect.arrayContaining([
        ['delivery-note', 'state', 'draft', 'posted'],
        ['sales-order', 'fulfilment', 'none', 'full'],
      ]),
    )
    expect(changes.documents.map((d) => d.change)).toEqual(['changed', 'changed'])
    expect(await trade.figures(productId, ['onHand', 'reserved'])).toEqual(['10', '4'])
    expect((await trade.again('delivery-notes', note))['state']).toBe('draft')
    await trade.api('DELETE', `/delivery-notes/${note.id}`)
  })

  it('show the money that a payment would move', async () => {
    const invoice = await trade.invoice(order)
    const preview = await trade.api('POST', `/invoices/${invoice.id}/payments?preview=true`, {
      amount: '20.00',
    })
    const { money, statuses } = preview['changes'] as {
      money: { receivable: { before: string; after: string } }[]
      statuses: { field: string; after: string }[]
    }
    expect(money.map((m) => m.receivable)).toEqual([{ before: '50', after: '30' }])
    expect(statuses).toEqual(
      expect.arrayContaining([expect.objectContaining({ field: 'paymentStatus', after: 'partial' })]),
    )
    expect((await trade.again('invoices', invoice))['openAmount']).toBe(exact('50.00'))
  })

  it('are a graph in one call, from any of them', async () => {
    const note = await trade.deliver(order.id)
    const chain = await trade.api('GET', `/documents/${note.id}/chain`)
    const nodes = chain['nodes'] as { id: string; kind: string }[]
    expect(nodes.map((n) => n.kind).sort()).toEqual(['delivery-note', 'invoice', 'sales-order'])
    expect(chain['edges']).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ from: order.id, to: note.id, relation: 'delivered by' }),
      ]),
    )
    const warehouse = await trade.signInAs('warehouse')
    const seen = await trade.api('GET', `/documents/${note.id}/chain`, undefined, { as: warehouse })
    expect((seen['nodes'] as { kind: string }[]).map((n) => n.kind).sort()).toEqual([
      'delivery-note',
      'sales-order',
    ])
  })

  it('say what went along each edge of it: goods, lines or money', async () => {
    const other = await trade.product()
    await trade.stock(other, '9')
    await trade.stock(productId, '9')
    const sold = await trade.sell([
      { productId, quantity: '6', unitPrice: '10.00' },
      { productId: other, quantity: '2', unitPrice: '10.00' },
    ])
    const note = await trade.followAndPost('sales-orders', sold, 'delivery-notes', {
      lines: [{ sourceLineId: sold.lines[0]!.id, quantity: '4' }],
    })
    const down = await trade.followAndPost('sales-orders', sold, 'invoices', {
      downPayment: { percent: '10' },
    })
    const invoice = await trade.invoice(sold)
    const paid = await trade.pay(invoice, { amount: '30.00' })
    const undone = await trade.pay(invoice, { amount: '5.00' })
    await trade.act(`/payments/${undone.id}/cancel`, { reason: 'bounced' })
    const carried = async (of: Answered, to: Answered) => {
      const { edges } = (await trade.api('GET', `/documents/${of.id}/chain`)) as unknown as {
        edges: readonly { from: string; to: string; carries: object }[]
      }
      return edges.find((edge) => edge.to === to.id)!.carries
    }
    const nothing = { lines: 0, quantity: null, unit: null, amount: null, currency: null }
    expect(await carried(sold, note)).toEqual({ ...nothing, lines: 1, quantity: '4', unit: 'pcs' })
    expect(await carried(note, invoice)).toEqual({ ...nothing, lines: 2 })
    expect(await carried(invoice, paid)).toEqual({ ...nothing, amount: '30', currency: 'USD' })
    expect(await carried(invoice, undone)).toMatchObject({ amount: '0' })
    expect(await carried(sold, down)).toMatchObject({ lines: 0, amount: '8', currency: 'USD' })
  })

  it('tell of a receipt all that came, in the unit of its lines', async () => {
    const boxed = await trade.product({ units: [{ unit: 'box', numerator: 12 }] })
    const bought = await trade.buy([{ productId: boxed, quantity: '3', unit: 'box', unitPrice: '5' }])
    const received = await trade.followAndPost('purchase-orders', bought, 'receipt-notes', {
      lines: [{ sourceLineId: bought.lines[0]!.id, quantity: '2', rejectedQuantity: '1', reason: 'damaged' }],
    })
    const { edges } = (await trade.api('GET', `/documents/${received.id}/chain`)) as unknown as {
      edges: readonly object[]
    }
    expect(edges).toMatchObject([{ carries: { lines: 1, quantity: '3', unit: 'box' } }])
  })

  it('explain a status by the lines that make it, and an amount by what adds up to it', async () => {
    const why = await trade.api('GET', `/documents/${order.id}/explain?field=fulfilment`)
    expect(why['status']).toBe('full')
    expect(why['rows']).toMatchObject([{ ordered: '4', done: '4', left: '0' }])
    const [invoice] = (await trade.api('GET', `/invoices?orderId=${order.id}`)).items as unknown as Answered[]
    await trade.api('POST', `/invoices/${invoice!.id}/payments`, { amount: '20.00' })
    const open = await trade.api('GET', `/documents/${invoice!.id}/explain?field=open`)
    expect(open['value']).toBe('30')
    expect((open['rows'] as { amount: string }[]).map((r) => r.amount)).toEqual(['50', '-20'])
    await trade.api('GET', `/documents/${invoice!.id}/explain?field=fulfilment`, undefined, { expect: 422 })
  })

  it('explain each status that they show', async () => {
    const explained = async (field: string, { id }: { readonly id: string }) =>
      trade.api('GET', `/documents/${id}/explain?field=${field}`)
    const sold = await trade.sell([{ productId, quantity: '2', unitPrice: '10.00' }])
    const note = await trade.deliver(sold.id)
    expect(await explained('returned', sold)).toMatchObject({
      status: 'none',
      rows: [{ ordered: '2', done: '0', left: '2' }],
    })
    await trade.takeBack(note, { lines: [{ sourceLineId: note.lines[0]!.id, quantity: '1' }] })
    expect(await explained('returned', sold)).toMatchObject({
      status: 'partial',
      rows: [{ ordered: '2', done: '1', left: '1' }],
    })
    const invoice = await trade.invoice(await trade.sell([{ productId, quantity: '1', unitPrice: '10.00' }]))
    expect(await explained('paymentStatus', invoice)).toMatchObject({ status: 'open', value: '10' })
    await trade.pay(invoice, { amount: '4.00' })
    expect(await explained('paymentStatus', invoice)).toMatchObject({
      status: 'partial',
      value: '6',
      rows: [{ amount: '10' }, { amount: '-4' }],
    })
    await trade.pay(invoice)
    expect(await explained('paymentStatus', invoice)).toMatchObject({ status: 'paid', value: '0' })
    const credit = await trade.creditNote(invoice)
    expect(await explained('paymentStatus', credit)).toMatchObject({ status: 'open' })
  })

  it('are found by number, beside products and parties, as far as the caller may read them', async () => {
    const number = order['number'] as string
    const found = (await trade.api('GET', `/search?q=${number}`)).items as unknown as {
      id: string
      exact: boolean
    }[]
    expect(found[0]).toMatchObject({ id: order.id, exact: true })
    const sku = (await trade.api('GET', `/products/${productId}`))['sku'] as string
    const goods = (await trade.api('GET', `/search?q=${encodeURIComponent(sku)}`)).items as unknown as {
      id: string
    }[]
    expect(goods.map((g) => g.id)).toContain(productId)
  })

  it.each([undefined, 'a-key-of-'])(
    'sell five lines in three round trips for each action, four for goods and payments (key %s)',
    async (key) => {
      const lines = await Promise.all(
        [1, 2, 3, 4, 5].map(async () => {
          const id = await trade.product()
          await trade.stock(id, '5')
          return { productId: id, quantity: '1', unitPrice: '1.00' }
        }),
      )
      const trips: Record<string, number> = {}
      const act = async (name: string, path: string, body?: object): Promise<Answered> => {
        const { status, headers, json } = await trade.send('POST', path, body, {
          key: key && `${key}${name}`,
        })
        expect([name, status]).toEqual([name, status < 300 ? status : 200])
        trips[name] = Number(/desc="(\d+) round trips?"/.exec(headers.get('server-timing')!)![1])
        return json
      }
      const draft = await trade.api('POST', '/sales-orders', { partyId: order['partyId'], lines })
      await act('confirm', `/sales-orders/${draft.id}/confirm`)
      await act('deliver', `/sales-orders/${draft.id}/delivery-notes`, { post: true })
      const invoice = await act('invoice', `/sales-orders/${draft.id}/invoices`, { post: true })
      await act('pay', `/invoices/${invoice.id}/payments`, {})
      // The design wants three of each; delivering and paying read once more, and may not come to more than that.
      const most: Record<string, number> = { confirm: 3, deliver: 4, invoice: 3, pay: 4 }
      expect(Object.entries(most).filter(([name, count]) => !(trips[name]! <= count))).toEqual([])
    },
  )

  it('are listed in views that people save, their own and shared ones', async () => {
    const sales = await trade.signInAs('sales')
    const view = await trade.api(
      'POST',
      '/views',
      { list: 'sales-orders', name: 'Late', query: { late: true }, shared: true },
      { as: sales },
    )
    const mine = (await trade.api('GET', '/views?list=sales-orders')).items as unknown as {
      id: string
      mine: boolean
    }[]
    expect(mine).toMatchObject([{ id: view.id, mine: false }])
    await trade.api('PATCH', `/views/${view.id}`, { name: 'Mine now' }, { expect: 404 })
    await trade.api(
      'POST',
      '/views',
      { list: 'sales-orders', name: 'Late', query: {} },
      { as: sales, expect: 409 },
    )
    await trade.api('DELETE', `/views/${view.id}`, undefined, { as: sales })
  })
})
