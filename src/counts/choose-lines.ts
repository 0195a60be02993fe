import type { Context } from '../kernel/context.ts'
import { addDays } from '../kernel/dates.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { CountInput } from './schemas.ts'

/** So many lines a sheet has at the most, as a stock adjustment has. */
export const mostLines = 2000

interface Scope {
  companyId: string
  warehouseId: string
  locationId: string | null
  category: string | null
  abc: string | null
  productIds: readonly string[] | null
  /** For the classes: what left the warehouse from this day on. */
  since: string
}

/**
 * What lies in the places of the sheet, and of products that were named by id also those that do not lie there. The
 * classes are of the value that left the warehouse for customers: A until 80 % of all of it are reached, B until 95 %.
 */
const selectScope = statement(
  'lines_to_count',
  { productId: 'uuid', locationId: 'uuid', lotId: 'uuid?' },
  (p: Scope) => sql`
    with recursive places as (
      select l.id, l.code, l.is_default from locations l where l.company_id = ${p.companyId} and l.warehouse_id = ${p.warehouseId}
        and l.type = 'stock' and not l.archived and (${p.locationId}::uuid is null or l.id = ${p.locationId}::uuid)
      union
      select l.id, l.code, l.is_default from locations l join places above on l.parent_id = above.id
      where l.company_id = ${p.companyId} and l.type = 'stock' and not l.archived
    ),
    gone as (
      select m.product_id, sum(m.value) as value from stock_moves m
      join locations t on t.company_id = m.company_id and t.id = m.to_location_id and t.type = 'customer'
      where ${p.abc}::text is not null and m.company_id = ${p.companyId} and m.from_warehouse_id = ${p.warehouseId}
        and m.date >= ${p.since}::date
      group by m.product_id
    ),
    -- of each product: what those before it, the more valuable ones, make of all
    ranked as (
      select g.product_id, (sum(g.value) over (order by g.value desc, g.product_id) - g.value) / nullif(sum(g.value) over (), 0) as before
      from gone g where g.value > 0
    ),
    chosen as (
      select p.id, p.sku, p.tracking from products p left join ranked r on r.product_id = p.id
      where p.company_id = ${p.companyId} and p.type = 'stocked'
        and (${p.category}::text is null or p.category = ${p.category}::text)
        and (${p.productIds}::uuid[] is null or p.id = any(${p.productIds}::uuid[]))
        and (${p.abc}::text is null or ${p.abc}::text = case when r.before < 0.8 then 'A' when r.before < 0.95 then 'B' else 'C' end)
    ),
    lying as (
      select b.product_id, b.location_id, b.lot_id from stock_balances b
      where b.company_id = ${p.companyId} and b.warehouse_id = ${p.warehouseId} and b.quantity <> 0
        and b.location_id in (select id from places) and b.product_id in (select id from chosen)
      union
      select x.id, coalesce(${p.locationId}::uuid, (select id from places where is_default limit 1)), null from chosen x
      where ${p.productIds}::uuid[] is not null and x.tracking = 'none'
        and not exists (select from stock_balances b where b.company_id = ${p.companyId} and b.product_id = x.id
          and b.quantity <> 0 and b.location_id in (select id from places))
    )
    select y.product_id, y.location_id, y.lot_id from lying y
    join places l on l.id = y.location_id
    join chosen x on x.id = y.product_id
    left join lots t on t.company_id = ${p.companyId} and t.id = y.lot_id
    order by l.code, x.sku, t.number limit ${mostLines + 1}`,
)

/** The lines of a new sheet in the order in which one walks: by place, then by product. One more than there may be. */
export function chooseLines(tx: Transaction, ctx: Context, warehouseId: string, input: CountInput) {
  return tx.all(selectScope, {
    companyId: ctx.company.id,
    warehouseId,
    locationId: input.locationId ?? null,
    category: input.category ?? null,
    abc: input.abc ?? null,
    productIds: input.productIds ?? null,
    since: addDays(ctx.today, -365),
  })
}
