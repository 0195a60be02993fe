import * as model from './model.ts'
import { type Move, adopt, all, text } from './move.ts'
import { checkTotals, confirm, quantityOf } from './order-moves.ts'
import type { Reservation } from './state.ts'

/** What people do with stock reservations. They end by themselves when time passes (R11). */

const path = '/stock-reservations'

function openOf(line: Reservation['lines'][number]): number {
  return line.base - line.released - line.ordered
}

const reserve: Move = (world, state, dice) => {
  const warehouseId = dice.one(...world.warehouses)
  const product = dice.any(world.goods)!
  const quantity = quantityOf(product, dice, 4)
  const tooMuch = !state.negative[warehouseId] && quantity > model.onHand(state, product.id, warehouseId)
  return {
    method: 'POST',
    path,
    body: {
      partyId: dice.any(world.customers),
      warehouseId,
      lines: [{ productId: product.id, quantity: text(quantity) }],
    },
    must: tooMuch ? 'refuse' : undefined,
    apply: adopt('reservations'),
  }
}

const release: Move = (_world, state, dice) => {
  const reservation = dice.recent(all(state.reservations))
  if (!reservation) return null
  const [line] = reservation.lines
  const quantity = dice.chance(50) ? 1 : null
  const most = openOf(line!)
  return {
    method: 'POST',
    path: `${path}/${reservation.id}/release`,
    ...(quantity !== null && { body: { lines: [{ id: line!.id, quantity: text(quantity) }] } }),
    must: reservation.state !== 'active' || (quantity ?? 0) > most ? 'refuse' : undefined,
    apply: ({ model: now }) => {
      const mine = now.state.reservations[reservation.id]!
      const [first] = mine.lines
      first!.released += quantity ?? most
      if (openOf(first!) === 0) mine.state = first!.ordered > 0 ? 'ordered' : 'released'
    },
  }
}

const extend: Move = (_world, state, dice) => {
  const reservation = dice.recent(all(state.reservations))
  if (!reservation) return null
  return {
    method: 'POST',
    path: `${path}/${reservation.id}/extend`,
    must: reservation.state === 'active' ? undefined : 'refuse',
    apply: ({ model: now, actual }) => {
      now.state.reservations[reservation.id]!.until = actual.reservations[reservation.id]!.until
    },
  }
}

const order: Move = (world, state, dice) => {
  const reservation = dice.recent(all(state.reservations))
  if (!reservation) return null
  const [line] = reservation.lines
  const quantity = dice.chance(50) ? 1 : null
  const refuse = reservation.state !== 'active' || (quantity ?? 0) > openOf(line!)
  const confirms = !dice.chance(25)
  return {
    method: 'POST',
    path: `${path}/${reservation.id}/sales-orders`,
    ...(quantity !== null && { body: { lines: [{ sourceLineId: line!.id, quantity: text(quantity) }] } }),
    must: refuse ? 'refuse' : undefined,
    apply: (done) => {
      adopt('orders')(done)
      checkTotals(world, done.model.state.orders[done.answer.id]!, { percent: 0, amount: 0 })
    },
    next: ({ answer, model: now }) =>
      confirms ? confirm(world, now.state, now.state.orders[answer.id]!) : null,
  }
}

export const reservationMoves = {
  reserve,
  release,
  extend,
  'order what is reserved': order,
} satisfies Record<string, Move>
