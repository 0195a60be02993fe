import { on } from './calendar.ts'
import type { Desk } from './desk.ts'
import type { Story } from './tell.ts'

/** What has just happened in the story of the 200 laptops. */
export type Chapter =
  | 'bought'
  | 'received'
  | 'billed'
  | 'bill paid'
  | 'ordered'
  | 'delivered'
  | 'invoice paid'
  | 'sent back'
  | 'credited by the vendor'
  | 'come back'
  | 'credited'
  | 'both refunded'
  | 'one missing'
  | 'held'
  | 'released'

/**
 * The story of the 200 laptops: bought, sold, some sent back, one come back, one lost. Its figures are
 * told in docs/crimson.md and tested; nothing else in the demo touches the product CB-14.
 */
export async function* laptopStory(desk: Desk, tell: (chapter: Chapter) => Promise<void>): Story {
  yield on(-59, 9)
  const bought = await desk.buy('bright', [['CB-14', '200']], { expectedDate: desk.calendar.date(-55) })
  await tell('bought')

  yield on(-55, 9)
  const received = await desk.receive(bought)
  await tell('received')
  yield on(-54, 9)
  const bill = await desk.bill(bought, { reference: 'SB-88121' })
  await tell('billed')
  yield on(-51, 9)
  await desk.pay('bills', bill, { reference: 'SB-88121' })
  await tell('bill paid')

  yield on(-50, 9)
  const sold = await desk.sell('premium', [['CB-14', '20']], {
    priceBookId: desk.books.australia,
    reference: 'PC-4711',
    expectedDate: desk.calendar.date(-48),
  })
  await tell('ordered')
  yield on(-49, 9)
  const delivered = await desk.deliver(sold, { carrier: 'Straits Freight', tracking: 'SF-205-770-118' })
  await tell('delivered')
  yield on(-49, 11)
  const invoice = await desk.invoice(sold, { reference: 'PC-4711' })
  yield on(-47, 9)
  await desk.pay('invoices', invoice, { method: 'card' })
  await tell('invoice paid')

  yield on(-45, 9)
  const back = desk.part(received, { 'CB-14': '10' }, { reason: 'defective' })
  const sentBack = await desk.followAndPost('receipt-notes', received, 'purchase-returns', back)
  await tell('sent back')
  yield on(-44, 14)
  const vendorCredit = await desk.followAndPost('purchase-returns', sentBack, 'vendor-credits', {
    reference: 'SB-C-3071',
  })
  await tell('credited by the vendor')

  yield on(-43, 10)
  const one = desk.part(delivered, { 'CB-14': '1' }, { reason: 'defective', disposition: 'restock' })
  const cameBack = await desk.followAndPost('delivery-notes', delivered, 'sales-returns', one)
  await tell('come back')
  yield on(-43, 11)
  const credit = await desk.followAndPost('sales-returns', cameBack, 'credit-notes')
  await tell('credited')
  yield on(-41, 9)
  await desk.pay('credit-notes', credit, { method: 'card' })
  yield on(-40, 9)
  await desk.pay('vendor-credits', vendorCredit)
  await tell('both refunded')

  yield on(-38, 17)
  const loss = await desk.api.post('/stock-adjustments', {
    warehouseId: desk.places.main,
    reason: 'Missing at the stocktaking',
    lines: [{ productId: desk.product('CB-14'), quantityChange: '-1' }],
  })
  await desk.act('stock-adjustments', loss, 'post')
  await tell('one missing')

  yield on(-22, 10)
  const held = await desk.api.post('/stock-reservations', {
    partyId: desk.customer('premium').id,
    warehouseId: desk.places.main,
    reserveUntil: desk.calendar.later(on(-10, 18)).toISOString(),
    notes: 'Until Olivia has her budget.',
    lines: desk.lines([['CB-14', '5']]),
  })
  await tell('held')
  yield on(-18, 16)
  await desk.act('stock-reservations', held, 'release', { reason: 'No budget before spring.' })
  await tell('released')
}
