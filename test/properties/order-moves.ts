import type { Dice } from './dice.ts'
import * as model from './model.ts'
import { type Call, type Move, adopt, all, forget, money, paths, text } from './move.ts'
import type { Order, OrderKind, State } from './state.ts'
import type { Product, World } from './world.ts'

/** What people do with orders. */

/** Pieces of serial goods are whole, other goods come in halves. */
export function quantityOf(product: Product, dice: Dice, most: number): number {
  const whole = 1 + dice.int(most)
  return product.tracking === 'serial' || !dice.chance(25) ? whole : whole - 0.5
}

function lines(world: World, dice: Dice): object[] {
  return Array.from({ length: 1 + dice.int(3) }, () => {
    const product = dice.any(world.offered)!
    const boxed = product.name === 'plain' && dice.chance(20)
    return {
      productId: product.id,
      quantity: text(boxed ? 1 + dice.int(2) : quantityOf(product, dice, 6)),
      ...(boxed && { unit: 'box' }),
      unitPrice: money(10 * (1 + dice.int(3000))),
      ...(dice.chance(20) && { discountPercent: String(1 + dice.int(99)) }),
      ...(dice.chance(25) && { taxIds: [...world.taxes.keys()].slice(dice.int(2)) }),
      ...(dice.chance(15) && { tolerancePercent: '50' }),
    }
  })
}

function newOrder(kind: OrderKind): Move {
  return (world, _state, dice) => {
    const discountPercent = dice.chance(10) ? 12.5 : 0
    const discountAmount = discountPercent === 0 && dice.chance(8) ? 1 + dice.int(4) : 0
    const body = {
      partyId: dice.any(kind === 'sales-order' ? world.customers : world.vendors),
      warehouseId: dice.one(...world.warehouses, world.warehouses[0]),
      currency: dice.chance(25) ? world.currencies[1] : 'USD',
      pricesIncludeTax: dice.chance(25),
      ...(dice.chance(20) && { backOrders: dice.chance(50) }),
      ...(dice.chance(15) && { priority: dice.int(5) }),
      ...(discountPercent > 0 && { discountPercent: String(discountPercent) }),
      ...(discountAmount > 0 && { discountAmount: String(discountAmount) }),
      // Before the rate of the other currency changed.
      ...(dice.chance(20) && { orderDate: '2026-03-01' }),
      lines: lines(world, dice),
    }
    return {
      method: 'POST',
      path: paths[kind],
      body,
      // A discount in money may be more than the lines are worth.
      must: discountAmount > 0 ? undefined : 'accept',
      apply: (done) => {
        adopt('orders')(done)
        const order = done.model.state.orders[done.answer.id]!
        checkTotals(world, order, { percent: discountPercent, amount: 1000 * discountAmount })
      },
      next: ({ answer, model: now }) =>
        dice.chance(15) ? null : confirm(world, now.state, now.state.orders[answer.id]!),
    }
  }
}

/** Totals of a new order, computed a second time (R1 to R5). */
export function checkTotals(world: World, order: Order, discount: { percent: number; amount: number }): void {
  const digits = world.digits[order.currency]!
  const whole = model.total(order.lines.map((line) => model.lineAmount(line, digits)))
  const right = whole - model.rounded(whole * discount.percent, 100, digits) - discount.amount
  const sum = model.total(order.lines.map((line) => line.amount))
  if (sum !== right) throw new Error(`the lines add up to ${sum}, by the model ${right}`)
  const gross = model.grossOf(order.lines, world, order)
  if (order.gross !== gross) throw new Error(`the order comes to ${order.gross}, by the model ${gross}`)
}

export function confirm(world: World, state: State, order: Order): Call {
  return {
    method: 'POST',
    path: `${paths[order.kind]}/${order.id}/confirm`,
    must: confirmable(world, state, order),
    apply: ({ model: now }) => model.confirmOrder(now.state, now.state.orders[order.id]!),
  }
}

function confirmable(world: World, state: State, order: Order): Call['must'] {
  if (order.state !== 'draft') return 'refuse'
  const waits = order.backOrders ?? world.settings.backOrders
  if (order.kind === 'purchase-order' || state.negative[order.warehouse] || waits) return 'accept'
  const goods = order.lines.filter((line) => line.stocked)
  const wanted = (product: string): number =>
    goods.filter((l) => l.product === product).reduce((sum, l) => sum + l.base, 0)
  // What an order from a reservation holds already, and what has expired, only the server knows.
  if (order.reservation !== null) return undefined
  if (goods.some((l) => wanted(l.product) > model.onHand(state, l.product, order.warehouse))) return 'refuse'
  return undefined
}

const confirmAny: Move = (world, state, dice) => {
  const order = dice.recent(all(state.orders).filter((o) => o.state === 'draft' || dice.chance(3)))
  return order && confirm(world, state, order)
}

const endAny: Move = (_world, state, dice) => {
  const order = dice.recent(all(state.orders))
  if (!order) return null
  const how = dice.one('cancel', 'close')
  const may =
    how === 'close'
      ? order.state === 'confirmed'
      : order.state === 'draft' || (order.state === 'confirmed' && !model.endsNothing(order))
  return {
    method: 'POST',
    path: `${paths[order.kind]}/${order.id}/${how}`,
    body: { reason: 'not wanted' },
    must: may ? 'accept' : 'refuse',
    apply: ({ model: now }) => model.endOrder(now.state.orders[order.id]!, how),
  }
}

const amend: Move = (world, state, dice) => {
  const order = dice.recent(all(state.orders).filter((o) => o.state === 'confirmed' || dice.chance(5)))
  const line = order && dice.any(order.lines)
  if (!order || !line) return null
  const product = world.products.find((p) => p.id === line.product)!
  const quantity = dice.chance(75) ? quantityOf(product, dice, 8) : null
  const unitPrice = quantity === null || dice.chance(10) ? 10 * (1 + dice.int(3000)) : null
  const base = quantity === null ? line.base : quantity * line.factor
  const done = Math.max(line.shipped - line.returnedReplace, line.invoiced - line.credited)
  const below = quantity !== null && base < done
  const refuse = order.state !== 'confirmed' || below || (unitPrice !== null && line.invoiced > 0)
  const change = {
    id: line.id,
    ...(quantity !== null && { quantity: text(quantity) }),
    ...(unitPrice !== null && { unitPrice: money(unitPrice) }),
  }
  return {
    method: 'POST',
    path: `${paths[order.kind]}/${order.id}/amend`,
    body: { priority: dice.int(4), lines: [change] },
    must: refuse ? 'refuse' : undefined,
    apply: ({ model: now, actual }) => {
      const mine = now.state.orders[order.id]!
      const written = actual.orders[order.id]!
      const amended = mine.lines.find((l) => l.id === line.id)!
      amended.unitPrice = unitPrice ?? amended.unitPrice
      model.amendQuantity(mine, amended, base)
      // Amounts are computed anew; the totals of a new order are judged when it is made.
      mine.gross = written.gross
      for (const each of mine.lines) each.amount = written.lines.find((l) => l.id === each.id)!.amount
    },
  }
}

const changeDraft: Move = (world, state, dice) => {
  const order = dice.recent(all(state.orders).filter((o) => o.state === 'draft' || dice.chance(5)))
  if (!order) return null
  return {
    method: 'PATCH',
    path: `${paths[order.kind]}/${order.id}`,
    body: { notes: 'changed', lines: lines(world, dice) },
    must: order.state === 'draft' ? 'accept' : 'refuse',
    apply: adopt('orders'),
  }
}

const deleteDraft: Move = (_world, state, dice) => {
  const order = dice.recent(all(state.orders).filter((o) => o.state === 'draft' || dice.chance(5)))
  if (!order) return null
  return {
    method: 'DELETE',
    path: `${paths[order.kind]}/${order.id}`,
    must: order.state === 'draft' ? 'accept' : 'refuse',
    apply: forget('orders', order.id),
  }
}

export const orderMoves = {
  sell: newOrder('sales-order'),
  buy: newOrder('purchase-order'),
  confirm: confirmAny,
  'end order': endAny,
  amend,
  'change order draft': changeDraft,
  'delete order draft': deleteDraft,
} satisfies Record<string, Move>
