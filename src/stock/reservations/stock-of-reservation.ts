import { sql } from '../../kernel/sql.ts'
import { stockReader } from '../load.ts'

/** The levels a reservation stands on: its products in its warehouse, and wherever a transfer took its holds. */
const pairs = (p: { companyId: string; id: string }) => sql`
  select l.product_id, r.warehouse_id from stock_reservations r
  join stock_reservation_lines l on l.company_id = r.company_id and l.reservation_id = r.id
  where r.company_id = ${p.companyId} and r.id = ${p.id}
  union
  select d.product_id, d.warehouse_id from stock_reservation_lines l
  join stock_demands d on d.company_id = l.company_id and d.source_line_id = l.id
  where l.company_id = ${p.companyId} and l.reservation_id = ${p.id}`

const lines = (p: { companyId: string; id: string }) => sql`
  select l.id from stock_reservation_lines l where l.company_id = ${p.companyId} and l.reservation_id = ${p.id}`

export const reservationReader = stockReader('reservation', { pairs, lines, waiting: true, goods: false })
