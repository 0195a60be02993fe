import type { Context } from '../kernel/context.ts'
import { type Row, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'

const dates = { lastSalesOrderDate: 'date?', lastPurchaseOrderDate: 'date?' } as const
type LastOrders = Row<typeof dates>

export const neverOrdered: LastOrders = { lastSalesOrderDate: null, lastPurchaseOrderDate: null }

/** The end of an index for each party and kind, however many orders there are. */
const selectLastOrders = statement(
  'select_last_orders_of_parties',
  { ...dates, id: 'uuid' },
  (p: { companyId: string; ids: readonly string[] }) => sql`
    select
      (select o.date from orders o where o.company_id = ${p.companyId} and o.party_id = asked.id and o.kind = 'sales-order'
        and o.state in ('confirmed', 'closed') order by o.date desc limit 1) as last_sales_order_date,
      (select o.date from orders o where o.company_id = ${p.companyId} and o.party_id = asked.id and o.kind = 'purchase-order'
        and o.state in ('confirmed', 'closed') order by o.date desc limit 1) as last_purchase_order_date,
      asked.id
    from unnest(${p.ids}::uuid[]) as asked(id)`,
)

/**
 * When parties ordered last, and when was ordered of them last; drafts and cancelled orders do not count.
 * @returns by id; a date is null where there is none, or the caller may not read such orders
 */
export async function findLastOrders(
  tx: Transaction,
  ctx: Context,
  ids: readonly string[],
): Promise<ReadonlyMap<string, LastOrders>> {
  const [sales, purchases] = [
    ctx.permissions.has('sales-order:read'),
    ctx.permissions.has('purchase-order:read'),
  ]
  if (ids.length === 0 || !(sales || purchases)) return new Map()
  const rows = await tx.all(selectLastOrders, { companyId: ctx.company.id, ids })
  return new Map(
    rows.map(({ id, lastSalesOrderDate, lastPurchaseOrderDate }) => [
      id,
      {
        lastSalesOrderDate: sales ? lastSalesOrderDate : null,
        lastPurchaseOrderDate: purchases ? lastPurchaseOrderDate : null,
      },
    ]),
  )
}
