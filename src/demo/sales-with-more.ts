import { on } from './calendar.ts'
import type { Desk } from './desk.ts'
import type { Story } from './tell.ts'

/** Sales that do not go straight: down payments, parts, returns, credits. */
export function specialSales(desk: Desk): Story[] {
  return [
    wholesale(desk),
    replaced(desk),
    downPayment(desk),
    invoicedTogether(desk),
    paidTooMuch(desk),
    creditedAfterwards(desk),
    creditApplied(desk),
    sentBackInFull(desk),
    backToSender(desk),
    fromTheWest(desk),
    inTheMaking(desk),
    customersMoney(desk),
  ]
}

/** Two of twenty flicker: they go to quarantine, are credited, and the half of it is refunded so far. */
async function* wholesale(desk: Desk): Story {
  yield on(-47, 9)
  const order = await desk.sell(
    'mueller',
    [
      ['MON-24', '20'],
      ['KEY-US', '20'],
      ['SRV-INST', '6'],
    ],
    { reference: 'B-10442' },
  )
  yield on(-45, 10)
  const delivery = await desk.deliver(order)
  const invoice = await desk.invoice(order, { reference: 'B-10442' })
  yield on(-32, 9)
  await desk.pay('invoices', invoice)
  yield on(-26, 15)
  const back = await desk.followAndPost(
    'delivery-notes',
    delivery,
    'sales-returns',
    desk.part(delivery, { 'MON-24': '2' }, { reason: 'Screen flickers', disposition: 'quarantine' }),
  )
  yield on(-25, 11)
  const credit = await desk.followAndPost('sales-returns', back, 'credit-notes')
  yield on(-18, 9)
  await desk.pay('credit-notes', credit, { amount: '150.00' })
}

/** One laptop arrives broken, is scrapped, and another one is sent in its place. */
async function* replaced(desk: Desk): Story {
  yield on(-46, 9)
  const order = await desk.sell('kowalski', [
    ['CB-15E', '12'],
    ['MOU-W', '12'],
    ['KEY-PL', '12'],
  ])
  yield on(-44, 10)
  const delivery = await desk.deliver(order, { carrier: 'Straits Freight', tracking: 'SF-205-771-004' })
  const invoice = await desk.invoice(order)
  yield on(-40, 15)
  await desk.followAndPost(
    'delivery-notes',
    delivery,
    'sales-returns',
    desk.part(
      delivery,
      { 'CB-15E': '1' },
      { reason: 'Broken in transport', disposition: 'scrap', replace: true },
    ),
  )
  yield on(-39, 14)
  await desk.deliver(order)
  yield on(-30, 9)
  await desk.pay('invoices', invoice)
}

/** A third in advance; the final invoice takes it off and is not paid yet. */
async function* downPayment(desk: Desk): Story {
  yield on(-20, 9)
  const order = await desk.sell('dnipro', [
    ['TB-11', '10'],
    ['PWR-65', '10'],
    ['USB-64', '1', 'box'],
  ])
  const advance = await desk.invoice(order, { downPayment: { percent: '30' } })
  yield on(-16, 9)
  await desk.pay('invoices', advance)
  yield on(-11, 10)
  await desk.deliver(order)
  yield on(-9, 11)
  await desk.invoice(order, { paymentTermDays: 14 })
}

/** Two deliveries of two orders on one invoice. */
async function* invoicedTogether(desk: Desk): Story {
  yield on(-26, 13)
  const first = await desk.sell('heshbon', [
    ['SSD-1T', '15'],
    ['USB-64', '20'],
  ])
  yield on(-24, 13)
  const one = await desk.deliver(first)
  const second = await desk.sell('heshbon', [['HUB-7', '10']])
  yield on(-22, 13)
  const two = await desk.deliver(second)
  yield on(-21, 11)
  const draft = await desk.api.post('/invoices', { sourceIds: [one.id, two.id] })
  await desk.act('invoices', draft, 'post')
}

/** Ten too much were transferred; they are kept for the next invoice. */
async function* paidTooMuch(desk: Desk): Story {
  yield on(-33, 9)
  const order = await desk.sell('papadopoulos', [
    ['TB-8', '3', 'box'],
    ['PWR-65', '20'],
  ])
  yield on(-30, 10)
  await desk.deliver(order)
  const invoice = await desk.invoice(order)
  yield on(-2, 9)
  const [euros, cents] = invoice.totals.gross.split('.')
  await desk.pay('invoices', invoice, { amount: `${Number(euros) + 10}.${(cents ?? '').padEnd(2, '0')}` })
}

/** Late coffee: a discount of an amount, taken off the open invoice. */
async function* creditedAfterwards(desk: Desk): Story {
  yield on(-36, 9)
  const order = await desk.sell('etoile', [
    ['COF-1K', '2', 'box'],
    ['LMP-1', '6'],
  ])
  yield on(-34, 10)
  await desk.deliver(order)
  const invoice = await desk.invoice(order)
  yield on(-28, 14)
  await desk.followAndPost('invoices', invoice, 'credit-notes', {
    amount: '60.00',
    reason: 'Delivered three days late',
  })
}

/** Credited after it was paid; a part of the credit pays the next invoice, the rest is open. */
async function* creditApplied(desk: Desk): Story {
  yield on(-43, 9)
  const order = await desk.sell('straitsDigital', [
    ['CB-13', '8'],
    ['MON-27', '8'],
    ['HEAD-1', '8'],
    ['SRV-INST', '4'],
  ])
  yield on(-41, 10)
  const delivery = await desk.deliver(order)
  const invoice = await desk.invoice(order)
  yield on(-23, 9)
  await desk.pay('invoices', invoice)
  yield on(-21, 15)
  const back = await desk.followAndPost(
    'delivery-notes',
    delivery,
    'sales-returns',
    desk.part(delivery, { 'MON-27': '1', 'HEAD-1': '2' }, { reason: 'Ordered too many' }),
  )
  yield on(-20, 11)
  const credit = await desk.followAndPost('sales-returns', back, 'credit-notes')
  yield on(-14, 11)
  const next = await desk.sell('straitsDigital', [['MOU-W', '8']])
  await desk.deliver(next)
  const small = await desk.invoice(next)
  yield on(-13, 9)
  await desk.act('credit-notes', credit, 'apply', {
    allocations: [{ invoiceId: small.id, amount: small.totals.gross }],
  })
  yield on(-6, 11)
  await desk.follow('delivery-notes', delivery, 'sales-returns', {
    ...desk.part(delivery, { 'CB-13': '1' }, { reason: 'To be looked at' }),
    notes: 'Announced by telephone; not here yet.',
  })
}

/** All of it comes back; the credit is not refunded yet. A return that was entered too early is undone. */
async function* sentBackInFull(desk: Desk): Story {
  yield on(-28, 9)
  const order = await desk.sell('bookstore', [
    ['CAM-HD', '4'],
    ['SRV-FRT', '1'],
  ])
  yield on(-26, 10)
  const delivery = await desk.deliver(order)
  const invoice = await desk.invoice(order)
  yield on(-13, 9)
  await desk.pay('invoices', invoice, { method: 'card' })
  yield on(-9, 14)
  const reason = { reason: 'Wrong model' }
  const early = await desk.followAndPost('delivery-notes', delivery, 'sales-returns', reason)
  await desk.act('sales-returns', early, 'reverse', { reason: 'The parcel is not here yet.' })
  yield on(-5, 14)
  const back = await desk.followAndPost('delivery-notes', delivery, 'sales-returns', reason)
  await desk.followAndPost('sales-returns', back, 'credit-notes')
}

/** The carrier brings it back: the delivery is undone and the order is open again. */
async function* backToSender(desk: Desk): Story {
  yield on(-14, 14)
  const order = await desk.sell('strasse', [
    ['INK-BK', '6'],
    ['LMP-1', '2'],
  ])
  yield on(-13, 10)
  const delivery = await desk.deliver(order)
  yield on(-10, 16)
  await desk.act('delivery-notes', delivery, 'reverse', { reason: 'Could not be delivered; the shop moves.' })
}

/** Goods that lie in the second warehouse are sold from there. */
async function* fromTheWest(desk: Desk): Story {
  yield on(-16, 13)
  const order = await desk.sell('outback', [['TB-8', '10']], { warehouseId: desk.places.west })
  yield on(-15, 15)
  const delivery = await desk.deliver(order)
  const invoice = await desk.followAndPost('delivery-notes', delivery, 'invoices')
  yield on(-3, 9)
  await desk.pay('invoices', invoice, { method: 'card' })
}

/** What is on the desks today: drafts that wait to be posted, and one that was given up. */
async function* inTheMaking(desk: Desk): Story {
  yield on(-6, 13)
  const school = await desk.sell('harbour', [['CB-15E', '15']], { reference: 'HCS-2318' })
  yield on(-5, 12)
  const early = await desk.follow('sales-orders', school, 'invoices')
  await desk.act('invoices', early, 'cancel', { reason: 'They want it after the delivery.' })
  yield on(-1, 10)
  await desk.follow('sales-orders', school, 'delivery-notes', { notes: 'Packed; the lorry comes at four.' })
  yield on(-1, 13)
  const single = await desk.sell('meilin', [['HEAD-1', '1']])
  await desk.deliver(single)
  const invoice = await desk.follow('sales-orders', single, 'invoices')
  await desk.api.patch(`/invoices/${invoice.id}`, { notes: 'Thank you for your purchase!' })
  yield on(-1, 15)
  const lamps = await desk.sell('blueridge', [['LMP-1', '4']])
  await desk.deliver(lamps)
  const posted = await desk.invoice(lamps)
  await desk.follow('invoices', posted, 'credit-notes', {
    ...desk.part(posted, { 'LMP-1': '1' }),
    reason: 'One has a scratch, says the customer',
  })
  const other = await desk.follow('invoices', posted, 'credit-notes', desk.part(posted, { 'LMP-1': '2' }))
  await desk.act('credit-notes', other, 'cancel', { reason: 'It was one only.' })
}

/** Payments without an invoice, and one that was somebody else's. */
async function* customersMoney(desk: Desk): Story {
  const { id: partyId, currency } = desk.customer('northern')
  yield on(-6, 10)
  const onAccount = await desk.api.post('/payments', {
    direction: 'in',
    partyId,
    currency,
    amount: '2000.00',
    method: 'bank',
    reference: 'On account for the new studio',
  })
  await desk.act('payments', onAccount, 'post')
  yield on(-5, 10)
  const wrong = await desk.api.post('/payments', {
    direction: 'in',
    partyId: desk.customer('kaveri').id,
    currency: 'USD',
    amount: '412.00',
    method: 'bank',
  })
  await desk.act('payments', wrong, 'post')
  yield on(-4, 10)
  await desk.act('payments', wrong, 'cancel', { reason: 'Meant for another company; the bank took it back.' })
  yield on(-4, 11)
  const back = await desk.api.post('/payments', {
    direction: 'in',
    partyId: desk.customer('nandu').id,
    currency: 'USD',
    amount: '300.00',
    method: 'card',
  })
  await desk.act('payments', back, 'post')
  yield on(-3, 11)
  await desk.act('payments', back, 'refund', { amount: '120.00' })
}
