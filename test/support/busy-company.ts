import { setClock } from '../../src/kernel/clock.ts'
import { type Trade, part } from './trade.ts'

/**
 * Trades until every kind of row that is written for speed is there and is not zero: parts, returns,
 * reversals, lots, layers, negative stock, transfers, reservations, down payments, refunds.
 */
export async function makeBusy(trade: Trade): Promise<void> {
  const { act, api, warehouseId } = trade
  const tax = (await api('POST', '/taxes', { name: 'VAT 23', rate: '23', category: 'S' })).id
  const south = await trade.warehouse('SOUTH')
  const loose = await trade.warehouse('LOOSE', { allowNegative: true })
  const taxIds = [tax]
  const plain = await trade.product({ taxIds, purchaseTaxIds: taxIds })
  const fifo = await trade.product({ valuation: 'fifo', purchasePrice: '2.00' })
  const lotted = await trade.product({ tracking: 'lot' })
  const serial = await trade.product({ tracking: 'serial' })
  const service = await trade.product({ type: 'service', taxIds })

  // Purchases in parts, with rejected goods, billed at another price, returned and credited.
  const bought = await trade.buy([
    { productId: plain, quantity: '100', unitPrice: '3.00' },
    { productId: fifo, quantity: '50', unitPrice: '2.00' },
  ])
  const first = await trade.receive(bought, {
    lines: [
      {
        sourceLineId: bought.lines[0]!.id,
        quantity: '55',
        rejectedQuantity: '5',
        reason: 'damaged',
      },
      { sourceLineId: bought.lines[1]!.id, quantity: '20' },
    ],
  })
  const bill = await trade.follow('purchase-orders', bought, 'bills', {
    lines: [
      { sourceLineId: bought.lines[0]!.id, quantity: '40', unitPrice: '3.50' },
      { sourceLineId: bought.lines[1]!.id, quantity: '30', unitPrice: '2.10' },
    ],
  })
  await act(`/bills/${bill.id}/accept-differences`, { reason: 'new price list' })
  await act(`/bills/${bill.id}/post`)
  await trade.receive(bought, part(bought, ['10', '15']))
  const sentBack = await trade.sendBack(first, {
    lines: [{ sourceLineId: first.lines[0]!.id, quantity: '8', reason: 'damaged' }],
  })
  await act(`/purchase-returns/${sentBack.id}/vendor-credits`).then(({ id }) =>
    act(`/vendor-credits/${id}/post`),
  )
  await act(`/bills/${bill.id}/payments`, { amount: '50.00', method: 'bank' })

  // Sales in parts, taken back with and without replacement, invoiced, credited, paid and refunded.
  const sold = await trade.sell([
    { productId: plain, quantity: '20', unitPrice: '9.00' },
    { productId: fifo, quantity: '25', unitPrice: '5.00' },
    { productId: service, quantity: '2', unitPrice: '40.00' },
  ])
  const delivery = await trade.deliver(sold.id, part(sold, ['12', '22']))
  await trade.takeBack(delivery, part(delivery, ['3', '2'], { reason: 'defective', disposition: 'restock' }))
  await trade.takeBack(
    delivery,
    part(delivery, ['1'], { reason: 'broken', replace: true, disposition: 'scrap' }),
  )
  const undone = await trade.deliver(sold.id, part(sold, ['2']))
  await act(`/delivery-notes/${undone.id}/reverse`)
  const reopened = await trade.deliver(sold.id, part(sold, ['1']))
  await act(`/delivery-notes/${reopened.id}/reopen`)
  await act(`/delivery-notes/${reopened.id}/post`)
  const invoice = await trade.invoice(sold, part(sold, ['9', '20', '2']))
  await trade.pay(invoice, { amount: '100.00', method: 'card' })
  const credit = await trade.creditNote(invoice, part(invoice, ['2', null, '1']))
  await trade.creditNote(invoice, { amount: '10.00' })
  const note = await trade.follow('delivery-notes', delivery, 'invoices', part(delivery, ['1']))
  await act(`/invoices/${note.id}/post`)
  await trade.pay(note, {})
  const overpaid = await trade.creditNote(note)
  await act(`/credit-notes/${overpaid.id}/payments`, { amount: '5.00', method: 'card' })
  if (credit.state !== 'posted') throw new Error('the credit note was not posted')

  // A down payment that two final invoices take off, one of them credited.
  const project = await trade.sell([{ productId: service, quantity: '10', unitPrice: '100.00' }])
  await trade.invoice(project, { downPayment: { percent: '20' } })
  await trade.creditNote(await trade.invoice(project))
  await trade.invoice(project)

  // Lots and serial numbers, held and delivered.
  await trade.stock(lotted, '10', {
    lots: [
      { number: 'L1', quantity: '6' },
      { number: 'L2', quantity: '4' },
    ],
  })
  const received = await trade.buy([
    { productId: serial, quantity: '3', unitPrice: '70.00' },
    { productId: lotted, quantity: '5', unitPrice: '1.50' },
  ])
  await trade.receive(received, {
    lines: [
      { sourceLineId: received.lines[0]!.id, quantity: '3', serials: ['S1', 'S2', 'S3'] },
      { sourceLineId: received.lines[1]!.id, quantity: '5', lots: [{ number: 'L3', quantity: '5' }] },
    ],
  })
  const tracked = await trade.sell([
    { productId: lotted, quantity: '8', unitPrice: '4.00' },
    { productId: serial, quantity: '2', unitPrice: '99.00' },
  ])
  await trade.deliver(tracked.id, part(tracked, ['3', '1']))

  // Transfers: at once with reservations, through transit in parts; a count; a loss.
  const transfer = async (lines: readonly object[], more: object = {}) => {
    const head = { warehouseId, toWarehouseId: south, ...more }
    const draft = await api('POST', '/stock-transfers', { ...head, lines })
    return act(`/stock-transfers/${draft.id}/post`)
  }
  await transfer([{ productId: plain, quantity: '10' }])
  const onTheWay = await transfer([{ productId: fifo, quantity: '5' }], { viaTransit: true })
  await act(`/stock-transfers/${onTheWay.id}/receive`, part(onTheWay, '2'))
  await transfer(
    [
      {
        productId: lotted,
        quantity: '4',
        lots: [
          { number: 'L1', quantity: '3' },
          { number: 'L2', quantity: '1' },
        ],
      },
    ],
    {
      takeReservations: true,
    },
  )
  await trade.stock(plain, '-1')
  const count = await api('POST', '/stock-adjustments', {
    warehouseId: south,
    lines: [{ productId: plain, countedQuantity: '9', reason: 'count' }],
  })
  await act(`/stock-adjustments/${count.id}/post`)
  // A sheet that is booked, and one that is being counted.
  const sheet = await api('POST', '/stock-counts', { warehouseId: south, productIds: [plain] })
  await act(`/stock-counts/${sheet.id}/entries`, { lines: [{ productId: plain, counted: '8' }] })
  await act(`/stock-counts/${sheet.id}/finish`)
  await act(`/stock-counts/${sheet.id}/stock-adjustments`)
  await api('POST', '/stock-counts', { warehouseId: south })

  // Goods that went out before they came.
  for (const productId of [plain, fifo]) {
    const early = await trade.sell([{ productId, quantity: '6', unitPrice: '9.00' }], { warehouseId: loose })
    await trade.deliver(early.id)
    await trade.stock(productId, '4', { unitCost: '3.30' }, { warehouseId: loose })
  }

  // Orders that wait, are amended, closed and cancelled.
  const waiting = await trade.sell([{ productId: plain, quantity: '90', unitPrice: '9.00' }], {
    backOrders: true,
  })
  await act(`/sales-orders/${waiting.id}/amend`, {
    lines: [{ id: waiting.lines[0]!.id, quantity: '80' }],
  })
  const ended = await trade.sell([{ productId: fifo, quantity: '3', unitPrice: '9.00' }])
  await trade.deliver(ended.id, part(ended, '1'))
  await act(`/sales-orders/${ended.id}/cancel`)
  const given = await trade.buy([{ productId: plain, quantity: '7', unitPrice: '3.00' }])
  await act(`/purchase-orders/${given.id}/close`)

  // A file, whose bytes are in the backup like everything else.
  const attached = await fetch(`${trade.base}/api/v1/products/${plain}/files?name=photo.pdf`, {
    method: 'POST',
    headers: { ...trade.owner.headers, 'content-type': 'application/octet-stream' },
    body: '%PDF-1.7 \u0000 any bytes',
  })
  if (!attached.ok) throw new Error(await attached.text())

  // Reservations: live, given back in part, ordered in part, ended.
  const reserve = (productId: string, quantity: string, more: object = {}) =>
    api('POST', '/stock-reservations', {
      partyId: trade.customerId,
      warehouseId: south,
      ...more,
      lines: [{ productId, quantity }],
    })
  await trade.stock(serial, '1', { serials: ['S9'] }, { warehouseId: south })
  await reserve(serial, '1')
  await trade.stock(plain, '20', {}, { warehouseId: loose })
  const partly = await reserve(plain, '6', { warehouseId: loose })
  await act(`/stock-reservations/${partly.id}/release`, {
    lines: [{ id: partly.lines[0]!.id, quantity: '1' }],
  })
  const order = await act(`/stock-reservations/${partly.id}/sales-orders`, part(partly, '2'))
  await act(`/sales-orders/${order.id}/confirm`)
  setClock(new Date(Date.now() - 3_600_000))
  await reserve(plain, '1', { warehouseId: loose, reserveUntil: new Date(Date.now() - 1000).toISOString() })
  setClock(null)
}
