import { type Sql, raw, sql } from '../kernel/sql.ts'

/**
 * What a stock move is worth now: as posted, and as it was corrected since: by bills, and by the goods that covered what
 * it took below zero. A move between two warehouses is worth what it is in the one that it came to.
 * @param alias of `stock_moves`
 */
export function currentValue(alias = 'm'): Sql {
  const m = raw(alias)
  return sql`(${m}.value + coalesce((
    select sum(c.value_change) from stock_value_corrections c
    where c.company_id = ${m}.company_id and c.move_id = ${m}.id
      and c.direction = case when ${m}.to_warehouse_id is null then 'out' else 'in' end), 0))`
}
