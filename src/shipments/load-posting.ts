import type { Context } from '../kernel/context.ts'
import type { Decimal } from '../kernel/decimal.ts'
import { notFound } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type ShipmentKind, describeShipment } from '../kinds.ts'
import type { OrderLineRow, OrderRow } from '../orders/index.ts'
import { type StockReader, type StockState, loadStock } from '../stock/index.ts'
import { lotsBackByLine } from './lots-left.ts'
import type { Posting } from './posting.ts'
import {
  type ShipmentLineRow,
  type ShipmentRow,
  lockOrderOfShipment,
  lockShipment,
  lockSourceOfShipment,
  selectBilledOnReceipts,
  selectLotsBackOfSource,
  selectOrderLinesOfShipment,
  selectShipmentLines,
  selectSourceLines,
  selectSourceMoves,
} from './records.ts'

const selectOrderWarehouse = statement(
  'warehouses_of_shipment',
  { id: 'uuid', name: 'text', ofOrder: 'bool' },
  (p: { companyId: string; id: string }) => sql`
    select w.id, w.name, bool_or(pair.of_order) as of_order from (
      select l.warehouse_id, false as of_order from shipment_lines l where l.company_id = ${p.companyId} and l.shipment_id = ${p.id}
      union
      select o.warehouse_id, true from shipments s join orders o on o.company_id = s.company_id and o.id = s.order_id
      where s.company_id = ${p.companyId} and s.id = ${p.id}
    ) pair join warehouses w on w.company_id = ${p.companyId} and w.id = pair.warehouse_id
    group by w.id, w.name`,
)

// A count fixes the quantity on its date: nothing may move before it afterwards (S21).
const selectLaterCounts = statement(
  'later_counts',
  { sku: 'text', number: 'text?', date: 'date' },
  (p: { companyId: string; id: string }) => sql`
    select l.sku, c.number, c.date from shipments s
    join shipment_lines l on l.company_id = s.company_id and l.shipment_id = s.id
    join shipment_lines k on k.company_id = l.company_id and k.product_id = l.product_id and k.counted_quantity is not null
      and k.warehouse_id in (l.warehouse_id, s.to_warehouse_id)
    join shipments c on c.company_id = k.company_id and c.id = k.shipment_id and c.state = 'posted' and c.date > s.date
    where s.company_id = ${p.companyId} and s.id = ${p.id}
    order by c.date limit 1`,
)

// What a count finds is held against what lay there on its date: what moved later came on top of it (S21).
const selectMovedLater = statement(
  'moved_after_count',
  { productId: 'uuid', warehouseId: 'uuid?', locationId: 'uuid', lotId: 'uuid?', quantity: 'numeric' },
  (p: { companyId: string; id: string }) => sql`
    with counted as (
      select distinct l.product_id, l.warehouse_id, s.date from shipments s
      join shipment_lines l on l.company_id = s.company_id and l.shipment_id = s.id and l.counted_quantity is not null
      where s.company_id = ${p.companyId} and s.id = ${p.id}
    )
    select x.product_id, x.warehouse_id, x.location_id, x.lot_id, sum(x.quantity) as quantity from (
      select m.product_id, m.to_warehouse_id as warehouse_id, m.to_location_id as location_id, m.lot_id, m.quantity
      from counted c join stock_moves m on m.company_id = ${p.companyId} and m.product_id = c.product_id
        and m.to_warehouse_id = c.warehouse_id and m.date > c.date
      union all
      select m.product_id, m.from_warehouse_id, m.from_location_id, m.lot_id, -m.quantity
      from counted c join stock_moves m on m.company_id = ${p.companyId} and m.product_id = c.product_id
        and m.from_warehouse_id = c.warehouse_id and m.date > c.date
    ) x group by x.product_id, x.warehouse_id, x.location_id, x.lot_id`,
)

/** Locks the chain from its root, then the levels, and reads what posting decides on: one burst. */
export async function loadPosting(
  tx: Transaction,
  ctx: Context,
  kind: ShipmentKind,
  id: string,
  reader: StockReader,
) {
  const p = { companyId: ctx.company.id, id }
  const [
    order,
    source,
    shipment,
    lines,
    orderLines,
    sourceLines,
    stock,
    sourceMoves,
    warehouses,
    counts,
    billed,
    lotsBack,
    movedLater,
  ] = await Promise.all([
    tx.maybe(lockOrderOfShipment, p),
    tx.maybe(lockSourceOfShipment, p),
    tx.maybe(lockShipment, p),
    tx.all(selectShipmentLines, p),
    tx.all(selectOrderLinesOfShipment, p),
    tx.all(selectSourceLines, p),
    loadStock(tx, ctx, reader, id),
    tx.all(selectSourceMoves, p),
    tx.all(selectOrderWarehouse, p),
    tx.all(selectLaterCounts, p),
    kind === 'receipt-note' ? tx.all(selectBilledOnReceipts, p) : [],
    kind === 'purchase-return' ? tx.all(selectLotsBackOfSource, p) : [],
    kind === 'stock-adjustment' ? tx.all(selectMovedLater, p) : [],
  ])
  if (!shipment || shipment.kind !== kind) throw notFound(describeShipment(kind).title)
  const posting: Posting = {
    ctx,
    shipment,
    lines,
    order,
    orderWarehouseId: warehouses.find((w) => w.ofOrder)?.id ?? null,
    orderLines: new Map(orderLines.map((l) => [l.id, l])),
    sourceLines: new Map(sourceLines.map((l) => [l.id, l])),
    sourceMoves,
    lotsBack: lotsBackByLine(lotsBack),
    stock,
    movedLater: movedLater.map((m) => ({ ...m, warehouseId: m.warehouseId! })),
    warehouseNames: new Map(warehouses.map((w) => [w.id, w.name])),
    billedOnReceipts: billedByLine(billed),
  }
  return { posting, source, laterCount: counts[0] ?? null }
}

function billedByLine(
  billed: readonly { orderLineId: string | null; invoiced: Decimal; invoicedValue: Decimal }[],
): Posting['billedOnReceipts'] {
  return new Map(billed.map((b) => [b.orderLineId!, { quantity: b.invoiced, value: b.invoicedValue }]))
}

/** A note that this transaction has made of an order, with what it read and locked for that. */
export interface FreshShipment {
  readonly shipment: ShipmentRow
  readonly lines: readonly ShipmentLineRow[]
  readonly order: OrderRow
  readonly orderLines: readonly OrderLineRow[]
  /** As it was read; null where it has changed since, or those who wait are not on it. */
  readonly stock: StockState | null
}

/**
 * The same for a note that was made of an order in this transaction: order and levels are locked and read, and
 * nobody else has seen the note yet.
 */
export async function loadFresh(
  tx: Transaction,
  ctx: Context,
  kind: ShipmentKind,
  fresh: FreshShipment,
  reader: StockReader,
) {
  const { shipment, lines, order, orderLines } = fresh
  const p = { companyId: ctx.company.id, id: shipment.id }
  const here = lines.every((line) => line.warehouseId === order.warehouseId)
  const own = here ? standingIn(order.warehouseId, fresh) : null
  const [stock, warehouses, counts, billed] = await Promise.all([
    own ?? loadStock(tx, ctx, reader, shipment.id),
    here
      ? [{ id: order.warehouseId, name: order.warehouseName, ofOrder: true }]
      : tx.all(selectOrderWarehouse, p),
    tx.all(selectLaterCounts, p),
    kind === 'receipt-note' ? tx.all(selectBilledOnReceipts, p) : [],
  ])
  const taken = new Set(lines.map((line) => line.orderLineId))
  const posting: Posting = {
    ctx,
    shipment,
    lines,
    order,
    orderWarehouseId: order.warehouseId,
    orderLines: new Map(orderLines.flatMap((l) => (taken.has(l.id) ? [[l.id, l]] : []))),
    sourceLines: new Map(),
    sourceMoves: [],
    lotsBack: new Map(),
    stock,
    movedLater: [],
    warehouseNames: new Map(warehouses.map((w) => [w.id, w.name])),
    billedOnReceipts: billedByLine(billed),
  }
  return { posting, source: null, laterCount: counts[0] ?? null }
}

/**
 * The stock of the order as the note's own, where it is all in one warehouse. What is held elsewhere comes free
 * there, for those who wait there: they would have to be read first.
 */
function standingIn(warehouseId: string, { stock }: FreshShipment): StockState | null {
  if (stock === null) return null
  for (const level of stock.levels.values()) if (level.warehouseId !== warehouseId) return null
  return stock
}
