import { findRulesBefore, refuseUnapproved } from '../approvals/index.ts'
import { refuseStale } from '../kernel/guards.ts'
import type { Context } from '../kernel/context.ts'
import { type Decimal, zero } from '../kernel/decimal.ts'
import { conflict } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import { type ReadBack, type Transaction, awaitedLater, readBack } from '../kernel/transaction.ts'
import { recordEvents } from '../journal/events.ts'
import { linksOfMade } from '../journal/links.ts'
import { takeNumber } from '../journal/numbering.ts'
import type { EventTypeOf } from '../event-types.ts'
import { type ShipmentKind, countedAs, describeShipment } from '../kinds.ts'
import { addProgress, refreshOrder } from '../orders/index.ts'
import { type StockReader, saveStock, takenOfLayers } from '../stock/index.ts'
import { arrivalsOf } from './arriving.ts'
import { type FreshShipment, loadFresh, loadPosting } from './load-posting.ts'
import { postAdjustment } from './post-adjustment.ts'
import { postReceipt } from './post-receipt.ts'
import { postPurchaseReturn, postSalesReturn } from './post-return.ts'
import { postTransfer, receiveTransfer } from './post-transfer.ts'
import { Effects, type Posting, postDelivery } from './posting.ts'
import { type KnownOfShipment, presentShipment, whyNotUndo } from './present-shipment.ts'
import {
  type ShipmentLineProgress,
  addShipmentProgress,
  selectCorrectionsOfShipment,
  selectMovesOfShipment,
  settleLines,
} from './records.ts'
import type { ShipmentOut, TransferReceipt } from './schemas.ts'
import { holdersReader, inflowReader, outflowReader } from './stock-of-shipment.ts'
import { undoShipment } from './undo-shipment.ts'

const post: Record<
  ShipmentKind,
  { reader: StockReader; decide: (posting: Posting, effects: Effects) => void }
> = {
  'delivery-note': { reader: outflowReader, decide: postDelivery },
  'receipt-note': { reader: inflowReader, decide: postReceipt },
  'sales-return': { reader: inflowReader, decide: postSalesReturn },
  'purchase-return': { reader: inflowReader, decide: postPurchaseReturn },
  'stock-adjustment': { reader: holdersReader, decide: postAdjustment },
  'stock-transfer': { reader: holdersReader, decide: postTransfer },
}

const setPosted = statement(
  'post_shipment',
  { number: 'text?', version: 'int' },
  (p: { companyId: string; id: string; kind: string; date: string; now: Date }) => sql`
    update shipments s set state = 'posted', version = s.version + 1, posted_at = ${p.now},
      number = coalesce(s.number, ${takeNumber(p.companyId, p.kind, p.date)})
    where s.company_id = ${p.companyId} and s.id = ${p.id}
    returning s.number, s.version`,
)

const setUndone = statement(
  'undo_shipment',
  {},
  (p: { companyId: string; id: string; state: string }) => sql`
    update shipments s set state = ${p.state}, version = s.version + 1, posted_at = null
    where s.company_id = ${p.companyId} and s.id = ${p.id}`,
)

const touch = statement(
  'touch_shipment',
  {},
  (p: { companyId: string; id: string }) => sql`
    update shipments s set version = s.version + 1 where s.company_id = ${p.companyId} and s.id = ${p.id}`,
)

/**
 * Posts a draft: the goods have moved, and everything that follows from it is written with it.
 * @param fresh where it was made in the same transaction: what that has read and locked
 */
export async function postShipment(
  tx: Transaction,
  ctx: Context,
  kind: ShipmentKind,
  id: string,
  ifMatch: number | null,
  fresh?: FreshShipment,
): Promise<ReadBack<ShipmentOut>> {
  const { reader } = post[kind]
  const [{ posting, source, laterCount }, before] = await Promise.all([
    fresh ? loadFresh(tx, ctx, kind, fresh, reader) : loadPosting(tx, ctx, kind, id, reader),
    findRulesBefore(tx, ctx, kind),
  ])
  const { shipment, order } = posting
  const { title } = describeShipment(kind)
  refuseStale(shipment.version, ifMatch)
  if (shipment.state !== 'draft')
    throw conflict(
      'wrong-state',
      `This ${title} is ${shipment.state} already${shipment.number ? ` as ${shipment.number}` : ''}.`,
    )
  if (countedAs(kind) === 'shipped' && order && order.state !== 'confirmed')
    throw conflict(
      'wrong-state',
      `Order ${order.number} is ${order.state}; nothing more of it can be ${kind === 'delivery-note' ? 'delivered' : 'received'}.`,
    )
  if (source && source.state !== 'posted')
    throw conflict(
      'wrong-state',
      `${source.number} is ${source.state}; goods come back from a posted document.`,
    )
  if (laterCount) {
    throw conflict(
      'counted-later',
      `${laterCount.sku} was counted on ${laterCount.date} (${laterCount.number}); nothing can move before that date any more. Use a later date, or reverse the count.`,
      { count: laterCount.number },
    )
  }
  await refuseUnapproved(tx, ctx, before, () => presentShipment(tx, ctx, kind, id))
  const effects = new Effects()
  post[kind].decide(posting, effects)
  write(tx, ctx, posting, effects)
  event(tx, ctx, posting, `${kind}.posted`, 'draft', 'posted', null)
  const posted = awaitedLater(
    tx
      .one(setPosted, { companyId: ctx.company.id, id, kind, date: shipment.date, now: ctx.now })
      .then((now) => ({ ...shipment, state: 'posted', postedAt: ctx.now, ...now })),
  )
  // The lines are as they were unless posting has found out something about them.
  const same = [effects.settled, effects.source, effects.invoicedLines].every((all) => all.length === 0)
  const links = fresh && linksOfMade(kind as 'delivery-note' | 'receipt-note', fresh.order)
  const values = valuesOf(posting)
  const known: KnownOfShipment = {
    shipment: posted,
    ...(same && { lines: posting.lines }),
    ...(values && { values }),
    ...(links && { links }),
  }
  return readBack(() => presentShipment(tx, ctx, kind, id, known))
}

/**
 * What goods are worth that have just moved, by line: as they were moved. Undefined where something has corrected that
 * at once.
 */
function valuesOf({ stock, shipment }: Posting): KnownOfShipment['values'] {
  // Its gains and losses are told apart where they are read.
  if (shipment.kind === 'stock-adjustment') return undefined
  const moved = new Set(stock.moves.map(({ id }) => id))
  if (stock.corrections.some(({ moveId }) => moved.has(moveId))) return undefined
  const values = new Map<string, Decimal>()
  for (const { shipmentLineId, value } of stock.moves)
    values.set(shipmentLineId, (values.get(shipmentLineId) ?? zero).plus(value))
  return [...values].map(([lineId, value]) => ({ lineId, value }))
}

/** Reverses (for good) or reopens (to edit and post again under the same number). */
export async function endShipment(
  tx: Transaction,
  ctx: Context,
  kind: ShipmentKind,
  id: string,
  how: 'reverse' | 'reopen',
  reason: string | null,
  ifMatch: number | null,
): Promise<ReadBack<ShipmentOut>> {
  const p = { companyId: ctx.company.id, id }
  const [{ posting, laterCount }, moves, corrections] = await Promise.all([
    loadPosting(tx, ctx, kind, id, holdersReader),
    tx.all(selectMovesOfShipment, p),
    tx.all(selectCorrectionsOfShipment, p),
  ])
  const { shipment, lines } = posting
  const { title } = describeShipment(kind)
  refuseStale(shipment.version, ifMatch)
  if (shipment.state !== 'posted')
    throw conflict('wrong-state', `This ${title} is ${shipment.state}; only a posted one can be undone.`)
  const why = whyNotUndo(shipment, lines)
  if (why !== undefined) throw conflict('built-upon', why.message)
  if (laterCount)
    throw conflict(
      'counted-later',
      `${laterCount.sku} was counted on ${laterCount.date} (${laterCount.number}); what moved before that date stands.`,
    )
  const { order } = posting
  // As a draft of an ended order it could neither be posted again nor, being numbered, be deleted.
  if (how === 'reopen' && countedAs(kind) === 'shipped' && order && order.state !== 'confirmed')
    throw conflict(
      'wrong-state',
      `Order ${order.number} is ${order.state}, so this ${title} could not be posted again. Reverse it instead.`,
    )
  const effects = new Effects()
  const since = {
    taken: await takenOfLayers(tx, ctx, posting.stock, moves),
    corrected: Map.groupBy(corrections, (c) => c.moveId),
  }
  undoShipment(posting, moves, since, effects)
  write(tx, ctx, posting, effects)
  const state = how === 'reverse' ? 'reversed' : 'draft'
  event(tx, ctx, posting, `${kind}.${how === 'reverse' ? 'reversed' : 'reopened'}`, 'posted', state, reason)
  tx.write(setUndone, { ...p, state })
  return readBack(() => presentShipment(tx, ctx, kind, id))
}

/** Goods in transit arrive. */
export async function receiveShipment(
  tx: Transaction,
  ctx: Context,
  id: string,
  input: TransferReceipt | undefined,
  ifMatch: number | null,
): Promise<ReadBack<ShipmentOut>> {
  const kind = 'stock-transfer'
  const p = { companyId: ctx.company.id, id }
  const [{ posting }, moves] = await Promise.all([
    loadPosting(tx, ctx, kind, id, inflowReader),
    tx.all(selectMovesOfShipment, p),
  ])
  const { shipment } = posting
  refuseStale(shipment.version, ifMatch)
  if (shipment.state !== 'posted' || !shipment.viaTransit)
    throw conflict('wrong-state', 'Nothing of this transfer is in transit.')
  const receiving = { ...posting, sourceMoves: moves }
  const arrivals = arrivalsOf(receiving, input?.lines)
  if (arrivals.size === 0) throw conflict('nothing-left', 'Everything of this transfer has arrived.')
  const effects = new Effects()
  receiveTransfer(receiving, arrivals, effects)
  write(tx, ctx, posting, effects)
  tx.write(touch, p)
  event(tx, ctx, posting, 'stock-transfer.received', 'posted', 'posted', null)
  return readBack(() => presentShipment(tx, ctx, kind, id))
}

function write(tx: Transaction, ctx: Context, posting: Posting, effects: Effects): void {
  const companyId = ctx.company.id
  saveStock(tx, ctx, posting.stock, posting.shipment.date)
  if (effects.orderProgress.length > 0) tx.write(addProgress, { companyId, rows: effects.orderProgress })
  const progress = [...effects.source, ...effects.invoicedLines]
  if (progress.length > 0) tx.write(addShipmentProgress, { companyId, rows: summed(progress) })
  if (effects.settled.length > 0) {
    tx.write(settleLines, {
      companyId,
      rows: effects.settled.map(({ id, quantity, baseQuantity, lots }) => ({
        id,
        quantity,
        baseQuantity,
        lots,
      })),
    })
  }
  if (posting.shipment.orderId !== null && effects.orderProgress.length > 0)
    tx.write(refreshOrder, { companyId, id: posting.shipment.orderId })
}

/** One row per line: an update joined to two rows of one id would take only one of them. */
function summed(rows: readonly ShipmentLineProgress[]): ShipmentLineProgress[] {
  const byId = new Map<string, ShipmentLineProgress>()
  for (const row of rows) {
    const known = byId.get(row.id)
    const plus = (counter: Exclude<keyof ShipmentLineProgress, 'id'>): Decimal =>
      (known?.[counter] ?? zero).plus(row[counter] ?? zero)
    byId.set(row.id, {
      id: row.id,
      returned: plus('returned'),
      invoiced: plus('invoiced'),
      invoicedValue: plus('invoicedValue'),
      received: plus('received'),
    })
  }
  return [...byId.values()]
}

function event(
  tx: Transaction,
  ctx: Context,
  posting: Posting,
  type: EventTypeOf<ShipmentKind>,
  before: string,
  after: string,
  reason: string | null,
): void {
  const { shipment } = posting
  const movements = posting.stock.moves.map((m) => ({
    productId: m.productId,
    quantity: m.quantity,
    value: m.value,
    reverses: m.reversesId !== null,
  }))
  recordEvents(tx, ctx, [
    {
      type,
      objectKind: shipment.kind,
      objectId: shipment.id,
      before: { state: before },
      after: { state: after, movements },
      reason,
    },
  ])
}
