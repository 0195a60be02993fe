import { on } from './calendar.ts'
import type { Desk } from './desk.ts'
import type { Answer } from './inner-api.ts'
import type { Story } from './tell.ts'

/** What is done in the warehouses without a customer or vendor. */
export function warehouseStories(desk: Desk): Story[] {
  return [
    filledTheSecond(desk),
    onItsWay(desk),
    betweenShelves(desk),
    givenUp(desk),
    counted(desk),
    lostAndFound(desk),
    expired(desk),
  ]
}

function transfer(desk: Desk, lines: object[], more: object = {}): Promise<Answer> {
  const { main, west } = desk.places
  return desk.api.post('/stock-transfers', { warehouseId: main, toWarehouseId: west, ...more, lines })
}

async function* filledTheSecond(desk: Desk): Story {
  const { shelves } = desk.places
  yield on(-43, 15)
  const made = await transfer(desk, [
    ...desk.lines([['TB-8', '2', 'box']], { toLocationId: shelves['A-01'] }),
    ...desk.lines([['CAB-HDMI', '2', 'box']], { toLocationId: shelves['A-02'] }),
    ...desk.lines([['PAP-A4', '10', 'box']], { toLocationId: shelves['B-01'] }),
  ])
  await desk.act('stock-transfers', made, 'post')
  yield on(-29, 15)
  const second = await transfer(desk, desk.lines([['CHR-1', '6']]), { viaTransit: true, carrier: 'Own van' })
  await desk.act('stock-transfers', second, 'post')
  yield on(-28, 9)
  await desk.act('stock-transfers', second, 'receive')
}

/** One lorry has brought a part, another one is on the road. */
async function* onItsWay(desk: Desk): Story {
  yield on(-6, 15)
  const first = await transfer(desk, desk.lines([['MON-24', '10']]), { viaTransit: true, carrier: 'Own van' })
  const posted = await desk.act('stock-transfers', first, 'post')
  yield on(-5, 9)
  await desk.act('stock-transfers', first, 'receive', {
    lines: [{ sourceLineId: posted.lines[0]!.id, quantity: '6' }],
  })
  yield on(-1, 16)
  const second = await transfer(
    desk,
    desk.lines([
      ['USB-64', '1', 'box'],
      ['LBL-62', '1', 'box'],
    ]),
    { viaTransit: true, carrier: 'Straits Freight' },
  )
  await desk.act('stock-transfers', second, 'post')
}

async function* betweenShelves(desk: Desk): Story {
  const { west, shelves } = desk.places
  yield on(-27, 16)
  const moved = await transfer(
    desk,
    desk.lines([['PAP-A4', '4', 'box']], { locationId: shelves['B-01'], toLocationId: shelves['B-02'] }),
    { warehouseId: west },
  )
  await desk.act('stock-transfers', moved, 'post')
  yield on(-1, 17)
  await transfer(desk, desk.lines([['INK-CL', '10']]), { notes: 'When the cool room is free.' })
}

async function* givenUp(desk: Desk): Story {
  yield on(-17, 15)
  const made = await transfer(desk, desk.lines([['SWT-8', '5']]))
  await desk.act('stock-transfers', made, 'post')
  yield on(-16, 15)
  await desk.act('stock-transfers', made, 'reverse', { reason: 'They are needed in the main warehouse.' })
}

/** A count fixes the quantity, whatever it was before. */
async function* counted(desk: Desk): Story {
  const { main, west, shelves } = desk.places
  yield on(-15, 16)
  const second = await desk.api.post('/stock-adjustments', {
    warehouseId: west,
    reason: 'Stocktaking Jurong West',
    lines: [
      { productId: desk.product('CAB-HDMI'), countedQuantity: '98', locationId: shelves['A-02'] },
      { productId: desk.product('CHR-1'), countedQuantity: '6' },
    ],
  })
  await desk.act('stock-adjustments', second, 'post')
  yield on(-14, 16)
  const first = await desk.api.post('/stock-adjustments', {
    warehouseId: main,
    reason: 'Stocktaking, small parts',
    lines: [
      { productId: desk.product('HUB-7'), countedQuantity: '71' },
      { productId: desk.product('CAB-USBC'), countedQuantity: '381' },
    ],
  })
  await desk.act('stock-adjustments', first, 'post')
  yield on(-1, 9)
  await desk.api.post('/stock-adjustments', {
    warehouseId: main,
    reason: 'Stocktaking, furniture: to be counted again',
    lines: [{ productId: desk.product('CHR-1'), countedQuantity: '17' }],
  })
  // Small parts are being counted: two of four lines are in, nothing is booked.
  const productIds = ['BAG-15', 'CAB-HDMI', 'HUB-7', 'MOU-W'].map((sku) => desk.product(sku))
  const sheet = await desk.api.post('/stock-counts', { warehouseId: main, productIds, counter: 'Mei Lin' })
  await desk.api.post(`/stock-counts/${sheet.id}/entries`, {
    lines: [
      { productId: desk.product('BAG-15'), counted: '59' },
      { productId: desk.product('HUB-7'), counted: '40' },
    ],
  })
}

async function* lostAndFound(desk: Desk): Story {
  const { main } = desk.places
  yield on(-19, 16)
  const found = await desk.api.post('/stock-adjustments', {
    warehouseId: main,
    reason: 'Found behind the shelf',
    lines: [{ productId: desk.product('MOU-W'), quantityChange: '4', unitCost: '8.20' }],
  })
  await desk.act('stock-adjustments', found, 'post')
  yield on(-12, 16)
  const broken = await desk.api.post('/stock-adjustments', {
    warehouseId: main,
    reason: 'Dropped',
    lines: [{ productId: desk.product('RTR-6'), quantityChange: '-1' }],
  })
  await desk.act('stock-adjustments', broken, 'post')
  yield on(-11, 9)
  await desk.act('stock-adjustments', broken, 'reverse', { reason: 'It works after all.' })
}

/** Coffee that has passed its date cannot be sold: some of it is written off, the rest waits for that. */
async function* expired(desk: Desk): Story {
  yield on(-1, 12)
  const made = await desk.api.post('/stock-adjustments', {
    warehouseId: desk.places.main,
    reason: 'Past its date',
    lines: [
      {
        productId: desk.product('COF-1K'),
        quantityChange: '-6',
        lots: [{ number: 'H-0412', quantity: '6' }],
      },
    ],
  })
  await desk.act('stock-adjustments', made, 'post')
}
