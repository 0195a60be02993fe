import { recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import type { Decimal } from '../../kernel/decimal.ts'
import { conflict, notFound } from '../../kernel/problem.ts'
import { rowsParameter, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { findLevels } from '../availability/find-availability.ts'
import { reservation } from './description.ts'
import {
  type ReservationLineRow,
  type ReservationRow,
  lockReservation,
  selectReservationLines,
} from './records.ts'
import { inCompanyTime } from './reserve-until.ts'

/**
 * A reservation that an order is made from, locked, with its lines.
 * @throws 409 when it does not hold anything any more, with what is available now.
 */
export async function requireActiveReservation(
  tx: Transaction,
  ctx: Context,
  id: string,
): Promise<{ row: ReservationRow; lines: ReservationLineRow[] }> {
  const p = { companyId: ctx.company.id, id, now: ctx.now }
  const [row, lines] = await Promise.all([tx.maybe(lockReservation, p), tx.all(selectReservationLines, p)])
  if (row === null) throw notFound(reservation.title)
  if (row.state === 'active') return { row, lines }
  const levels = await findLevels(tx, ctx, row.warehouseId, [...new Set(lines.map((line) => line.productId))])
  const available = lines.map((line) => ({
    sku: line.sku,
    available: levels.get(line.productId)?.available.toFixed() ?? '0',
  }))
  const now = available.map((line) => `${line.available} of ${line.sku}`).join(', ')
  const what =
    row.state === 'expired'
      ? `This reservation ended at ${inCompanyTime(ctx, row.reserveUntil)}`
      : `This reservation is ${row.state} already`
  const wayOut = row.state === 'expired' ? 'Extend it, or make an order by hand.' : 'Make an order by hand.'
  throw conflict(
    row.state === 'expired' ? 'reservation-expired' : 'wrong-state',
    `${what} and holds nothing. Available in ${row.warehouseName} now: ${now}. ${wayOut}`,
    { available },
  )
}

const addOrdered = statement(
  'add_reservation_ordered',
  {},
  (p: { companyId: string; id: string; rows: readonly { id: string; quantity: Decimal }[] }) => sql`
    update stock_reservation_lines l set ordered = least(l.ordered + d.quantity, l.base_quantity - l.released)
    from json_to_recordset(${rowsParameter(p.rows)}::json) as d(id uuid, quantity numeric), stock_reservations r
    where l.company_id = ${p.companyId} and l.id = d.id and l.reservation_id = ${p.id}
      and r.company_id = l.company_id and r.id = l.reservation_id and r.state = 'active'`,
)

const setOrdered = statement(
  'set_reservation_ordered',
  {},
  (p: { companyId: string; id: string; orderId: string }) => sql`
    update stock_reservations r set order_id = ${p.orderId}, version = r.version + 1,
      state = case when exists (
        select from stock_reservation_lines l
        where l.company_id = r.company_id and l.reservation_id = r.id and l.base_quantity > l.released + l.ordered
      ) then 'active' else 'ordered' end
    where r.company_id = ${p.companyId} and r.id = ${p.id} and r.state = 'active'`,
)

/**
 * An order that was made from a reservation is confirmed and has taken its holds over; what it left stays
 * reserved. Sends its writes without waiting; the levels are locked already.
 * @param lines reservation lines with the base quantities that the order took.
 */
export function markOrdered(
  tx: Transaction,
  ctx: Context,
  id: string,
  orderId: string,
  lines: readonly { readonly id: string; readonly quantity: Decimal }[],
): void {
  const companyId = ctx.company.id
  tx.write(addOrdered, { companyId, id, rows: lines })
  tx.write(setOrdered, { companyId, id, orderId })
  recordEvents(tx, ctx, [
    { type: 'stock-reservation.ordered', objectKind: 'stock-reservation', objectId: id, after: { orderId } },
  ])
}
