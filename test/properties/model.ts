import {
  type Invoice,
  type InvoiceLine,
  type Order,
  type OrderLine,
  type Shipment,
  type ShipmentLine,
  type State,
  levelKey,
} from './state.ts'
import type { World } from './world.ts'

/**
 * The model: what every operation does to the figures, said a second time in the simplest way and without
 * a line of the code under test. Each function changes the state as a successful operation must.
 */

// Order lines

/** Still to be delivered or received. */
export function open(line: OrderLine): number {
  return line.stocked ? Math.max(line.base - line.cancelled - line.shipped + line.returnedReplace, 0) : 0
}

/** Still to be invoiced: what is wanted or has gone, less what came back for good and what is invoiced. */
export function due(line: OrderLine): number {
  const wanted = Math.max(line.base - line.cancelled, line.shipped - line.returnedReplace)
  return Math.max(wanted - line.returned - (line.invoiced - line.credited), 0)
}

/** What the tolerance still allows to be delivered or received. */
export function shippable(line: OrderLine): number {
  if (line.cancelled > 0) return open(line)
  const limit = Math.round(line.base * (100 + line.tolerance)) / 100
  return Math.max(Math.round((limit - line.shipped + line.returnedReplace) * 100) / 100, 0)
}

export function endsNothing(order: Order): boolean {
  return order.lines.every((line) => open(line) === 0 && (line.stocked || due(line) === 0))
}

/** R12: line by line, drafts and cancelled orders do not count, services do not wait for goods. */
function refresh(order: Order): void {
  const goods = order.lines.filter((line) => line.stocked)
  if (order.state === 'draft' || order.state === 'cancelled') order.fulfilment = 'none'
  else if (goods.length === 0) order.fulfilment = 'full'
  else if (goods.every((line) => line.shipped === 0)) order.fulfilment = 'none'
  else order.fulfilment = goods.every((line) => open(line) === 0) ? 'full' : 'partial'

  if (order.lines.every((line) => due(line) === 0) && order.lines.some((line) => line.invoiced > 0))
    order.invoicing = 'full'
  else order.invoicing = order.lines.some((line) => line.invoiced > line.credited) ? 'partial' : 'none'

  const back = (line: OrderLine): number => line.returned + line.returnedReplace
  const gone = order.lines.filter((line) => line.shipped > 0)
  if (order.lines.every((line) => back(line) === 0)) order.returned = 'none'
  else order.returned = gone.every((line) => back(line) === line.shipped) ? 'full' : 'partial'
}

export function confirmOrder(state: State, order: Order): void {
  order.state = 'confirmed'
  refresh(order)
  const reservation = order.reservation === null ? null : state.reservations[order.reservation]!
  if (reservation?.state !== 'active') return
  // The order takes over what was reserved; more is ordered on top of it.
  for (const line of reservation.lines) {
    const taken = total(order.lines.filter((l) => l.reservationLine === line.id).map((l) => l.base))
    line.ordered = Math.min(line.ordered + taken, line.base - line.released)
  }
  if (reservation.lines.every((line) => line.released + line.ordered === line.base))
    reservation.state = 'ordered'
}

/** What is open is not expected any more; an order that has begun is closed and not cancelled. */
export function endOrder(order: Order, how: 'cancel' | 'close'): void {
  const begun = order.lines.some((line) => line.shipped > 0 || line.invoiced > 0)
  if (order.state === 'confirmed') {
    for (const line of order.lines)
      line.cancelled += line.stocked ? open(line) : Math.min(due(line), line.base)
  }
  order.state = how === 'close' || (begun && order.state === 'confirmed') ? 'closed' : 'cancelled'
  refresh(order)
}

export function amendQuantity(order: Order, line: OrderLine, base: number): void {
  line.base = base
  refresh(order)
}

// Shipments

export function orderLineOf(state: State, id: string): { order: Order; line: OrderLine } {
  for (const order of Object.values(state.orders)) {
    const line = order.lines.find((l) => l.id === id)
    if (line) return { order, line }
  }
  throw new Error(`no order line ${id}`)
}

function moveGoods(
  state: State,
  product: string,
  warehouse: string,
  change: { onHand?: number; quarantined?: number },
): void {
  const key = levelKey(product, warehouse)
  const level = state.levels[key] ?? { onHand: 0, quarantined: 0, reserved: 0 }
  level.onHand += change.onHand ?? 0
  level.quarantined += change.quarantined ?? 0
  state.levels[key] = level
}

export function onHand(state: State, product: string, warehouse: string): number {
  return state.levels[levelKey(product, warehouse)]?.onHand ?? 0
}

/** What posting did to on hand and quarantine, to be taken back by its exact opposite. */
export type Moved = { product: string; warehouse: string; onHand: number; quarantined: number }[]

/** The state, and what cannot be read from it: how each posted shipment came to its figures. */
export interface Model {
  state: State
  readonly moved: Map<string, Moved>
}

export function postShipment({ state, moved }: Model, shipment: Shipment): void {
  const done: Moved = []
  const go = (product: string, warehouse: string, stock: number, quarantined = 0): void => {
    moveGoods(state, product, warehouse, { onHand: stock, quarantined })
    done.push({ product, warehouse, onHand: stock, quarantined })
  }
  const put = (product: string, warehouse: string, place: string | null, quantity: number): void =>
    place === 'quarantine' ? go(product, warehouse, 0, quantity) : go(product, warehouse, quantity)
  const source = shipment.source === null ? null : state.shipments[shipment.source]!
  for (const line of shipment.lines) {
    switch (shipment.kind) {
      case 'delivery-note':
        go(line.product, line.warehouse, -line.base)
        break
      case 'receipt-note':
        go(line.product, line.warehouse, line.base, line.rejected)
        break
      case 'sales-return':
        if (line.disposition === 'restock') go(line.product, line.warehouse, line.base)
        if (line.disposition === 'quarantine') go(line.product, line.warehouse, 0, line.base)
        break
      case 'purchase-return': {
        // Rejected goods go first, as far as they still lie in quarantine.
        const from = source!.lines.find((l) => l.id === line.sourceLine)!
        const quarantined = inQuarantine(state, line, from)
        go(line.product, line.warehouse, quarantined - line.base, -quarantined)
        break
      }
      case 'stock-adjustment':
        // A count fixes the quantity; the change is what the stock differs from it at this moment (S21).
        if (line.counted !== null) line.base = line.counted - counted(state, line)
        put(line.product, line.warehouse, line.fromPlace, line.base)
        break
      case 'stock-transfer':
        put(line.product, line.warehouse, line.fromPlace, -line.base)
        if (!shipment.viaTransit) put(line.product, shipment.toWarehouse!, line.toPlace, line.base)
        break
    }
    count(state, shipment, line, 1)
  }
  moved.set(shipment.id, done)
  shipment.state = 'posted'
  shipment.numbered = true
}

/** How much of a return is taken from quarantine: rejected goods of that receipt, as far as they lie there. */
function inQuarantine(state: State, line: ShipmentLine, from: ShipmentLine): number {
  if (line.lots.length === 0) {
    const rejected = Math.max(from.rejected - from.returned, 0)
    return Math.min(
      line.base,
      rejected,
      state.levels[levelKey(line.product, line.warehouse)]?.quarantined ?? 0,
    )
  }
  return total(
    line.lots.map(({ number, quantity }) =>
      Math.min(quantity, rejectedOf(from, number), ofLot(state, line, number, 'quarantine')),
    ),
  )
}

/** The last lots of a receipt line are the rejected ones. */
function rejectedOf(receipt: ShipmentLine, number: string): number {
  let accepted = receipt.base
  for (const lot of receipt.lots) {
    const taken = Math.min(accepted, lot.quantity)
    accepted -= taken
    if (lot.number === number) return lot.quantity - taken
  }
  return 0
}

function counted(state: State, line: ShipmentLine): number {
  const [lot] = line.lots
  const place = line.fromPlace === 'quarantine' ? 'quarantine' : 'stock'
  if (lot) return ofLot(state, line, lot.number, place)
  const level = state.levels[levelKey(line.product, line.warehouse)]
  return (place === 'quarantine' ? level?.quarantined : level?.onHand) ?? 0
}

function ofLot(state: State, line: ShipmentLine, number: string, place: 'stock' | 'quarantine'): number {
  const here = state.lots.filter(
    (b) =>
      b.product === line.product &&
      b.warehouse === line.warehouse &&
      b.number === number &&
      b.place === place,
  )
  return total(here.map((b) => b.quantity))
}

export function total(quantities: readonly number[]): number {
  return quantities.reduce((sum, quantity) => sum + quantity, 0)
}

export function undoShipment({ state, moved }: Model, shipment: Shipment, how: 'reverse' | 'reopen'): void {
  for (const step of moved.get(shipment.id) ?? []) {
    moveGoods(state, step.product, step.warehouse, {
      onHand: -step.onHand,
      quarantined: -step.quarantined,
    })
  }
  for (const line of shipment.lines) count(state, shipment, line, -1)
  shipment.state = how === 'reverse' ? 'reversed' : 'draft'
}

/** The counters of the lines behind a shipment line. */
function count(state: State, shipment: Shipment, line: ShipmentLine, sign: 1 | -1): void {
  const whole = line.base + line.rejected
  if (shipment.source !== null) {
    state.shipments[shipment.source]!.lines.find((l) => l.id === line.sourceLine)!.returned += sign * whole
  }
  if (line.orderLine === null) return
  const { order, line: orderLine } = orderLineOf(state, line.orderLine)
  const wasOpen = open(orderLine)
  if (shipment.kind === 'delivery-note' || shipment.kind === 'receipt-note') {
    orderLine.shipped += sign * whole
    orderLine.rejected += sign * line.rejected
  } else if (line.replace) orderLine.returnedReplace += sign * line.base
  else orderLine.returned += sign * line.base
  if (order.state !== 'confirmed') {
    // Of an ended order nothing is expected any more, and no more is cancelled than is not delivered.
    orderLine.cancelled += Math.max(open(orderLine) - wasOpen, 0)
    const kept = orderLine.shipped - orderLine.returnedReplace
    orderLine.cancelled = Math.min(orderLine.cancelled, Math.max(orderLine.base - kept, 0))
  }
  refresh(order)
}

export function receiveTransfer(
  state: State,
  shipment: Shipment,
  quantities: ReadonlyMap<string, number>,
): void {
  for (const line of shipment.lines) {
    const quantity = quantities.get(line.id) ?? 0
    const into = line.toPlace === 'quarantine' ? 'quarantined' : 'onHand'
    moveGoods(state, line.product, shipment.toWarehouse!, { [into]: quantity })
    line.received += quantity
  }
}

// Money

export function postInvoice(state: State, invoice: Invoice, posted: Invoice): void {
  invoice.state = 'posted'
  invoice.gross = posted.gross
  invoice.lines = structuredClone(posted.lines)
  const orders = new Set<Order>()
  for (const line of invoice.lines) {
    const credit = invoice.corrects !== null
    if (line.orderLine !== null && line.type === 'item') {
      const { order, line: orderLine } = orderLineOf(state, line.orderLine)
      orders.add(order)
      if (credit) orderLine.credited += line.base
      else orderLine.invoiced += line.base
      orderLine.invoicedAmount += credit ? -line.amount : line.amount
    }
    if (line.shipmentLine !== null && invoice.kind !== 'bill')
      shipmentLineOf(state, line.shipmentLine).invoiced += line.base
    if (line.corrects !== null) {
      const corrected = invoiceLineOf(state, line.corrects)
      corrected.credited += line.base
      if (invoice.kind === 'credit-note' && line.type === 'item' && corrected.shipmentLine !== null)
        shipmentLineOf(state, corrected.shipmentLine).invoiced -= line.base
      corrected.creditedAmount += line.amount
    }
    if (line.type === 'deduction' && line.source !== null)
      invoiceLineOf(state, line.source).deducted += credit ? line.amount : -line.amount
  }
  if (invoice.order !== null && state.orders[invoice.order]) orders.add(state.orders[invoice.order]!)
  for (const order of orders) refresh(order)
  for (const { payment: id, amount } of invoice.advances) {
    const payment = state.payments[id]!
    invoice.settled += amount
    payment.settled += amount
    payment.settlements.push({ claim: invoice.id, by: id, claimAmount: amount, byAmount: amount })
  }
  if (invoice.corrects !== null) settleByCredits(state, invoice.corrects)
}

/** What is left of its credits settles an invoice first, the earliest before the others (S11). */
export function settleByCredits(state: State, id: string): void {
  const claim = state.invoices[id]!
  const credits = Object.values(state.invoices).filter((i) => i.corrects === id && i.state === 'posted')
  for (const credit of credits.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const amount = Math.min(left(claim), left(credit))
    claim.settled += amount
    claim.credited += amount
    credit.settled += amount
  }
}

function shipmentLineOf(state: State, id: string): ShipmentLine {
  for (const shipment of Object.values(state.shipments)) {
    const line = shipment.lines.find((l) => l.id === id)
    if (line) return line
  }
  throw new Error(`no shipment line ${id}`)
}

export function invoiceLineOf(state: State, id: string): InvoiceLine {
  for (const invoice of Object.values(state.invoices)) {
    const line = invoice.lines.find((l) => l.id === id)
    if (line) return line
  }
  throw new Error(`no invoice line ${id}`)
}

/** What is left to pay of a claim, or to redeem of a credit. */
export function left(document: { gross: number; settled: number }): number {
  return Math.max(document.gross - document.settled, 0)
}

/** R1: half away from zero, to the decimals of a currency; of a quotient of whole numbers. */
export function rounded(numerator: number, denominator: number, digits: number): number {
  const step = 10 ** (3 - digits)
  const [n, d] = denominator < 0 ? [-numerator, -denominator] : [numerator, denominator]
  const sign = n < 0 ? -1 : 1
  return sign * Math.floor((2 * Math.abs(n) + d * step) / (2 * d * step)) * step
}

/** R2: quantity x price x (1 - discount), rounded once. */
export function lineAmount(
  line: { base: number; factor: number; unitPrice: number; discount: number },
  digits: number,
): number {
  return rounded(2 * line.base * line.unitPrice * (100 - line.discount), 200 * line.factor, digits)
}

/**
 * R6: a part of a line; the last part takes the remainder, and a part before it no more than is left.
 * @returns null where other parts had a price of their own: then there is no one remainder.
 */
export function partAmount(state: State, line: OrderLine, base: number, digits: number): number | null {
  const parts = Object.values(state.invoices)
    .filter((invoice) => invoice.state === 'posted')
    .flatMap((invoice) => invoice.lines.filter((l) => l.orderLine === line.id))
  const own = (l: InvoiceLine): boolean => l.unitPrice === line.unitPrice && l.discount === line.discount
  if (parts.some((l) => l.type !== 'item' || !own(l))) return null
  const done = line.invoiced - line.credited
  const part = rounded(2 * line.amount * base, 2 * line.base, digits)
  if (done + base > line.base) return part
  const rest = line.amount - line.invoicedAmount
  return done + base === line.base ? rest : Math.min(part, Math.max(rest, 0))
}

/** R3 and R4 on whole documents: what lines that carry these taxes come to. */
export function grossOf(
  lines: readonly { amount: number; taxes: readonly string[] }[],
  world: World,
  document: { inclusive: boolean; currency: string },
): number {
  const net = total(lines.map((line) => line.amount))
  if (document.inclusive) return net
  const digits = world.digits[document.currency]!
  let tax = 0
  for (const [id, rate] of world.taxes) {
    const amounts = lines.filter((line) => line.taxes.includes(id)).map((line) => line.amount)
    const bases = world.settings.taxRounding === 'line' ? amounts : [total(amounts)]
    tax += total(bases.map((base) => rounded(base * rate, 100, digits)))
  }
  return net + tax
}
