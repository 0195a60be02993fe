import type { Dice } from './dice.ts'
import * as model from './model.ts'
import { type Call, type Done, type Move, adopt, all, forget, orderOf, paths, text } from './move.ts'
import { quantityOf } from './order-moves.ts'
import type { LotBalance, Order, OrderLine, Shipment, ShipmentLine, State } from './state.ts'
import type { Product, World } from './world.ts'

/** What people do with goods. */

const yesterday = '2026-06-14'

function productOf(world: World, id: string): Product {
  return world.products.find((product) => product.id === id)!
}

/** Lots or serial numbers that come in: new ones, sometimes one that was there before. */
function incomingLots(state: State, product: Product, quantity: number, dice: Dice): object {
  if (product.tracking === 'none' || dice.chance(3)) return {}
  const seed = dice.int(40)
  if (product.tracking === 'serial') {
    return { serials: Array.from({ length: quantity }, (_, i) => `S${seed}-${i}`) }
  }
  const known = dice.any(state.lots.filter((lot) => lot.product === product.id))
  const expiresOn = dice.one('2026-12-31', '2026-07-01', null, '2026-06-01')
  const first = known && dice.chance(40) ? { number: known.number } : { number: `L${seed}`, expiresOn }
  if (quantity <= 1 || !dice.chance(30)) return { lots: [{ ...first, quantity: text(quantity) }] }
  return {
    lots: [
      { ...first, quantity: '1' },
      { number: `L${seed}b`, expiresOn, quantity: text(quantity - 1) },
    ],
  }
}

/** Lots that go out of a warehouse, chosen by hand; nothing when the system shall choose. */
function outgoingLots(state: State, warehouse: string, product: Product, quantity: number): object {
  const here = state.lots.filter(
    (b) => b.product === product.id && b.warehouse === warehouse && b.place === 'stock' && b.quantity > 0,
  )
  return takeLots(here, product, quantity)
}

function takeLots(
  from: readonly { number: string; quantity: number }[],
  product: Product,
  quantity: number,
): object {
  if (product.tracking === 'none') return {}
  let left = quantity
  const taken: { number: string; quantity: string }[] = []
  for (const lot of from) {
    if (left <= 0) break
    if (taken.some((t) => t.number === lot.number)) continue
    const part = Math.min(left, lot.quantity)
    taken.push({ number: lot.number, quantity: text(part) })
    left -= part
  }
  if (left > 0) return {}
  return product.tracking === 'serial' ? { serials: taken.map((t) => t.number) } : { lots: taken }
}

// Posting and undoing

/** Whether posting must be refused, must succeed, or depends on what only the server knows. */
function postable(world: World, state: State, shipment: Shipment): Call['must'] {
  if (shipment.state !== 'draft') return 'refuse'
  const order = orderOf(state, shipment)
  const ships = shipment.kind === 'delivery-note' || shipment.kind === 'receipt-note'
  if (ships && order && order.state !== 'confirmed') return 'refuse'
  if (shipment.source !== null && state.shipments[shipment.source]!.state !== 'posted') return 'refuse'
  if (countedLater(state, shipment)) return 'refuse'
  for (const line of shipment.lines) {
    const same = shipment.lines.filter(
      (l) => l.orderLine === line.orderLine && l.sourceLine === line.sourceLine,
    )
    const whole = model.total(same.map((l) => l.base + l.rejected))
    if (ships && line.orderLine !== null) {
      if (whole > model.shippable(model.orderLineOf(state, line.orderLine).line)) return 'refuse'
    }
    if (shipment.source !== null) {
      const source = state.shipments[shipment.source]!.lines.find((l) => l.id === line.sourceLine)!
      if (whole > source.base + source.rejected - source.returned) return 'refuse'
    }
  }
  const untracked = shipment.lines.every((l) => productOf(world, l.product).tracking === 'none')
  const mayGoNegative = (warehouse: string): boolean => state.negative[warehouse]!
  if (shipment.kind === 'delivery-note') {
    if (shipment.lines.some((l) => !mayGoNegative(l.warehouse) && outOf(state, shipment, l) < 0))
      return 'refuse'
    return untracked && shipment.lines.every((l) => mayGoNegative(l.warehouse)) ? 'accept' : undefined
  }
  // What is not there cannot go, negative stock or not (S23).
  if (shipment.kind === 'stock-transfer') {
    const tooMuch = shipment.lines.some((l) => l.fromPlace === null && outOf(state, shipment, l) < 0)
    return tooMuch ? 'refuse' : undefined
  }
  if (shipment.kind === 'receipt-note' || shipment.kind === 'sales-return')
    return untracked ? 'accept' : undefined
  return undefined
}

/** What would be left on hand where a line takes from, after all lines that take there. */
function outOf(state: State, shipment: Shipment, line: ShipmentLine): number {
  const same = shipment.lines.filter((l) => l.product === line.product && l.warehouse === line.warehouse)
  return model.onHand(state, line.product, line.warehouse) - model.total(same.map((l) => l.base))
}

/** A count fixes the quantity on its date: nothing may move before it afterwards (S21). */
function countedLater(state: State, shipment: Shipment): boolean {
  return all(state.shipments).some(
    (count) =>
      count.state === 'posted' &&
      count.date > shipment.date &&
      count.lines.some(
        (line) =>
          line.counted !== null &&
          shipment.lines.some(
            (l) =>
              l.product === line.product &&
              (l.warehouse === line.warehouse || shipment.toWarehouse === line.warehouse),
          ),
      ),
  )
}

function post(world: World, state: State, shipment: Shipment): Call {
  return {
    method: 'POST',
    path: `${paths[shipment.kind]}/${shipment.id}/post`,
    must: postable(world, state, shipment),
    apply: ({ model: now }) => model.postShipment(now, now.state.shipments[shipment.id]!),
  }
}

const postAny: Move = (world, state, dice) => {
  const shipment = dice.recent(all(state.shipments).filter((s) => s.state === 'draft' || dice.chance(10)))
  return shipment && post(world, state, shipment)
}

const undoAny: Move = (_world, state, dice) => {
  const shipment = dice.recent(all(state.shipments).filter((s) => s.state === 'posted' || dice.chance(5)))
  if (!shipment) return null
  const how = dice.one('reverse', 'reopen')
  const built = shipment.lines.some(
    (l) => l.returned > 0 || l.invoiced > 0 || (shipment.viaTransit && l.received > 0),
  )
  const order = orderOf(state, shipment)
  const ships = shipment.kind === 'delivery-note' || shipment.kind === 'receipt-note'
  // A draft of an ended order could not be posted again.
  const stuck = how === 'reopen' && ships && order !== null && order.state !== 'confirmed'
  const refuse = shipment.state !== 'posted' || built || stuck || countedLater(state, shipment)
  return {
    method: 'POST',
    path: `${paths[shipment.kind]}/${shipment.id}/${how}`,
    // Goods that went out can always come back; goods that came in may be gone or held.
    must: refuse ? 'refuse' : shipment.kind === 'delivery-note' ? 'accept' : undefined,
    apply: ({ model: now }) => model.undoShipment(now, now.state.shipments[shipment.id]!, how),
  }
}

/** Makes a draft and, mostly, posts it. */
function draft(world: World, path: string, body: object | undefined, dice: Dice, must?: Call['must']): Call {
  const posts = !dice.chance(20)
  return {
    method: 'POST',
    path,
    ...(body && { body }),
    must,
    apply: adopt('shipments'),
    next: ({ answer, model: now }: Done) =>
      posts ? post(world, now.state, now.state.shipments[answer.id]!) : null,
  }
}

function dated(dice: Dice): object {
  return dice.chance(7) ? { date: yesterday } : {}
}

// Deliveries and receipts

function ships(kind: 'delivery-note' | 'receipt-note'): Move {
  const orderKind = kind === 'delivery-note' ? 'sales-order' : 'purchase-order'
  return (world, state, dice) => {
    const orders = all(state.orders).filter((o) => o.kind === orderKind)
    const order = dice.recent(orders.filter((o) => o.state === 'confirmed' || dice.chance(3)))
    if (!order) return null
    const path = `${paths[orderKind]}/${order.id}/${kind}s`
    const tracks = order.lines.some((l) => productOf(world, l.product).tracking !== 'none')
    // An empty body takes all that is open; receipts of tracked goods need their lots.
    if (dice.chance(40) && (kind === 'delivery-note' || !tracks)) {
      return draft(world, path, dated(dice), dice, order.state === 'confirmed' ? undefined : 'refuse')
    }
    const goods = order.lines.filter((line) => line.stocked && (model.shippable(line) > 0 || dice.chance(5)))
    const chosen = goods.filter((_, i) => i === 0 || dice.chance(60))
    if (chosen.length === 0) return null
    const lines = chosen.map((line) =>
      kind === 'delivery-note'
        ? deliveryLine(world, state, order, line, dice)
        : receiptLine(world, state, line, dice),
    )
    return draft(world, path, { ...dated(dice), lines }, dice)
  }
}

/** All that is open, a part of it, or (to be refused or within the tolerance) more. */
function portion(world: World, line: OrderLine, dice: Dice): number {
  const most = dice.chance(10) ? Math.floor(model.shippable(line)) + dice.int(2) : model.open(line)
  const product = productOf(world, line.product)
  if (most <= 0) return quantityOf(product, dice, 2)
  return dice.chance(50) ? Math.min(most, quantityOf(product, dice, 5)) : most
}

/** In the unit of the line, which the quantity of a part must be entered in. */
function inUnit(base: number, line: { factor: number }): string {
  return String(base / line.factor)
}

function deliveryLine(world: World, state: State, order: Order, line: OrderLine, dice: Dice): object {
  const base = portion(world, line, dice)
  const warehouseId = dice.chance(20) ? dice.one(...world.warehouses) : undefined
  return {
    sourceLineId: line.id,
    quantity: inUnit(base, line),
    ...(warehouseId && { warehouseId }),
    ...(dice.chance(25) &&
      outgoingLots(state, warehouseId ?? order.warehouse, productOf(world, line.product), base)),
  }
}

function receiptLine(world: World, state: State, line: OrderLine, dice: Dice): object {
  const whole = portion(world, line, dice)
  const rejected = dice.chance(20) ? Math.min(whole, 1 + dice.int(2)) : 0
  return {
    sourceLineId: line.id,
    quantity: inUnit(whole - rejected, line),
    ...(rejected > 0 && { rejectedQuantity: inUnit(rejected, line), reason: 'damaged' }),
    ...incomingLots(state, productOf(world, line.product), whole, dice),
    ...(dice.chance(10) && { warehouseId: world.warehouses[0], locationId: world.shelf }),
  }
}

// Returns

function returns(kind: 'sales-return' | 'purchase-return'): Move {
  const sourceKind = kind === 'sales-return' ? 'delivery-note' : 'receipt-note'
  return (world, state, dice) => {
    const sources = all(state.shipments).filter((s) => s.kind === sourceKind)
    const source = dice.recent(sources.filter((s) => s.state === 'posted' || dice.chance(3)))
    if (!source) return null
    const path = `${paths[sourceKind]}/${source.id}/${kind}s`
    if (dice.chance(20)) return draft(world, path, { reason: 'defective' }, dice)
    const line = dice.any(source.lines)!
    const product = productOf(world, line.product)
    const most = line.base + line.rejected - line.returned + (dice.chance(5) ? 1 : 0)
    const quantity = dice.chance(60) && most > 0 ? most : quantityOf(product, dice, 3)
    const body = {
      reason: 'defective',
      lines: [
        {
          sourceLineId: line.id,
          quantity: inUnit(quantity, line),
          ...(kind === 'sales-return' && {
            disposition: dice.one('restock', 'quarantine', 'scrap'),
            ...(dice.chance(15) && { warehouseId: dice.one(...world.warehouses) }),
          }),
          replace: dice.chance(35),
          ...takeLots(line.lots.slice(dice.int(2)), product, quantity),
        },
      ],
    }
    return draft(world, path, body, dice)
  }
}

// Adjustments, counts and transfers

const adjust: Move = (world, state, dice) => {
  const warehouse = dice.one(...world.warehouses)
  const product = dice.any(world.goods)!
  const quantity = quantityOf(product, dice, 5)
  const base = { productId: product.id, reason: 'found out' }
  const less = dice.chance(50)
  const count = dice.chance(35)
  const lot = dice.any(state.lots.filter((b) => b.product === product.id && b.warehouse === warehouse))
  const lots =
    product.tracking === 'none'
      ? {}
      : count || less
        ? lot && chosenLot(lot, product, quantity, count)
        : incomingLots(state, product, quantity, dice)
  if (lots === null) return null
  const line = count
    ? {
        ...base,
        countedQuantity: text(product.tracking === 'serial' ? dice.int(2) : quantity - 1 + dice.int(2)),
      }
    : { ...base, quantityChange: text(less ? -quantity : quantity) }
  const cost = dice.chance(70) ? { unitCost: String((1 + dice.int(2000)) / 100) } : {}
  const place = dice.chance(10) ? { locationId: world.quarantines[warehouse] } : {}
  const body = { warehouseId: warehouse, ...dated(dice), lines: [{ ...line, ...lots, ...cost, ...place }] }
  return draft(world, paths['stock-adjustment'], body, dice)
}

function chosenLot(lot: LotBalance, product: Product, quantity: number, count: boolean): object {
  if (product.tracking === 'serial') return { serials: [lot.number] }
  return { lots: [{ number: lot.number, quantity: text(count ? 0 : quantity) }] }
}

const transfer: Move = (world, state, dice) => {
  const [from, to] = dice.chance(40) ? [...world.warehouses].toReversed() : world.warehouses
  const product = dice.any(world.goods)!
  const quantity = quantityOf(product, dice, 5)
  const viaTransit = dice.chance(30)
  const body = {
    warehouseId: from,
    toWarehouseId: to,
    viaTransit,
    takeReservations: !viaTransit && dice.chance(40),
    lines: [
      { productId: product.id, quantity: text(quantity), ...outgoingLots(state, from!, product, quantity) },
    ],
  }
  return draft(world, paths['stock-transfer'], body, dice)
}

/** Goods go into quarantine or come out of it, within one warehouse. */
const quarantine: Move = (world, state, dice) => {
  const warehouseId = dice.one(...world.warehouses)
  const product = dice.any(world.goods)!
  const quantity = quantityOf(product, dice, 3)
  const out = dice.chance(40)
  const place = world.quarantines[warehouseId]
  const lots = state.lots.filter(
    (b) =>
      b.product === product.id &&
      b.warehouse === warehouseId &&
      b.place === (out ? 'quarantine' : 'stock') &&
      b.quantity > 0,
  )
  const line = { productId: product.id, quantity: text(quantity), ...takeLots(lots, product, quantity) }
  const stock = world.stocks[warehouseId]
  const places = out ? { locationId: place, toLocationId: stock } : { toLocationId: place }
  const body = { warehouseId, toWarehouseId: warehouseId, lines: [{ ...line, ...places }] }
  return draft(world, paths['stock-transfer'], body, dice)
}

/** Goods are put on another shelf of the first warehouse, or back to their usual place. */
const shelve: Move = (world, state, dice) => {
  const [warehouseId] = world.warehouses
  const product = dice.any(world.goods)!
  const quantity = quantityOf(product, dice, 4)
  const lots = outgoingLots(state, warehouseId, product, quantity)
  const back = dice.chance(35)
  const places = back
    ? { locationId: world.shelf, toLocationId: world.stocks[warehouseId] }
    : { toLocationId: world.shelf }
  const lines = [{ productId: product.id, quantity: text(quantity), ...lots, ...places }]
  return draft(world, paths['stock-transfer'], { warehouseId, toWarehouseId: warehouseId, lines }, dice)
}

/** Negative stock is allowed in a warehouse, or not any more. */
const allowNegative: Move = (world, state, dice) => {
  const warehouse = dice.any(world.warehouses)!
  const allow = !state.negative[warehouse]
  const below = world.goods.some((p) => model.onHand(state, p.id, warehouse) < 0)
  return {
    method: 'PATCH',
    path: `/warehouses/${warehouse}`,
    body: { allowNegative: allow },
    must: allow ? 'accept' : below ? 'refuse' : undefined,
    apply: ({ model: now }) => {
      now.state.negative[warehouse] = allow
    },
  }
}

/** A delivery or a receipt without an order. */
function byHand(kind: 'delivery-note' | 'receipt-note'): Move {
  return (world, state, dice) => {
    const warehouseId = dice.one(...world.warehouses)
    const product = dice.any(world.goods)!
    const quantity = quantityOf(product, dice, 4)
    const incoming = kind === 'receipt-note'
    const cost = incoming && dice.chance(70) ? { unitCost: String((1 + dice.int(2000)) / 100) } : {}
    const lots = incoming ? incomingLots(state, product, quantity, dice) : {}
    const body = {
      partyId: dice.any(incoming ? world.vendors : world.customers),
      warehouseId,
      ...dated(dice),
      lines: [{ productId: product.id, quantity: text(quantity), ...cost, ...lots }],
    }
    return draft(world, paths[kind], body, dice)
  }
}

const receive: Move = (_world, state, dice) => {
  const transfers = all(state.shipments).filter((s) => s.kind === 'stock-transfer' && s.viaTransit)
  const shipment = dice.recent(transfers.filter((s) => s.state === 'posted' || dice.chance(5)))
  if (!shipment) return null
  const line = shipment.lines[0]!
  const rest = line.base - line.received
  const part = dice.chance(40) ? 1 + dice.int(3) : null
  const refuse = shipment.state !== 'posted' || rest <= 0 || (part ?? 0) > rest
  return {
    method: 'POST',
    path: `${paths['stock-transfer']}/${shipment.id}/receive`,
    ...(part !== null && { body: { lines: [{ sourceLineId: line.id, quantity: inUnit(part, line) }] } }),
    must: refuse ? 'refuse' : 'accept',
    apply: ({ model: now }) =>
      model.receiveTransfer(now.state, now.state.shipments[shipment.id]!, new Map([[line.id, part ?? rest]])),
  }
}

// Drafts

const changeDraft: Move = (world, state, dice) => {
  const drafts = all(state.shipments).filter((s) => s.state === 'draft' || dice.chance(5))
  const shipment = dice.recent(drafts)
  if (!shipment || shipment.kind === 'stock-adjustment' || shipment.kind === 'stock-transfer') return null
  const line = dice.any(shipment.lines)!
  const product = productOf(world, line.product)
  const quantity = quantityOf(product, dice, 4)
  const lots =
    shipment.kind === 'receipt-note'
      ? incomingLots(state, product, quantity, dice)
      : shipment.kind === 'delivery-note'
        ? dice.chance(50)
          ? outgoingLots(state, line.warehouse, product, quantity)
          : {}
        : takeLots(line.lots, product, quantity)
  return {
    method: 'PATCH',
    path: `${paths[shipment.kind]}/${shipment.id}`,
    body: {
      lines: [{ sourceLineId: line.sourceLine ?? line.orderLine, quantity: inUnit(quantity, line), ...lots }],
    },
    must: shipment.state === 'draft' ? undefined : 'refuse',
    apply: adopt('shipments'),
  }
}

const deleteDraft: Move = (_world, state, dice) => {
  const shipment = dice.recent(all(state.shipments).filter((s) => s.state === 'draft' || dice.chance(5)))
  if (!shipment) return null
  return {
    method: 'DELETE',
    path: `${paths[shipment.kind]}/${shipment.id}`,
    // What was posted once keeps its number and its movements.
    must: shipment.state === 'draft' && !shipment.numbered ? 'accept' : 'refuse',
    apply: forget('shipments', shipment.id),
  }
}

export const shipmentMoves = {
  deliver: ships('delivery-note'),
  receive: ships('receipt-note'),
  'take goods back': returns('sales-return'),
  'send goods back': returns('purchase-return'),
  adjust,
  transfer,
  quarantine,
  shelve,
  'allow negative stock': allowNegative,
  'deliver by hand': byHand('delivery-note'),
  'receive by hand': byHand('receipt-note'),
  'receive a transfer': receive,
  'post a shipment': postAny,
  'undo a shipment': undoAny,
  'change shipment draft': changeDraft,
  'delete shipment draft': deleteDraft,
} satisfies Record<string, Move>
