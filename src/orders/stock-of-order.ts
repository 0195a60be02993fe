import { sql } from '../kernel/sql.ts'
import { stockReader } from '../stock/index.ts'

/**
 * The levels an order stands on: its lines in its warehouse, wherever a transfer took its reservations
 * (S29), and where the reservation that it came from holds goods.
 */
const pairs = (p: { companyId: string; id: string }) => sql`
  select l.product_id, o.warehouse_id from orders o join order_lines l on l.company_id = o.company_id and l.order_id = o.id
  where o.company_id = ${p.companyId} and o.id = ${p.id} and l.stocked
  union
  select d.product_id, d.warehouse_id from order_lines l
  join stock_demands d on d.company_id = l.company_id and d.source_line_id in (l.id, l.reservation_line_id)
  where l.company_id = ${p.companyId} and l.order_id = ${p.id}`

const lines = (p: { companyId: string; id: string }) => sql`
  select l.id from order_lines l where l.company_id = ${p.companyId} and l.order_id = ${p.id}
  union all
  select l.reservation_line_id from order_lines l where l.company_id = ${p.companyId} and l.order_id = ${p.id} and l.reservation_line_id is not null`

export const promiseReader = stockReader('promise', { pairs, lines, waiting: false, goods: false })
export const releaseReader = stockReader('release', { pairs, lines, waiting: true, goods: false })
