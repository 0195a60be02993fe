import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { type Trade, openTrade } from '../support/trade.ts'

type Offered = {
  readonly actions: readonly {
    readonly name: string
    readonly reason: {
      readonly message: string
      readonly links: readonly { readonly kind: string; readonly id: string; readonly number: string }[]
    } | null
  }[]
}

/** A refused action names the documents that it is because of, of those that the caller may read. */
describe('the reason of a refused action', () => {
  let trade: Trade
  let order: Answered
  let delivery: Answered
  let invoice: Answered
  let paid: Answered
  beforeAll(async () => {
    trade = await openTrade()
    const productId = await trade.product()
    await trade.stock(productId, '9')
    order = await trade.sell([{ productId, quantity: '2', unitPrice: '10.00' }])
    // A draft that moved nothing and a delivery that was undone are no reason.
    const undone = await trade.followAndPost('sales-orders', order, 'delivery-notes', {})
    await trade.act(`/delivery-notes/${undone.id}/reverse`, { reason: 'wrong' })
    delivery = await trade.followAndPost('sales-orders', order, 'delivery-notes', {})
    invoice = await trade.invoice(order)
    paid = await trade.pay(invoice)
  })
  afterAll(() => trade.close())

  const reasonOf = async (path: string, name: string, more: object = {}) => {
    const { json } = await trade.send<Offered>('GET', path, undefined, more)
    const { reason } = json.actions.find((each) => each.name === name)!
    return [reason!.message, ...reason!.links.map(({ kind, id }) => `${kind} ${id}`)]
  }

  it('of an order leads to what was delivered and invoiced', async () => {
    const path = `/sales-orders/${order.id}`
    const shipped = `delivery-note ${delivery.id}`
    expect(await reasonOf(path, 'delivery-notes')).toEqual(['Nothing is left to deliver.', shipped])
    expect(await reasonOf(path, 'invoices')).toEqual(['Nothing is left to invoice.', `invoice ${invoice.id}`])
    expect(await reasonOf(path, 'cancel')).toEqual([
      'Everything is delivered already. Take goods back with a sales return.',
      shipped,
    ])
    expect(await reasonOf(path, 'edit')).toEqual([expect.stringContaining('is confirmed')])
  })

  it('of an invoice leads to its payment, of a payment to what it paid', async () => {
    expect(await reasonOf(`/invoices/${invoice.id}`, 'payments')).toEqual([
      'It is paid.',
      `payment ${paid.id}`,
    ])
    expect(await reasonOf(`/payments/${paid.id}`, 'allocate')).toEqual([
      'Nothing of it is left.',
      `invoice ${invoice.id}`,
    ])
  })

  it('of a delivery leads to the return that stands on it', async () => {
    const productId = await trade.product()
    await trade.stock(productId, '2')
    const other = await trade.sell([{ productId, quantity: '2', unitPrice: '10.00' }])
    const note = await trade.followAndPost('sales-orders', other, 'delivery-notes', {})
    const back = await trade.takeBack(note)
    expect(await reasonOf(`/delivery-notes/${note.id}`, 'reverse')).toEqual([
      'Goods of it came back or went back. Reverse those returns first.',
      `sales-return ${back.id}`,
    ])
  })

  it('leaves out what the caller may not read, and stays', async () => {
    const as = await trade.signInAs('warehouse')
    expect(await reasonOf(`/sales-orders/${order.id}`, 'invoices', { as })).toEqual([
      'Nothing is left to invoice.',
    ])
  })
})
