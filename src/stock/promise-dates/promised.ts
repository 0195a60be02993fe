import { type Sql, sql } from '../../kernel/sql.ts'
import { type AsOf, joinLive, liveAvailable } from '../levels/live-levels.ts'

export interface PromiseParams extends AsOf {
  readonly companyId: string
}

/**
 * The first day on which what each of `asked` lacks can be promised: `line_id, available_on`, the latter null
 * where what is on order does not suffice.
 *
 * It counts as goods are given out: what is there and free; then each delivery that confirmed purchase orders
 * announce, on its day, to all who wait by priority, due date and age. What others hold, and what those get who
 * stand before, is not promised again. What is late is expected tomorrow; what has no date never.
 * @param asked rows `line_id uuid, product_id, warehouse_id, priority, due_on, created_at, lacking, position, fresh`,
 * where a fresh one does not wait yet: of what is free it takes what those who wait leave.
 * @param partition fresh ones of the same partition take one after the other
 */
export function promised(p: PromiseParams, asked: Sql, partition: Sql): Sql {
  const waiting = sql`select coalesce(sum(w.wanted - w.reserved), 0) from stock_demands w
    where w.company_id = ${p.companyId} and w.product_id = q.product_id and w.warehouse_id = q.warehouse_id
      and w.reserved < w.wanted and (w.expires_at is null or w.expires_at > ${p.now})`
  const free = sql`select ${liveAvailable} from stock_levels l
    join products p on p.company_id = l.company_id and p.id = l.product_id ${joinLive(p)}
    where l.company_id = ${p.companyId} and l.product_id = q.product_id and l.warehouse_id = q.warehouse_id`
  return sql`
    with asked as (${asked}),
    seen as (
      select q.*,
        case when q.lacking > 0 then coalesce((${free}), 0) else 0 end as free,
        case when q.lacking > 0 and q.fresh then (${waiting}) else 0 end as waiting,
        case when q.lacking > 0 then (${waiting} and (w.priority > q.priority or (w.priority = q.priority
          and (w.due_on, w.created_at, w.source_line_id) < (q.due_on, q.created_at, q.line_id)))) else 0 end as ahead,
        sum(q.lacking) over (partition by ${partition}, q.fresh order by q.position) as through
      from asked q
    ),
    taken as (
      select q.*, case when q.fresh
        then greatest(q.through - greatest(q.free - q.waiting, 0), 0) - greatest(q.through - q.lacking - greatest(q.free - q.waiting, 0), 0)
        else q.lacking end as missing
      from seen q
    ),
    needs as (
      select q.*, case when q.fresh
        then greatest(q.ahead - greatest(q.free, 0), 0) - least(q.free, 0)
          + sum(q.missing) over (partition by ${partition}, q.fresh order by q.due_on, q.position)
        else q.ahead + q.missing - q.free end as needed
      from taken q
    )
    select x.line_id, case when bool_and(x.day is not null) then max(x.day) end as available_on
    from (
      select q.line_id, case when q.missing = 0 or q.needed <= 0 then ${p.today}::date
        else purchased_by(${p.companyId}, q.product_id, q.warehouse_id, q.needed, ${p.today}) end as day
      from needs q
    ) x group by x.line_id`
}
