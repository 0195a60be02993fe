import type { Dice } from './dice.ts'
import * as model from './model.ts'
import { type Call, type Done, type Move, adopt, all, forget, money, paths, text } from './move.ts'
import { quantityOf } from './order-moves.ts'
import type { Invoice, InvoiceKind, Order, OrderLine, State } from './state.ts'
import type { World } from './world.ts'

/** What people do with invoices, bills and credits. */

function postable(state: State, invoice: Invoice): Call['must'] {
  if (invoice.state !== 'draft') return 'refuse'
  for (const line of invoice.lines) {
    const same = invoice.lines.filter((l) => l.orderLine === line.orderLine && l.type === 'item')
    if (invoice.kind === 'invoice' && line.orderLine !== null && line.type === 'item') {
      const { line: orderLine } = model.orderLineOf(state, line.orderLine)
      if (model.total(same.map((l) => l.base)) > model.due(orderLine)) return 'refuse'
    }
    if (line.corrects !== null && line.type === 'item') {
      const corrected = model.invoiceLineOf(state, line.corrects)
      if (line.base > corrected.base - corrected.credited) return 'refuse'
    }
  }
  return undefined
}

function post(world: World, state: State, invoice: Invoice, decides = true): Call {
  const body = invoice.kind === 'bill' && decides ? { acceptDifferences: { reason: 'as agreed' } } : undefined
  const amounts = expectedAmounts(world, state, invoice)
  return {
    method: 'POST',
    path: `${paths[invoice.kind]}/${invoice.id}/post`,
    ...(body && { body }),
    must: postable(state, invoice),
    apply: ({ model: now, actual }) => {
      const posted = actual.invoices[invoice.id]!
      for (const [id, amount] of amounts) {
        const line = posted.lines.find((l) => l.id === id)!
        if (line.amount !== amount) throw new Error(`a line came to ${line.amount}, by the model ${amount}`)
      }
      if (posted.corrects === null) {
        const gross = model.grossOf(posted.lines, world, posted)
        if (posted.gross !== gross)
          throw new Error(`the invoice came to ${posted.gross}, by the model ${gross}`)
      }
      model.postInvoice(now.state, now.state.invoices[invoice.id]!, posted)
    },
  }
}

/** R6: what parts of order lines come to, at the moment of posting; by invoice line. */
function expectedAmounts(world: World, state: State, invoice: Invoice): Map<string, number> {
  const amounts = new Map<string, number>()
  if (invoice.corrects !== null) return amounts
  const seen = new Map<string, OrderLine>()
  for (const line of invoice.lines) {
    if (line.orderLine === null || line.type !== 'item') continue
    const source = seen.get(line.orderLine) ?? structuredClone(model.orderLineOf(state, line.orderLine).line)
    const byHand = invoice.lines.some(
      (l) =>
        l.orderLine === line.orderLine &&
        (l.unitPrice !== source.unitPrice || l.discount !== source.discount),
    )
    if (byHand) continue
    const amount = model.partAmount(state, source, line.base, world.digits[invoice.currency]!)
    if (amount === null) continue
    amounts.set(line.id, amount)
    source.invoiced += line.base
    source.invoicedAmount += amount
    seen.set(line.orderLine, source)
  }
  return amounts
}

function draft(world: World, path: string, body: object | undefined, dice: Dice, must?: Call['must']): Call {
  const posts = !dice.chance(15)
  return {
    method: 'POST',
    path,
    ...(body && { body }),
    must,
    apply: adopt('invoices'),
    next: ({ answer, model: now }: Done) =>
      posts ? post(world, now.state, now.state.invoices[answer.id]!) : null,
  }
}

// From orders

function fromOrder(kind: 'invoice' | 'bill'): Move {
  const orderKind = kind === 'invoice' ? 'sales-order' : 'purchase-order'
  return (world, state, dice) => {
    const orders = all(state.orders).filter((o) => o.kind === orderKind)
    const order = dice.recent(
      orders.filter((o) => o.state === 'confirmed' || o.state === 'closed' || dice.chance(3)),
    )
    if (!order) return null
    const path = `${paths[orderKind]}/${order.id}/${paths[kind].slice(1)}`
    const may = order.state === 'confirmed' || order.state === 'closed'
    const dueLines = order.lines.filter((line) => model.due(line) > 0)
    if (dice.chance(40)) {
      const nothing = kind === 'invoice' && dueLines.length === 0
      return draft(world, path, undefined, dice, !may || nothing ? 'refuse' : undefined)
    }
    if (dice.chance(25)) {
      const downPayment = dice.chance(50)
        ? { percent: String(10 * (1 + dice.int(9))) }
        : { amount: String(1 + dice.int(40)) }
      return draft(world, path, { downPayment }, dice, may ? undefined : 'refuse')
    }
    const line = dice.any(dueLines.length > 0 ? dueLines : order.lines)!
    return draft(world, path, part(world, kind, order, line, dice), dice)
  }
}

function part(world: World, kind: 'invoice' | 'bill', order: Order, line: OrderLine, dice: Dice): object {
  const product = world.products.find((p) => p.id === line.product)!
  const most = model.due(line) + (dice.chance(5) ? 1 : 0)
  const base = dice.chance(40) && most > 0 ? most : quantityOf(product, dice, 5)
  const rest = order.lines.filter((other) => other !== line && model.due(other) > 0 && dice.chance(50))
  const otherPrice = kind === 'bill' ? dice.chance(40) : dice.chance(10)
  return {
    lines: [
      {
        sourceLineId: line.id,
        quantity: text(base / line.factor),
        ...(otherPrice && { unitPrice: money(10 * (1 + dice.int(3000))) }),
      },
      ...rest.map((other) => ({ sourceLineId: other.id })),
    ],
  }
}

function fromShipment(kind: 'invoice' | 'bill'): Move {
  const sourceKind = kind === 'invoice' ? 'delivery-note' : 'receipt-note'
  return (world, state, dice) => {
    const shipments = all(state.shipments).filter((s) => s.kind === sourceKind)
    const shipment = dice.recent(shipments.filter((s) => s.state === 'posted' || dice.chance(3)))
    if (!shipment) return null
    const path = `${paths[sourceKind]}/${shipment.id}/${paths[kind].slice(1)}`
    const must = shipment.state === 'posted' ? undefined : 'refuse'
    if (!dice.chance(40)) return draft(world, path, undefined, dice, must)
    const line = dice.any(shipment.lines)!
    const left = line.base - line.returned - line.invoiced
    const base = left > 1 && dice.chance(60) ? left - 1 : left
    const otherPrice = kind === 'bill' && dice.chance(60)
    const body = {
      lines: [
        {
          sourceLineId: line.id,
          ...(base > 0 && { quantity: text(base / line.factor) }),
          ...(otherPrice && { unitPrice: money(10 * (1 + dice.int(3000))) }),
        },
      ],
    }
    return draft(world, path, body, dice, left > 0 ? must : 'refuse')
  }
}

/** One invoice for several deliveries, or one bill for several receipts. */
const fromSeveral: Move = (world, state, dice) => {
  const kind = dice.one<'invoice' | 'bill'>('invoice', 'bill')
  const sourceKind = kind === 'invoice' ? 'delivery-note' : 'receipt-note'
  const shipments = all(state.shipments).filter((s) => s.kind === sourceKind && s.state === 'posted')
  const party = dice.recent(shipments)?.party
  const several = shipments.filter((s) => s.party === party).slice(-3)
  if (several.length === 0) return null
  return draft(world, paths[kind], { sourceIds: several.map((s) => s.id) }, dice)
}

/** What of an order is open is invoiced, and settled with a payment that came before. */
const withAdvance: Move = (world, state, dice) => {
  const payments = all(state.payments).filter(
    (y) =>
      y.state === 'posted' &&
      y.amount - y.rounding - y.settled > 0 &&
      (y.direction === 'in') === (y.side === 'customer'),
  )
  const payment = dice.recent(payments)
  const order = dice.recent(
    all(state.orders).filter(
      (o) => o.party === payment?.party && o.currency === payment.currency && o.state === 'confirmed',
    ),
  )
  if (!payment || !order) return null
  const kind = order.kind === 'sales-order' ? 'invoice' : 'bill'
  const left = payment.amount - payment.rounding - payment.settled
  const amount = money(
    dice.chance(50) ? Math.min(left, order.gross) : 10 ** (3 - world.digits[order.currency]!),
  )
  const path = `${paths[order.kind]}/${order.id}/${paths[kind].slice(1)}`
  return draft(world, path, { advances: [{ paymentId: payment.id, amount }] }, dice)
}

/** An invoice with nothing behind it. */
const byHand: Move = (world, _state, dice) => {
  const kind = dice.one<'invoice' | 'bill'>('invoice', 'bill')
  const lines = Array.from({ length: 1 + dice.int(3) }, () => ({
    description: 'work',
    quantity: text(1 + dice.int(4)),
    unitPrice: money(10 * (1 + dice.int(3000))),
    taxIds: [...world.taxes.keys()].slice(dice.int(3)),
    ...(dice.chance(20) && { discountPercent: String(1 + dice.int(99)) }),
  }))
  const body = {
    partyId: dice.any(kind === 'invoice' ? world.customers : world.vendors),
    currency: dice.chance(25) ? world.currencies[1] : 'USD',
    pricesIncludeTax: dice.chance(25),
    ...(dice.chance(20) && { discountPercent: '7.5' }),
    lines,
  }
  return draft(world, paths[kind], body, dice, 'accept')
}

/** Somebody decides on what a bill differs in, before it is posted. */
const accept: Move = (_world, state, dice) => {
  const bill = dice.recent(all(state.invoices).filter((i) => i.kind === 'bill' && i.state === 'draft'))
  if (!bill) return null
  return {
    method: 'POST',
    path: `/bills/${bill.id}/accept-differences`,
    body: { reason: 'as agreed by telephone' },
    apply: () => {},
  }
}

// Credits

function credits(kind: 'credit-note' | 'vendor-credit'): Move {
  const claimKind: InvoiceKind = kind === 'credit-note' ? 'invoice' : 'bill'
  return (world, state, dice) => {
    const claims = all(state.invoices).filter((i) => i.kind === claimKind)
    const claim = dice.recent(claims.filter((i) => i.state === 'posted' || dice.chance(3)))
    if (!claim) return null
    const path = `${paths[claimKind]}/${claim.id}/${paths[kind].slice(1)}`
    const must = claim.state === 'posted' ? undefined : 'refuse'
    const way = dice.int(4)
    if (way === 0) return draft(world, path, { reason: 'wrong' }, dice, must)
    const line = dice.any(claim.lines)!
    const leftBase = line.base - line.credited
    const leftAmount = line.amount - line.creditedAmount
    if (way === 1) {
      const base =
        leftBase > 1 && dice.chance(60) ? 1 + dice.int(Math.floor(leftBase)) : leftBase + dice.int(2)
      if (base <= 0) return null
      const quantity = text(base / line.factor)
      const refuse = base > Math.abs(leftBase)
      return draft(
        world,
        path,
        { lines: [{ sourceLineId: line.id, quantity }] },
        dice,
        refuse ? 'refuse' : must,
      )
    }
    const step = 10 ** (3 - world.digits[claim.currency]!)
    const some = step * (1 + dice.int(5000))
    if (way === 2) {
      const amount = dice.chance(50) ? some : Math.max(leftAmount, step)
      const refuse = amount > leftAmount
      const body = { lines: [{ sourceLineId: line.id, amount: money(amount) }] }
      return draft(world, path, body, dice, refuse ? 'refuse' : must)
    }
    const amount = dice.chance(50) ? some : claim.gross
    return draft(world, path, { amount: money(amount) }, dice, amount > claim.gross ? 'refuse' : must)
  }
}

function creditOfReturn(kind: 'credit-note' | 'vendor-credit'): Move {
  const returnKind = kind === 'credit-note' ? 'sales-return' : 'purchase-return'
  return (world, state, dice) => {
    const returns = all(state.shipments).filter((s) => s.kind === returnKind)
    const shipment = dice.recent(returns.filter((s) => s.state === 'posted' || dice.chance(5)))
    if (!shipment) return null
    const path = `${paths[returnKind]}/${shipment.id}/${paths[kind].slice(1)}`
    return draft(world, path, undefined, dice, shipment.state === 'posted' ? undefined : 'refuse')
  }
}

const applyCredit: Move = (_world, state, dice) => {
  const posted = all(state.invoices).filter((i) => i.corrects !== null && i.state === 'posted')
  const credit = dice.recent(posted.filter((i) => model.left(i) > 0 || dice.chance(5)))
  if (!credit) return null
  const claimKind = credit.kind === 'credit-note' ? 'invoice' : 'bill'
  const claims = all(state.invoices).filter(
    (i) =>
      i.kind === claimKind &&
      i.party === credit.party &&
      i.currency === credit.currency &&
      i.state === 'posted' &&
      model.left(i) > 0,
  )
  const claim = dice.any(claims)
  const by =
    !claim || dice.chance(40)
      ? null
      : Math.min(model.left(credit), model.left(claim)) + (dice.chance(10) ? 1000 : 0)
  const path = `${paths[credit.kind]}/${credit.id}/apply`
  const nothing = model.left(credit) <= 0 || claims.length === 0
  const over = by !== null && by > Math.min(model.left(credit), model.left(claim!))
  return {
    method: 'POST',
    path,
    ...(by !== null && { body: { allocations: [{ invoiceId: claim!.id, amount: money(by) }] } }),
    must: nothing || over ? 'refuse' : 'accept',
    apply: ({ model: now, actual }) => {
      const mine = now.state.invoices[credit.id]!
      // Which documents an empty body reaches is decided by their due dates; how much, by what is left.
      let all = by ?? Math.min(model.left(credit), model.total(claims.map(model.left)))
      mine.settled += all
      for (const each of claims) {
        const taken = actual.invoices[each.id]!.settled - each.settled
        if (taken < 0 || taken > model.left(each))
          throw new Error(`${taken} of ${model.left(each)} was applied`)
        if (by !== null && taken !== (each === claim ? by : 0))
          throw new Error(`${taken} was applied, not ${by}`)
        all -= taken
        now.state.invoices[each.id]!.settled += taken
        now.state.invoices[each.id]!.credited += taken
      }
      if (all !== 0) throw new Error(`${all} of the credit went nowhere`)
    },
  }
}

// Drafts

const postAny: Move = (world, state, dice) => {
  const invoice = dice.recent(all(state.invoices).filter((i) => i.state === 'draft' || dice.chance(5)))
  return invoice && post(world, state, invoice, dice.chance(60))
}

const cancelDraft: Move = (_world, state, dice) => {
  const invoice = dice.recent(all(state.invoices).filter((i) => i.state === 'draft' || dice.chance(5)))
  if (!invoice) return null
  const deletes = dice.chance(50)
  const path = `${paths[invoice.kind]}/${invoice.id}`
  return {
    method: deletes ? 'DELETE' : 'POST',
    path: deletes ? path : `${path}/cancel`,
    must: invoice.state === 'draft' ? 'accept' : 'refuse',
    apply: (done) => {
      if (deletes) forget('invoices', invoice.id)(done)
      else done.model.state.invoices[invoice.id]!.state = 'cancelled'
    },
  }
}

/** Saves a draft again, with another quantity of one of its lines or as it is (S34). */
const changeDraft: Move = (world, state, dice) => {
  const invoice = dice.recent(all(state.invoices).filter((i) => i.state === 'draft' || dice.chance(5)))
  if (!invoice) return null
  const line = dice.any(invoice.lines.filter((l) => l.type === 'item'))
  const lines =
    line && dice.chance(60)
      ? invoice.lines.map((l) => ({ id: l.id, ...(l === line && { quantity: text(1 + dice.int(4)) }) }))
      : undefined
  void world
  return {
    method: 'PATCH',
    path: `${paths[invoice.kind]}/${invoice.id}`,
    body: { notes: 'looked at', ...(lines && { lines }) },
    must: invoice.state === 'draft' ? undefined : 'refuse',
    apply: adopt('invoices'),
  }
}

export const invoiceMoves = {
  invoice: fromOrder('invoice'),
  bill: fromOrder('bill'),
  'invoice a delivery': fromShipment('invoice'),
  'bill a receipt': fromShipment('bill'),
  'invoice several': fromSeveral,
  'invoice with an advance': withAdvance,
  'invoice by hand': byHand,
  'accept differences': accept,
  credit: credits('credit-note'),
  'credit of a vendor': credits('vendor-credit'),
  'credit a return': creditOfReturn('credit-note'),
  'credit of a return': creditOfReturn('vendor-credit'),
  'apply a credit': applyCredit,
  'post an invoice': postAny,
  'drop an invoice draft': cancelDraft,
  'change an invoice draft': changeDraft,
} satisfies Record<string, Move>
