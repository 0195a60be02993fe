import { type Sql, sql } from '../kernel/sql.ts'

/**
 * Condition on a stock move `m`: it counts. A reversed move and its opposite cancel each other, and neither counts any
 * more: of a shipment that was reopened and posted again only the moves of the last posting do.
 */
export const liveMove: Sql = sql`m.reverses_id is null
  and not exists (select from stock_moves u where u.company_id = m.company_id and u.reverses_id = m.id)`

/** Condition on a stock move `m`: it is not the arrival of goods that the same transfer has sent off before. */
export const notArrival: Sql = sql`not exists (
  select from stock_moves d where d.company_id = m.company_id and d.id = m.returns_id and d.shipment_id = m.shipment_id)`
