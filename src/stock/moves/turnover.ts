import type { Context } from '../../kernel/context.ts'
import type { CalendarDate } from '../../kernel/dates.ts'
import { notFound } from '../../kernel/problem.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { onHandChange, places } from './list-moves.ts'

interface Asked {
  readonly companyId: string
  readonly productId: string
  readonly warehouseId: string
  readonly from: CalendarDate | null
  readonly to: CalendarDate | null
}

const selectTurnover = statement(
  'stock_turnover',
  { unit: 'text', opening: 'numeric', received: 'numeric', issued: 'numeric', closing: 'numeric' },
  (p: Asked) => sql`
    select p.unit, x.opening, x.received, x.issued, x.opening + x.received - x.issued as closing
    from products p
    join warehouses w on w.company_id = p.company_id and w.id = ${p.warehouseId}
    cross join lateral (
      select coalesce(sum(y.change) filter (where y.date < ${p.from}::date), 0) as opening,
        coalesce(sum(greatest(y.change, 0)) filter (where y.date < ${p.from}::date is not true), 0) as received,
        coalesce(sum(greatest(-y.change, 0)) filter (where y.date < ${p.from}::date is not true), 0) as issued
      from (
        select m.date, ${onHandChange(p.warehouseId)} as change
        from stock_moves m ${places}
        where m.company_id = p.company_id and m.product_id = p.id
          and ${p.warehouseId}::uuid in (m.from_warehouse_id, m.to_warehouse_id)
          and (${p.to}::date is null or m.date <= ${p.to}::date)
      ) y
    ) x
    where p.company_id = ${p.companyId} and p.id = ${p.productId}`,
)

/**
 * Opening and closing balance of a product in a warehouse over a span of days, and what came and went between.
 * @throws 404 when product or warehouse is unknown
 */
export async function stockTurnover(
  tx: Transaction,
  ctx: Context,
  query: {
    readonly productId: string
    readonly warehouseId: string
    readonly from?: CalendarDate | undefined
    readonly to?: CalendarDate | undefined
  },
) {
  const { productId, warehouseId, from = null, to = null } = query
  const found = await tx.maybe(selectTurnover, {
    companyId: ctx.company.id,
    productId,
    warehouseId,
    from,
    to,
  })
  if (found === null) throw notFound('product or warehouse')
  return found
}
