import { on } from './calendar.ts'
import type { Desk } from './desk.ts'
import type { Story } from './tell.ts'

/** Purchases in every state between wanted and paid. */
export function purchaseStories(desk: Desk): Story[] {
  return [
    partlyReceived(desk),
    awaited(desk),
    rejected(desk),
    priceDiffers(desk),
    differenceAccepted(desk),
    billedTooMuch(desk),
    closedWithRest(desk),
    late(desk),
    cancelled(desk),
    reversedReceipt(desk),
    creditedBill(desk),
    wrongGoods(desk),
    drafts(desk),
  ]
}

/** The rest of it is late. */
async function* partlyReceived(desk: Desk): Story {
  yield on(-30, 10)
  const order = await desk.buy(
    'seoul',
    [
      ['MON-27', '30'],
      ['PH-5', '5', 'box'],
    ],
    { expectedDate: desk.calendar.date(-8) },
  )
  yield on(-18, 11)
  await desk.receive(order, desk.part(order, { 'MON-27': '20', 'PH-5': '3' }))
  yield on(-16, 12)
  await desk.bill(order, { reference: 'SD-0094007' })
}

/** Customers wait for these. */
async function* awaited(desk: Desk): Story {
  yield on(-19, 10)
  await desk.buy('seoul', [['MON-32C', '20']], { expectedDate: desk.calendar.date(9) })
}

/**
 * Three of forty arrive broken: they go to quarantine and back. The vendor has billed all forty, which is
 * accepted because he credits the three; so far he has refunded a part.
 */
async function* rejected(desk: Desk): Story {
  yield on(-34, 10)
  const order = await desk.buy('taipei', [['DOCK-C', '40']], { expectedDate: desk.calendar.date(-27) })
  yield on(-27, 11)
  const [line] = order.lines
  const receipt = await desk.receive(order, {
    lines: [{ sourceLineId: line!.id, quantity: '37', rejectedQuantity: '3', reason: 'Cracked housings' }],
  })
  yield on(-26, 12)
  const draft = await desk.follow('purchase-orders', order, 'bills', {
    reference: 'TM-241002',
    lines: [{ sourceLineId: line!.id, quantity: '40' }],
  })
  const bill = await desk.act('bills', draft, 'post', {
    acceptDifferences: { reason: 'Taipei credits the three broken ones.' },
  })
  await desk.pay('bills', bill)
  yield on(-25, 15)
  const back = await desk.followAndPost('receipt-notes', receipt, 'purchase-returns', {
    reason: 'Cracked housings',
  })
  yield on(-15, 12)
  const credit = await desk.followAndPost('purchase-returns', back, 'vendor-credits', {
    reference: 'TM-C-118',
  })
  yield on(-3, 9)
  await desk.pay('vendor-credits', credit, { amount: '100.00' })
}

/** Billed at another price than ordered; somebody has to decide. */
async function* priceDiffers(desk: Desk): Story {
  yield on(-24, 10)
  const order = await desk.buy('hamburg', [['CAB-HDMI', '10', 'box']], {
    expectedDate: desk.calendar.date(-13),
  })
  yield on(-13, 11)
  await desk.receive(order)
  yield on(-12, 12)
  await desk.follow('purchase-orders', order, 'bills', {
    reference: 'RE 2211-0093',
    lines: [{ sourceLineId: order.lines[0]!.id, quantity: '10', unitPrice: '202.50' }],
  })
}

async function* differenceAccepted(desk: Desk): Story {
  yield on(-28, 10)
  const order = await desk.buy('osaka', [['SSD-1T', '4', 'box']], { expectedDate: desk.calendar.date(-19) })
  yield on(-19, 11)
  await desk.receive(order)
  yield on(-18, 12)
  const draft = await desk.follow('purchase-orders', order, 'bills', {
    reference: '請求書 11-0417',
    lines: [{ sourceLineId: order.lines[0]!.id, quantity: '4', unitPrice: '88500' }],
  })
  yield on(-17, 16)
  await desk.act('bills', draft, 'accept-differences', { reason: 'Price increase announced in September.' })
  const bill = await desk.act('bills', draft, 'post')
  yield on(-6, 15)
  await desk.pay('bills', bill, { amount: '150000' })
}

/** Two boxes have come less than were billed. */
async function* billedTooMuch(desk: Desk): Story {
  yield on(-21, 10)
  const order = await desk.buy('wisla', [['PAP-A4', '20', 'box']], { expectedDate: desk.calendar.date(-9) })
  yield on(-9, 11)
  await desk.receive(order, desk.part(order, { 'PAP-A4': '18' }))
  yield on(-8, 12)
  await desk.follow('purchase-orders', order, 'bills', {
    reference: 'FV 1024/11',
    lines: [{ sourceLineId: order.lines[0]!.id, quantity: '20' }],
  })
}

async function* closedWithRest(desk: Desk): Story {
  yield on(-38, 10)
  const order = await desk.buy('bright', [['PWR-65', '4', 'box']], { expectedDate: desk.calendar.date(-30) })
  yield on(-30, 11)
  await desk.receive(order, desk.part(order, { 'PWR-65': '2' }))
  yield on(-29, 12)
  await desk.bill(order, { reference: 'SB-88377' })
  yield on(-14, 10)
  await desk.act('purchase-orders', order, 'close', { reason: 'The model is replaced; no more are made.' })
}

async function* late(desk: Desk): Story {
  yield on(-25, 10)
  await desk.buy(
    'osaka',
    [
      ['CHR-1', '12'],
      ['HEAD-1', '3', 'box'],
    ],
    { expectedDate: desk.calendar.date(-6), reference: 'OS-33180' },
  )
}

async function* cancelled(desk: Desk): Story {
  yield on(-33, 10)
  const order = await desk.buy('bright', [['MOU-W', '2', 'carton']])
  yield on(-32, 9)
  await desk.act('purchase-orders', order, 'cancel', { reason: 'Ordered twice.' })
}

/** Counted into the wrong warehouse at first; a second receipt stands on the dock, not posted yet. */
async function* reversedReceipt(desk: Desk): Story {
  yield on(-13, 10)
  const order = await desk.buy(
    'taipei',
    [
      ['RTR-6', '10'],
      ['SWT-8', '20'],
    ],
    { expectedDate: desk.calendar.date(-4) },
  )
  yield on(-4, 11)
  const wrong = await desk.receive(order, desk.part(order, { 'RTR-6': '10' }))
  await desk.act('receipt-notes', wrong, 'reverse', { reason: 'These belong to Jurong West.' })
  yield on(-4, 14)
  await desk.receive(order, desk.part(order, { 'RTR-6': '10' }, { warehouseId: desk.places.west }))
  yield on(-1, 11)
  await desk.follow('purchase-orders', order, 'receipt-notes')
}

/** A discount that comes afterwards is a credit of an amount; it is taken off the open bill. */
async function* creditedBill(desk: Desk): Story {
  yield on(-23, 10)
  const order = await desk.buy('huila', [['COF-1K', '5', 'box']], { expectedDate: desk.calendar.date(-10) })
  yield on(-10, 11)
  const lots = [{ number: 'H-0601', expiresOn: desk.calendar.date(200), quantity: '60' }]
  await desk.receive(order, desk.part(order, { 'COF-1K': '5' }, { lots }))
  const bill = await desk.bill(order, { reference: 'CH-5611' })
  yield on(-7, 12)
  await desk.followAndPost('bills', bill, 'vendor-credits', {
    amount: '34.20',
    reference: 'CH-C-88',
    reason: 'Discount for the late ship',
  })
}

/** Packed to go back, not fetched yet; for the lamps that went before, the vendor's credit is open. */
async function* wrongGoods(desk: Desk): Story {
  yield on(-20, 13)
  const order = await desk.buy('bright', [['LMP-1', '20']], { expectedDate: desk.calendar.date(-14) })
  yield on(-14, 11)
  const receipt = await desk.receive(order)
  yield on(-13, 12)
  const bill = await desk.bill(order, { reference: 'SB-88460' })
  yield on(-12, 12)
  await desk.pay('bills', bill, { reference: 'SB-88460' })
  yield on(-11, 15)
  const some = desk.part(receipt, { 'LMP-1': '4' }, { reason: 'Wrong plug' })
  const first = await desk.followAndPost('receipt-notes', receipt, 'purchase-returns', some)
  yield on(-4, 12)
  await desk.followAndPost('purchase-returns', first, 'vendor-credits', { reference: 'SB-C-3102' })
  yield on(-2, 14)
  const more = desk.part(receipt, { 'LMP-1': '2' }, { reason: 'Wrong plug' })
  const second = await desk.followAndPost('receipt-notes', receipt, 'purchase-returns', more)
  await desk.follow('purchase-returns', second, 'vendor-credits')
  yield on(-1, 15)
  const rest = desk.part(receipt, { 'LMP-1': '1' }, { reason: 'Scratched' })
  await desk.follow('receipt-notes', receipt, 'purchase-returns', rest)
}

async function* drafts(desk: Desk): Story {
  yield on(-2, 15)
  await desk.draftPurchase('huila', [['COF-1K', '8', 'box']], { notes: 'Wait for the new harvest price.' })
  await desk.draftPurchase('bright', [
    ['USB-64', '4', 'box'],
    ['MOU-W', '1', 'carton'],
  ])
}
