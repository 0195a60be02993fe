import { refuseStale } from '../kernel/guards.ts'
import type { Context } from '../kernel/context.ts'
import { conflict, notFound, ruleBroken } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import { type ReadBack, type Transaction, readBack } from '../kernel/transaction.ts'
import { difference, recordEvents } from '../journal/events.ts'
import { type ShipmentKind, describeShipment } from '../kinds.ts'
import { lockOrder, selectOrderLines } from '../orders/index.ts'
import { loadStock, saveStock } from '../stock/index.ts'
import { checkLocations, writeShipmentLines } from './create-shipment.ts'
import {
  type DraftShipmentLine,
  type Source,
  buildShipmentLines,
  sourceOfOrderLine,
  sourceOfShipmentLine,
} from './draft-lines.ts'
import { holdChosenLots } from './hold-lots.ts'
import { presentShipment } from './present-shipment.ts'
import { type ShipmentRow, lockOrderOfShipment, lockShipment, selectShipmentLines } from './records.ts'
import type { ShipmentChange, ShipmentOut } from './schemas.ts'
import { outflowReader, proposalReader } from './stock-of-shipment.ts'

const updateDraft = statement(
  'update_shipment_draft',
  {},
  (p: { companyId: string; id: string; row: object }) => sql`
    update shipments s set date = d.date, reference = d.reference, carrier = d.carrier, tracking = d.tracking, reason = d.reason,
      notes = d.notes, take_reservations = d.take_reservations, version = s.version + 1
    from json_to_record(${JSON.stringify(p.row)}::json) as d(date date, reference text, carrier text, tracking text, reason text, notes text, take_reservations boolean)
    where s.company_id = ${p.companyId} and s.id = ${p.id} and s.state = 'draft'`,
)

const deleteLines = statement(
  'delete_shipment_lines',
  {},
  (p: { companyId: string; id: string }) =>
    sql`delete from shipment_lines where company_id = ${p.companyId} and shipment_id = ${p.id}`,
)

const deleteRow = statement(
  'delete_shipment',
  {},
  (p: { companyId: string; id: string }) =>
    sql`delete from shipments where company_id = ${p.companyId} and id = ${p.id} and state = 'draft'`,
)

/** Changes a draft. Lines, when given, replace the old ones; lots that were chosen are held for the order (S31). */
export async function changeShipment(
  tx: Transaction,
  ctx: Context,
  kind: ShipmentKind,
  id: string,
  change: ShipmentChange,
  ifMatch: number | null,
): Promise<ReadBack<ShipmentOut>> {
  const p = { companyId: ctx.company.id, id }
  const [, shipment, oldLines] = await Promise.all([
    tx.maybe(lockOrderOfShipment, p),
    tx.maybe(lockShipment, p),
    tx.all(selectShipmentLines, p),
  ])
  requireDraft(kind, shipment, ifMatch)
  const row = {
    date: change.date ?? shipment.date,
    reference: change.reference === undefined ? shipment.reference : change.reference,
    carrier: change.carrier === undefined ? shipment.carrier : change.carrier,
    tracking: change.tracking === undefined ? shipment.tracking : change.tracking,
    reason: change.reason === undefined ? shipment.reason : change.reason,
    notes: change.notes === undefined ? shipment.notes : change.notes,
    takeReservations: change.takeReservations ?? shipment.takeReservations,
  }
  let lines: DraftShipmentLine[] | null = null
  if (change.lines) {
    lines = await newLines(tx, ctx, kind, shipment, change)
    tx.write(deleteLines, p)
    writeShipmentLines(tx, ctx, id, lines)
  }
  tx.write(updateDraft, { ...p, row: { ...row, take_reservations: row.takeReservations } })
  const shown = (of: readonly { sku: string; quantity: unknown; unit: string; lots: unknown }[]) =>
    of.map((l) => ({ sku: l.sku, quantity: l.quantity, unit: l.unit, lots: l.lots }))
  const { date, reference, carrier, tracking, reason, notes, takeReservations } = shipment
  recordEvents(tx, ctx, [
    {
      type: `${kind}.changed`,
      objectKind: kind,
      objectId: id,
      ...difference(
        { date, reference, carrier, tracking, reason, notes, takeReservations, lines: shown(oldLines) },
        { ...row, lines: shown(lines ?? oldLines) },
      ),
    },
  ])
  return readBack(() => presentShipment(tx, ctx, kind, id))
}

async function newLines(
  tx: Transaction,
  ctx: Context,
  kind: ShipmentKind,
  shipment: ShipmentRow,
  change: ShipmentChange,
): Promise<DraftShipmentLine[]> {
  const options = { kind, warehouseId: shipment.warehouseId, reason: change.reason ?? shipment.reason }
  if (shipment.sourceShipmentId !== null) {
    const p = { companyId: ctx.company.id, id: shipment.sourceShipmentId }
    const [, sourceLines] = await Promise.all([tx.maybe(lockShipment, p), tx.all(selectShipmentLines, p)])
    const sources = new Map(
      sourceLines.map((line): [string, Source] => [
        line.id,
        sourceOfShipmentLine(line, kind as 'sales-return' | 'purchase-return'),
      ]),
    )
    const lines = await buildShipmentLines(tx, ctx, change.lines, { ...options, sources })
    const placed = lines.map((line, i) => ({
      ...line,
      warehouseId: change.lines![i]!.warehouseId ?? shipment.warehouseId,
    }))
    await checkLocations(tx, ctx, placed, shipment.warehouseId)
    return placed
  }
  if (shipment.orderId !== null) {
    const p = { companyId: ctx.company.id, id: shipment.orderId }
    const [, orderLines, stock] = await Promise.all([
      tx.maybe(lockOrder, p),
      tx.all(selectOrderLines, p),
      loadStock(tx, ctx, proposalReader, shipment.orderId),
    ])
    const sources = new Map(
      orderLines
        .filter((line) => line.stocked)
        .map((line): [string, Source] => [
          line.id,
          sourceOfOrderLine(
            line,
            kind as 'delivery-note' | 'receipt-note',
            [{ warehouseId: shipment.warehouseId, quantity: line.openQuantity }],
            [],
          ),
        ]),
    )
    const lines = await buildShipmentLines(tx, ctx, change.lines, { ...options, sources })
    await checkLocations(tx, ctx, lines, shipment.warehouseId)
    if (kind === 'delivery-note') {
      holdChosenLots(stock, lines)
      saveStock(tx, ctx, stock)
    }
    return lines
  }
  const lines = await buildShipmentLines(tx, ctx, change.lines, { ...options, sources: null })
  for (const [i, line] of lines.entries()) {
    if (line.warehouseId !== shipment.warehouseId)
      throw ruleBroken(
        'warehouse',
        `/lines/${i}/warehouseId`,
        'The line is in another warehouse than the document.',
      )
  }
  await checkLocations(tx, ctx, lines, shipment.toWarehouseId ?? shipment.warehouseId)
  return lines
}

export async function deleteShipment(
  tx: Transaction,
  ctx: Context,
  kind: ShipmentKind,
  id: string,
  ifMatch: number | null,
): Promise<undefined> {
  const p = { companyId: ctx.company.id, id }
  const shipment = await tx.maybe(lockShipment, p)
  requireDraft(kind, shipment, ifMatch)
  if (shipment.number !== null) {
    throw conflict(
      'numbered',
      `${shipment.number} was posted once and keeps its number and its movements. Post it again, or leave it as a draft.`,
    )
  }
  if (kind === 'delivery-note') await holdOthersAgain(tx, ctx, p)
  tx.write(deleteRow, p)
  recordEvents(tx, ctx, [
    {
      type: `${kind}.deleted`,
      objectKind: kind,
      objectId: id,
      before: { partyId: shipment.partyId, date: shipment.date },
    },
  ])
  return undefined
}

/** While lots were chosen, only those were held for the order (S31): the rest of it holds what is free again, in its turn. */
async function holdOthersAgain(
  tx: Transaction,
  ctx: Context,
  p: { companyId: string; id: string },
): Promise<void> {
  const lines = await tx.all(selectShipmentLines, p)
  const chosen = lines.filter((line) => line.orderLineId !== null && line.lots.length > 0)
  if (chosen.length === 0) return
  const stock = await loadStock(tx, ctx, outflowReader, p.id)
  for (const line of chosen) stock.allocateWaiting(line.productId, line.warehouseId)
  saveStock(tx, ctx, stock)
}

function requireDraft(
  kind: ShipmentKind,
  shipment: ShipmentRow | null,
  ifMatch: number | null,
): asserts shipment is ShipmentRow {
  const { title } = describeShipment(kind)
  if (!shipment || shipment.kind !== kind) throw notFound(title)
  refuseStale(shipment.version, ifMatch)
  if (shipment.state !== 'draft')
    throw conflict(
      'wrong-state',
      `This ${title} is ${shipment.state}; only a draft can be changed or deleted.`,
    )
}
