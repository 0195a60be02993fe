import { on } from './calendar.ts'
import type { CustomerKey } from './customers-data.ts'
import type { Desk, Line } from './desk.ts'
import type { Answer } from './inner-api.ts'
import type { Story } from './tell.ts'

/** Holds in every state. */
export function reservationStories(desk: Desk): Story[] {
  return [ranOut(desk), ordered(desk), active(desk), aboutToBeOrdered(desk)]
}

/** @param days how long it is held. */
function hold(desk: Desk, who: CustomerKey, lines: readonly Line[], until: number): Promise<Answer> {
  return desk.api.post('/stock-reservations', {
    partyId: desk.customer(who).id,
    warehouseId: desk.places.main,
    reserveUntil: desk.calendar.later(on(until, 18)).toISOString(),
    lines: desk.lines(lines),
  })
}

/** Nobody called: the goods were free again by themselves. */
async function* ranOut(desk: Desk): Story {
  yield on(-20, 16)
  await hold(desk, 'brighton', [['CAM-HD', '2']], -15)
}

/** Kept longer once, then ordered and delivered. */
async function* ordered(desk: Desk): Story {
  yield on(-15, 10)
  const held = await hold(desk, 'nile', [['PH-EZ', '12']], -12)
  yield on(-13, 10)
  await desk.act('stock-reservations', held, 'extend', {
    reserveUntil: desk.calendar.later(on(-8, 18)).toISOString(),
  })
  yield on(-9, 10)
  const order = await desk.follow('stock-reservations', held, 'sales-orders')
  await desk.act('sales-orders', order, 'confirm')
  yield on(-7, 15)
  await desk.deliver(order)
}

/** Holds still, less than at first. */
async function* active(desk: Desk): Story {
  yield on(-3, 10)
  const held = await hold(
    desk,
    'harbour',
    [
      ['TB-11', '8'],
      ['BAG-15', '8'],
    ],
    14,
  )
  yield on(-2, 11)
  await desk.act('stock-reservations', held, 'release', {
    reason: 'They need two fewer.',
    lines: [{ id: held.lines[0]!.id, quantity: '2' }],
  })
}

async function* aboutToBeOrdered(desk: Desk): Story {
  yield on(-2, 16)
  const held = await hold(desk, 'thorsson', [['PRN-L1', '2']], 6)
  yield on(-1, 9)
  await desk.follow('stock-reservations', held, 'sales-orders')
}
