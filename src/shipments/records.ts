import type { Decimal } from '../kernel/decimal.ts'
import { type Row, type Sql, insertInto, json, rowsParameter, sql, statement } from '../kernel/sql.ts'
import { orderLineColumns, type PartySnapshot, whatStayed } from '../orders/index.ts'
import type { PostalAddress } from '../kernel/postal-address.ts'
import { currentValue, liveMove, notArrival } from '../stock/index.ts'

/** A lot or serial number on a line, as stored: it exists already (lotId) or will be made at posting. */
export interface StoredLot {
  readonly lotId: string | null
  readonly number: string
  readonly expiresOn: string | null
  readonly quantity: string
}

export const shipmentColumns = {
  id: 'uuid',
  kind: 'text',
  number: 'text?',
  state: 'text',
  partyId: 'uuid?',
  party: json<PartySnapshot | null>(),
  warehouseId: 'uuid',
  toWarehouseId: 'uuid?',
  viaTransit: 'bool',
  takeReservations: 'bool',
  orderId: 'uuid?',
  sourceShipmentId: 'uuid?',
  date: 'date',
  deliveryAddress: json<PostalAddress | null>(),
  reference: 'text?',
  carrier: 'text?',
  tracking: 'text?',
  reason: 'text?',
  notes: 'text?',
  version: 'int',
  createdAt: 'timestamptz',
  createdBy: 'text',
  postedAt: 'timestamptz?',
} as const
export type ShipmentRow = Row<typeof shipmentColumns>

export const shipmentFields = sql`s.id, s.kind, s.number, s.state, s.party_id, s.party, s.warehouse_id, s.to_warehouse_id,
  s.via_transit, s.take_reservations, s.order_id, s.source_shipment_id, s.date, s.delivery_address, s.reference, s.carrier, s.tracking,
  s.reason, s.notes, s.version, s.created_at, s.created_by, s.posted_at`

interface ById {
  companyId: string
  id: string
}

export const selectShipment = statement(
  'select_shipment',
  shipmentColumns,
  (p: ById) =>
    sql`select ${shipmentFields} from shipments s where s.company_id = ${p.companyId} and s.id = ${p.id}`,
)

// The chain is locked from its root: the order, then the shipment that goods come back from, then this one.
export const lockOrderOfShipment = statement(
  'lock_order_of_shipment',
  {
    id: 'uuid',
    kind: 'text',
    state: 'text',
    exchangeRate: 'numeric',
    number: 'text?',
    priority: 'int',
    date: 'date',
    expectedDate: 'date?',
  },
  (p: ById) => sql`
    select o.id, o.kind, o.state, o.exchange_rate, o.number, o.priority, o.date, o.expected_date from orders o
    where o.company_id = ${p.companyId}
      and o.id = (select s.order_id from shipments s where s.company_id = ${p.companyId} and s.id = ${p.id})
    for no key update`,
)
export const lockSourceOfShipment = statement(
  'lock_source_of_shipment',
  { id: 'uuid', state: 'text', number: 'text?' },
  (p: ById) => sql`
    select f.id, f.state, f.number from shipments f
    where f.company_id = ${p.companyId}
      and f.id = (select s.source_shipment_id from shipments s where s.company_id = ${p.companyId} and s.id = ${p.id})
    for no key update`,
)
export const lockShipment = statement(
  'lock_shipment',
  shipmentColumns,
  (p: ById) =>
    sql`select ${shipmentFields} from shipments s where s.company_id = ${p.companyId} and s.id = ${p.id} for no key update`,
)

const shipmentLineColumns = {
  id: 'uuid',
  shipmentId: 'uuid',
  position: 'int',
  productId: 'uuid',
  sku: 'text',
  description: 'text',
  unit: 'text',
  numerator: 'bigint',
  denominator: 'bigint',
  quantity: 'numeric',
  baseQuantity: 'numeric',
  expectedBaseQuantity: 'numeric?',
  rejectedBaseQuantity: 'numeric',
  countedQuantity: 'numeric?',
  bookQuantity: 'numeric?',
  reason: 'text?',
  disposition: 'text?',
  replace: 'bool',
  warehouseId: 'uuid',
  locationId: 'uuid?',
  toLocationId: 'uuid?',
  lots: json<StoredLot[]>(),
  sourceLineId: 'uuid?',
  orderLineId: 'uuid?',
  unitCost: 'numeric?',
  returned: 'numeric',
  invoiced: 'numeric',
  received: 'numeric',
} as const
export type ShipmentLineRow = Row<typeof shipmentLineColumns>

/** What of accepted or delivered goods stayed, base quantity. */
export function stayed({
  baseQuantity,
  rejectedBaseQuantity: rejected,
  returned,
}: Pick<ShipmentLineRow, 'baseQuantity' | 'rejectedBaseQuantity' | 'returned'>): Decimal {
  return whatStayed({ shipped: baseQuantity.plus(rejected), rejected, back: returned })
}

const lineFields = sql`l.id, l.shipment_id, l.position, l.product_id, l.sku, l.description, l.unit, l.numerator, l.denominator, l.quantity,
  l.base_quantity, l.expected_base_quantity, l.rejected_base_quantity, l.counted_quantity, l.book_quantity, l.reason, l.disposition, l.replace,
  l.warehouse_id, l.location_id, l.to_location_id, l.lots, l.source_line_id, l.order_line_id, l.unit_cost, l.returned, l.invoiced, l.received`

export const selectShipmentLines = statement(
  'select_shipment_lines',
  shipmentLineColumns,
  (p: ById) =>
    sql`select ${lineFields} from shipment_lines l where l.company_id = ${p.companyId} and l.shipment_id = ${p.id} order by l.position`,
)

// Keys are looked up as `= any(array(…))`, not `in (…)`: the plan is then the walk along the key for any
// parameters, where a plan made on an empty table would join, and read, the whole of it.

/** The lines that the lines of a return come from. */
export const selectSourceLines = statement(
  'select_source_shipment_lines',
  shipmentLineColumns,
  (p: ById) => sql`
    select ${lineFields} from shipment_lines l where l.company_id = ${p.companyId}
      and l.id = any(array(select r.source_line_id from shipment_lines r where r.company_id = ${p.companyId} and r.shipment_id = ${p.id}))`,
)

const lotsBackColumns = { lineId: 'uuid?', number: 'text', quantity: 'numeric' } as const

const lotsBack = (companyId: string, source: Sql) => sql`
  select r.source_line_id as line_id, b.number, sum(b.quantity) as quantity
  from shipments s join shipment_lines r on r.company_id = s.company_id and r.shipment_id = s.id
  cross join jsonb_to_recordset(r.lots) as b(number text, quantity numeric)
  where s.company_id = ${companyId} and s.state = 'posted' and s.source_shipment_id = ${source}
  group by r.source_line_id, b.number`

/** Which lots of a shipment's lines are back, by posted returns. */
export const selectLotsBack = statement('select_lots_back', lotsBackColumns, (p: ById) =>
  lotsBack(p.companyId, sql`${p.id}`),
)

/** The same of the shipment that this one brings goods back from. */
export const selectLotsBackOfSource = statement('select_lots_back_of_source', lotsBackColumns, (p: ById) =>
  lotsBack(
    p.companyId,
    sql`(select f.source_shipment_id from shipments f where f.company_id = ${p.companyId} and f.id = ${p.id})`,
  ),
)

/** The lines that an invoice was made of, or that a credit of a return credits. */
export const selectShipmentLinesOfInvoice = statement(
  'select_shipment_lines_of_invoice',
  shipmentLineColumns,
  (p: ById) => sql`
    select ${lineFields} from shipment_lines l where l.company_id = ${p.companyId}
      and l.id = any(array(select i.shipment_line_id from invoice_lines i where i.company_id = ${p.companyId} and i.invoice_id = ${p.id}))`,
)

const orderLines = (companyId: string, shipment: Sql): Sql => sql`
    select l.id, l.order_id, l.position, l.product_id, l.stocked, l.sku, l.description, l.unit, l.numerator, l.denominator, l.quantity, l.base_quantity,
      l.unit_price, l.discount_percent, l.price_source, l.taxes, l.amount, l.net, l.tax, l.expected_date, l.tolerance_percent,
      l.reservation_line_id, l.shipped, l.rejected, l.returned, l.returned_replace, l.invoiced, l.credited, l.cancelled,
      l.invoiced_amount, l.limit_quantity, l.open_quantity, l.due_quantity
    from order_lines l where l.company_id = ${companyId}
      and l.id = any(array(select r.order_line_id from shipment_lines r where r.company_id = ${companyId} and r.shipment_id = ${shipment}))
    order by l.position`

/** The order lines behind a shipment's lines. */
export const selectOrderLinesOfShipment = statement(
  'select_order_lines_of_shipment',
  orderLineColumns,
  (p: ById) => orderLines(p.companyId, sql`${p.id}`),
)
export const selectOrderLinesOfShipments = statement(
  'select_order_lines_of_shipments',
  orderLineColumns,
  (p: { companyId: string; ids: readonly string[] }) => orderLines(p.companyId, sql`any(${p.ids}::uuid[])`),
)

/** Movements with what they are worth now (corrections included) and what of them came back already. */
const moveColumns = {
  id: 'uuid',
  productId: 'uuid',
  shipmentLineId: 'uuid',
  lotId: 'uuid?',
  fromLocationId: 'uuid',
  toLocationId: 'uuid',
  quantity: 'numeric',
  value: 'numeric',
  fromSeq: 'bigint?',
  toSeq: 'bigint?',
  returnsId: 'uuid?',
  returnedQuantity: 'numeric',
  returnedValue: 'numeric',
} as const
export type MoveRow = Row<typeof moveColumns>

const liveMoves = (companyId: string) => sql`
  select m.id, m.product_id, m.shipment_line_id, m.lot_id, m.from_location_id, m.to_location_id, m.quantity,
    ${currentValue()} as value,
    m.from_seq, m.to_seq, m.returns_id,
    coalesce(back.quantity, 0) as returned_quantity, coalesce(back.value, 0) as returned_value
  from stock_moves m
  left join lateral (
    select sum(r.quantity) as quantity, sum(${currentValue('r')}) as value
    from stock_moves r where r.company_id = m.company_id and r.returns_id = m.id
      and not exists (select from stock_moves u where u.company_id = r.company_id and u.reverses_id = r.id)
  ) back on true
  where m.company_id = ${companyId} and ${liveMove}`

export const selectMovesOfShipment = statement(
  'select_moves_of_shipment',
  moveColumns,
  (p: ById) => sql`${liveMoves(p.companyId)} and m.shipment_id = ${p.id} order by m.id`,
)

/** By what the movements of a shipment were corrected since, and on which day. */
export const selectCorrectionsOfShipment = statement(
  'select_corrections_of_shipment',
  { moveId: 'uuid', date: 'date', change: 'numeric' },
  (p: ById) => sql`
    select c.move_id, c.date, sum(c.value_change) as change
    from stock_moves m join stock_value_corrections c on c.company_id = m.company_id and c.move_id = m.id
      and c.direction = case when m.to_warehouse_id is null then 'out' else 'in' end
    where m.company_id = ${p.companyId} and m.shipment_id = ${p.id}
    group by c.move_id, c.date having sum(c.value_change) <> 0 order by c.date`,
)

/** Which lots of a transfer's lines have arrived, by lot. */
export const selectLotsReceived = statement(
  'select_lots_received',
  { lineId: 'uuid', lotId: 'uuid', number: 'text', expiresOn: 'date?', quantity: 'numeric' },
  (p: ById) => sql`
    select m.shipment_line_id as line_id, t.id as lot_id, t.number, t.expires_on, sum(m.quantity) as quantity
    from stock_moves m join lots t on t.company_id = m.company_id and t.id = m.lot_id
    where m.company_id = ${p.companyId} and m.shipment_id = ${p.id} and m.returns_id is not null and ${liveMove}
    group by m.shipment_line_id, t.id, t.number, t.expires_on order by t.number, t.id`,
)

/** Products of a shipment's lots that are told apart by serial number; a lot may hold one piece, too. */
export const selectProductsBySerial = statement(
  'select_products_by_serial',
  { productId: 'uuid' },
  (p: ById) => sql`
    select l.product_id from shipment_lines l join products p on p.company_id = l.company_id and p.id = l.product_id
    where l.company_id = ${p.companyId} and l.shipment_id = ${p.id} and l.lots <> '[]'::jsonb and p.tracking = 'serial'`,
)

/** The movements of the shipment that this one brings goods back from. */
export const selectSourceMoves = statement(
  'select_source_moves',
  moveColumns,
  (p: ById) => sql`${liveMoves(p.companyId)} and m.shipment_id =
    (select s.source_shipment_id from shipments s where s.company_id = ${p.companyId} and s.id = ${p.id}) order by m.id`,
)

/** What goods of a shipment are worth by line, in the company's currency; what an adjustment loses is below zero. */
export const selectLineValues = statement(
  'select_shipment_line_values',
  { lineId: 'uuid', value: 'numeric' },
  (p: ById) => sql`
    select v.shipment_line_id as line_id, sum(case when s.kind = 'stock-adjustment' and v.to_seq is null then -v.value else v.value end) as value
    from (select kind from shipments where company_id = ${p.companyId} and id = ${p.id}) s, (${liveMoves(p.companyId)} and m.shipment_id = ${p.id} and ${notArrival}) v
    group by v.shipment_line_id`,
)

/** What adjustments change in all, as `selectLineValues` has it by line. */
export const selectValuesOfAdjustments = statement(
  'select_values_of_adjustments',
  { shipmentId: 'uuid', value: 'numeric' },
  (p: { companyId: string; ids: readonly string[] }) => sql`
    select m.shipment_id, sum(case when m.to_seq is null then -1 else 1 end * ${currentValue()}) as value
    from stock_moves m where m.company_id = ${p.companyId} and m.shipment_id = any(${p.ids}::uuid[]) and ${liveMove}
    group by m.shipment_id`,
)

export const insertShipment = insertInto('shipments', [
  'companyId',
  'id',
  'kind',
  'state',
  'partyId',
  'party',
  'warehouseId',
  'toWarehouseId',
  'viaTransit',
  'takeReservations',
  'orderId',
  'sourceShipmentId',
  'date',
  'deliveryAddress',
  'reference',
  'carrier',
  'tracking',
  'reason',
  'notes',
  'version',
  'createdAt',
  'createdBy',
  'createdByUser',
])

export const insertShipmentLines = insertInto('shipment_lines', [
  'companyId',
  'id',
  'shipmentId',
  'position',
  'productId',
  'sku',
  'description',
  'unit',
  'numerator',
  'denominator',
  'quantity',
  'baseQuantity',
  'expectedBaseQuantity',
  'rejectedBaseQuantity',
  'countedQuantity',
  'bookQuantity',
  'reason',
  'disposition',
  'replace',
  'warehouseId',
  'locationId',
  'toLocationId',
  'lots',
  'sourceLineId',
  'orderLineId',
  'unitCost',
])

export interface ShipmentLineProgress {
  readonly id: string
  readonly returned?: Decimal
  readonly invoiced?: Decimal
  /** Receipts: what their bills say that the invoiced goods cost, company currency. */
  readonly invoicedValue?: Decimal
  readonly received?: Decimal
}

/** Adds to the counters of shipment lines; their constraints judge the sum. */
export const addShipmentProgress = statement(
  'add_shipment_line_progress',
  {},
  (p: { companyId: string; rows: readonly ShipmentLineProgress[] }) => sql`
    update shipment_lines l set returned = l.returned + coalesce(d.returned, 0), invoiced = l.invoiced + coalesce(d.invoiced, 0),
      invoiced_value = l.invoiced_value + coalesce(d.invoiced_value, 0), received = l.received + coalesce(d.received, 0)
    from json_to_recordset(${rowsParameter(p.rows)}::json) as d(id uuid, returned numeric, invoiced numeric, invoiced_value numeric, received numeric)
    where l.company_id = ${p.companyId} and l.id = d.id`,
)

/** What bills of the order lines of a receipt were counted on already: on other receipts. */
export const selectBilledOnReceipts = statement(
  'select_billed_on_receipts',
  { orderLineId: 'uuid?', invoiced: 'numeric', invoicedValue: 'numeric' },
  (p: ById) => sql`
    select l.order_line_id, sum(l.invoiced) as invoiced, sum(l.invoiced_value) as invoiced_value
    from shipment_lines l join shipments s on s.company_id = l.company_id and s.id = l.shipment_id
    where l.company_id = ${p.companyId} and s.kind = 'receipt-note' and s.state = 'posted'
      and l.order_line_id = any(array(
        select r.order_line_id from shipment_lines r where r.company_id = ${p.companyId} and r.shipment_id = ${p.id}))
    group by l.order_line_id`,
)

/** What posting finds out about a line: a count's change, the lots that were chosen. */
export const settleLines = statement(
  'settle_shipment_lines',
  {},
  (p: {
    companyId: string
    rows: readonly { id: string; quantity: Decimal; baseQuantity: Decimal; lots: readonly StoredLot[] }[]
  }) => sql`
    update shipment_lines l set quantity = d.quantity, base_quantity = d.base_quantity, lots = d.lots
    from json_to_recordset(${rowsParameter(p.rows)}::json) as d(id uuid, quantity numeric, base_quantity numeric, lots jsonb)
    where l.company_id = ${p.companyId} and l.id = d.id`,
)
