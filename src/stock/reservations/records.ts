import type { Decimal } from '../../kernel/decimal.ts'
import { type Row, insertInto, rowsParameter, sql, statement } from '../../kernel/sql.ts'
import { takeNumber } from '../../journal/numbering.ts'
import type { ReservationState } from './description.ts'

type StoredState = Exclude<ReservationState, 'expired'>

export const reservationColumns = {
  id: 'uuid',
  number: 'text?',
  state: 'text',
  partyId: 'uuid',
  partyName: 'text',
  warehouseId: 'uuid',
  warehouseName: 'text',
  reserveUntil: 'timestamptz',
  reference: 'text?',
  notes: 'text?',
  orderId: 'uuid?',
  lineCount: 'int',
  version: 'int',
  createdAt: 'timestamptz',
  createdBy: 'text',
} as const
export type ReservationRow = Row<typeof reservationColumns>

/**
 * What the state of an active reservation is at a moment: its end needs no job to come (R11). One whose end
 * was noted has ended even if the clock was put back since: its goods are free.
 */
export const stateAt = (now: Date) =>
  sql`case when r.state = 'active' and (r.reserve_until <= ${now} or r.expiry_noted = r.reserve_until)
    then 'expired' else r.state end`

/** The state as it is stored. */
export function storedState(row: { readonly state: string }): StoredState {
  return row.state === 'expired' ? 'active' : (row.state as StoredState)
}

export const reservationFields = (now: Date) => sql`
  r.id, r.number, ${stateAt(now)} as state, r.party_id, y.name as party_name, r.warehouse_id, w.name as warehouse_name,
  r.reserve_until, r.reference, r.notes, r.order_id,
  (select count(*)::int from stock_reservation_lines l where l.company_id = r.company_id and l.reservation_id = r.id) as line_count,
  r.version, r.created_at, r.created_by`
export const reservationFrom = sql`
  from stock_reservations r
  join parties y on y.company_id = r.company_id and y.id = r.party_id
  join warehouses w on w.company_id = r.company_id and w.id = r.warehouse_id`

interface At {
  companyId: string
  id: string
  now: Date
}

export const selectReservation = statement(
  'select_reservation',
  reservationColumns,
  (p: At) =>
    sql`select ${reservationFields(p.now)} ${reservationFrom} where r.company_id = ${p.companyId} and r.id = ${p.id}`,
)

// Levels are locked first and a reservation after them, so that the confirmation of an order, which holds
// levels, can mark the reservation that it took over.
export const lockReservation = statement(
  'lock_reservation',
  reservationColumns,
  (p: At) =>
    sql`select ${reservationFields(p.now)} ${reservationFrom} where r.company_id = ${p.companyId} and r.id = ${p.id} for no key update of r`,
)

const reservationLineColumns = {
  id: 'uuid',
  position: 'int',
  productId: 'uuid',
  sku: 'text',
  description: 'text',
  unit: 'text',
  numerator: 'bigint',
  denominator: 'bigint',
  quantity: 'numeric',
  baseQuantity: 'numeric',
  released: 'numeric',
  ordered: 'numeric',
  reserved: 'numeric',
} as const
export type ReservationLineRow = Row<typeof reservationLineColumns>

/** The lines with what each holds now, in whatever warehouses a transfer took it to. */
export const selectReservationLines = statement(
  'select_reservation_lines',
  reservationLineColumns,
  (p: At) => sql`
    select l.id, l.position, l.product_id, l.sku, l.description, l.unit, l.numerator, l.denominator, l.quantity, l.base_quantity,
      l.released, l.ordered, coalesce((select sum(d.reserved) from stock_demands d
        where d.company_id = l.company_id and d.source_line_id = l.id and d.expires_at > ${p.now}), 0) as reserved
    from stock_reservation_lines l where l.company_id = ${p.companyId} and l.reservation_id = ${p.id} order by l.position`,
)

/** Base quantity that was neither released nor ordered. */
export function openOf(line: ReservationLineRow): Decimal {
  return line.baseQuantity.minus(line.released).minus(line.ordered)
}

export const insertReservation = insertInto('stock_reservations', [
  'companyId',
  'id',
  'partyId',
  'warehouseId',
  'state',
  'reserveUntil',
  'reference',
  'notes',
  'version',
  'createdAt',
  'createdBy',
  'createdByUser',
])

export const insertReservationLines = insertInto('stock_reservation_lines', [
  'companyId',
  'id',
  'reservationId',
  'position',
  'productId',
  'sku',
  'description',
  'unit',
  'numerator',
  'denominator',
  'quantity',
  'baseQuantity',
  'released',
  'ordered',
])

export const numberReservation = statement(
  'number_reservation',
  {},
  (p: { companyId: string; id: string; date: string }) => sql`
    update stock_reservations set number = ${takeNumber(p.companyId, 'stock-reservation', p.date)}
    where company_id = ${p.companyId} and id = ${p.id}`,
)

export const updateReservation = statement(
  'update_reservation',
  {},
  (p: {
    companyId: string
    id: string
    state: StoredState
    reserveUntil: Date
    reference: string | null
    notes: string | null
    /** It holds its goods again; that it had ended is over. */
    extended?: boolean
  }) => sql`
    update stock_reservations set state = ${p.state}, reserve_until = ${p.reserveUntil}, reference = ${p.reference},
      notes = ${p.notes}, version = version + 1,
      expiry_noted = case when ${p.extended ?? false}::boolean then null else expiry_noted end
    where company_id = ${p.companyId} and id = ${p.id}`,
)

export const addReleased = statement(
  'add_reservation_released',
  {},
  (p: { companyId: string; rows: readonly { id: string; released: Decimal }[] }) => sql`
    update stock_reservation_lines l set released = l.released + d.released
    from json_to_recordset(${rowsParameter(p.rows)}::json) as d(id uuid, released numeric)
    where l.company_id = ${p.companyId} and l.id = d.id`,
)
