import type { Context } from '../kernel/context.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type PromiseParams, promised } from '../stock/index.ts'

// A confirmed line has its demands, in whatever warehouses. A draft takes over what its reservation holds and
// takes the rest as it would at confirming.
const selectPromiseDates = statement(
  'select_promise_dates_of_order',
  { lineId: 'uuid', availableOn: 'date?' },
  (p: PromiseParams & { id: string }) =>
    promised(
      p,
      sql`
      select l.id as line_id, d.product_id, d.warehouse_id, d.priority, d.due_on, d.created_at, d.wanted - d.reserved as lacking,
        l.position, false as fresh
      from orders o
      join order_lines l on l.company_id = o.company_id and l.order_id = o.id and l.open_quantity > 0
      join stock_demands d on d.company_id = l.company_id and d.source_line_id = l.id
      where o.company_id = ${p.companyId} and o.id = ${p.id} and o.kind = 'sales-order' and o.state = 'confirmed'
      union all
      select l.id, l.product_id, o.warehouse_id, o.priority, coalesce(l.expected_date, o.expected_date, o.date), ${p.now}::timestamptz,
        l.open_quantity - least(l.open_quantity, coalesce((select sum(h.reserved) from stock_demands h
          where h.company_id = l.company_id and h.source_line_id = l.reservation_line_id
            and (h.expires_at is null or h.expires_at > ${p.now})), 0)),
        l.position, true
      from orders o
      join order_lines l on l.company_id = o.company_id and l.order_id = o.id and l.open_quantity > 0
      where o.company_id = ${p.companyId} and o.id = ${p.id} and o.kind = 'sales-order' and o.state = 'draft'`,
      sql`q.product_id, q.warehouse_id`,
    ),
)

/** By line of a sales order, the day on which what is open of it can be promised; null: never, as things are. */
export async function findPromiseDates(
  tx: Transaction,
  ctx: Context,
  id: string,
): Promise<ReadonlyMap<string, string | null>> {
  const { now, today } = ctx
  const rows = await tx.all(selectPromiseDates, { companyId: ctx.company.id, id, now, today })
  return new Map(rows.map(({ lineId, availableOn }) => [lineId, availableOn]))
}
