import type { CalendarDate } from '../kernel/dates.ts'
import { type Sql, sql } from '../kernel/sql.ts'

/**
 * What came to a warehouse (+) and left it (-) after the end of a day, by product: what must be taken off the
 * levels of now to have those of then. Backwards, because people ask about last month and not about the first year.
 * Moves within a warehouse change neither how much lies there nor what it is worth.
 */
export function goodsAfter(companyId: string, day: CalendarDate): Sql {
  return sql`
    select m.product_id, m.to_warehouse_id as warehouse_id, m.date, m.shipment_id, m.quantity, case when m.to_seq is null then 0 else m.value end as value
    from stock_moves m
    where m.company_id = ${companyId}::uuid and m.date > ${day}::date
      and m.to_warehouse_id is not null and m.to_warehouse_id is distinct from m.from_warehouse_id
    union all
    select m.product_id, m.from_warehouse_id, m.date, m.shipment_id, -m.quantity, case when m.from_seq is null then 0 else -m.value end
    from stock_moves m
    where m.company_id = ${companyId}::uuid and m.date > ${day}::date
      and m.from_warehouse_id is not null and m.from_warehouse_id is distinct from m.to_warehouse_id
    union all
    select c.product_id, c.warehouse_id, c.date, null, 0, case c.direction when 'in' then c.value_change else -c.value_change end
    from stock_value_corrections c
    where c.company_id = ${companyId}::uuid and c.date > ${day}::date`
}
