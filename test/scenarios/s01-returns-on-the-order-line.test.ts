import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { type Trade, exact, fields, openTrade, part } from '../support/trade.ts'

describe('S01 Returns and credits must show on the order line', () => {
  let trade: Trade
  let productId: string
  let order: Answered
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'EUR' } })
    productId = await trade.product()
    await trade.stock(productId, '20')
  })
  afterAll(() => trade.close())

  const onHand = () => trade.figures(productId, ['onHand', 'reserved', 'available'])

  it('delivers, invoices, takes back and credits, and the order line shows it', async () => {
    const tax = await trade.api('POST', '/taxes', { name: 'VAT 10 %', rate: '10', category: 'S' })
    order = await trade.sell([{ productId, quantity: '5', unitPrice: '12.00', taxIds: [tax.id] }])
    expect(await onHand()).toEqual(['20', '5', '15'])

    const delivery = await trade.deliver(order.id)
    expect(await onHand()).toEqual(['15', '0', '15'])

    const invoice = await trade.invoice(order)
    expect(invoice.totals).toEqual(exact({ net: '60.00', tax: '6.00', gross: '66.00', currency: 'EUR' }))

    const back = await trade.takeBack(delivery, part(delivery, '2'))
    expect(await onHand()).toEqual(['17', '0', '17'])
    let line = (await trade.again('sales-orders', order)).lines[0]!
    expect(fields(line, 'toInvoice', 'toCredit')).toEqual(['0', '2'])

    const credit = await trade.followAndPost('sales-returns', back, 'credit-notes')
    expect(credit.totals).toEqual(exact({ net: '24.00', tax: '2.40', gross: '26.40', currency: 'EUR' }))

    const owed = await trade.again('invoices', invoice)
    expect(fields(owed, 'openAmount', 'paymentStatus')).toEqual(exact(['39.60', 'partial']))

    line = (await trade.again('sales-orders', order)).lines[0]!
    expect(fields(line, 'quantity', 'delivered', 'returned', 'shippedNet')).toEqual(['5', '5', '2', '3'])
    expect(fields(line, 'invoiced', 'credited', 'invoicedNet')).toEqual(['5', '2', '3'])
    expect(fields(line, 'toInvoice', 'toCredit')).toEqual(['0', '0'])

    const invoiced = await trade.refused(`/sales-orders/${order.id}/invoices`)
    expect(invoiced.detail).toMatch(/nothing is left to invoice/i)
    const credited = await trade.refused(`/sales-returns/${back.id}/credit-notes`)
    expect(credited.detail).toMatch(/nothing .*left to credit/i)

    const { links } = await trade.again('sales-orders', order)
    expect(links.filter(({ kind }) => kind === 'invoice')).toHaveLength(1)
  })

  it('an ordered quantity that is raised afterwards makes the difference due, and nothing else', async () => {
    const id = order.lines[0]!.id
    const raised = await trade.act(`/sales-orders/${order.id}/amend`, { lines: [{ id, quantity: '6' }] })
    expect(fields(raised.lines[0]!, 'quantity', 'delivered', 'returned', 'open')).toEqual([
      '6',
      '5',
      '2',
      '1',
    ])
    expect(fields(raised.lines[0]!, 'toInvoice', 'toCredit')).toEqual(['1', '0'])
    expect(fields(raised, 'fulfilment', 'invoicing')).toEqual(['partial', 'partial'])

    const delivery = await trade.deliver(order.id)
    expect(delivery.lines.map(({ quantity }) => quantity)).toEqual(['1'])
    const invoice = await trade.invoice(order)
    expect(invoice.totals).toEqual(exact({ net: '12.00', tax: '1.20', gross: '13.20', currency: 'EUR' }))
    expect(await onHand()).toEqual(['16', '0', '16'])
    const done = await trade.again('sales-orders', order)
    expect(fields(done, 'fulfilment', 'invoicing', 'returned')).toEqual(['full', 'full', 'partial'])
    await trade.refused(`/sales-orders/${order.id}/invoices`)
    await trade.refused(`/sales-orders/${order.id}/delivery-notes`)
  })
})
