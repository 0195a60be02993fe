import type { Context } from '../kernel/context.ts'
import { type CalendarDate, addDays } from '../kernel/dates.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { goodsAfter } from './goods-after.ts'
import { type Period, periodOf } from './period.ts'
import { type Answer, describeColumns, rowsOf } from './report.ts'

export const movementColumns = {
  productId: 'id',
  sku: 'text',
  name: 'text',
  unit: 'text',
  opening: 'quantity',
  purchased: 'quantity',
  sold: 'quantity',
  adjusted: 'quantity',
  transferred: 'quantity',
  closing: 'quantity',
} as const

interface Asked {
  readonly companyId: string
  /** The day before the period. */
  readonly before: CalendarDate
  readonly to: CalendarDate
  readonly warehouseId: string | null
  readonly most: number
}

const rowsOfMovements = statement(
  'report_movements',
  {
    productId: 'uuid',
    sku: 'text',
    name: 'text',
    unit: 'text',
    opening: 'numeric',
    purchased: 'numeric',
    sold: 'numeric',
    adjusted: 'numeric',
    transferred: 'numeric',
    closing: 'numeric',
    rowCount: 'int',
  },
  (p: Asked) => sql`
    with after as (
      select a.*, s.kind from (${goodsAfter(p.companyId, p.before)}) a
      join shipments s on s.company_id = ${p.companyId}::uuid and s.id = a.shipment_id
      where ${p.warehouseId}::uuid is null or a.warehouse_id = ${p.warehouseId}::uuid
    ), moved as (
      select product_id, sum(quantity) as since, coalesce(sum(quantity) filter (where date > ${p.to}::date), 0) as later,
        coalesce(sum(quantity) filter (where date <= ${p.to}::date and kind in ('receipt-note', 'purchase-return')), 0) as purchased,
        coalesce(-sum(quantity) filter (where date <= ${p.to}::date and kind in ('delivery-note', 'sales-return')), 0) as sold,
        coalesce(sum(quantity) filter (where date <= ${p.to}::date and kind = 'stock-adjustment'), 0) as adjusted,
        coalesce(sum(quantity) filter (where date <= ${p.to}::date and kind = 'stock-transfer'), 0) as transferred
      from after group by product_id
    ), level as (
      select product_id, sum(on_hand + quarantined) as quantity from stock_levels
      where company_id = ${p.companyId}::uuid and (${p.warehouseId}::uuid is null or warehouse_id = ${p.warehouseId}::uuid) group by product_id
    ), row as (
      select l.product_id, l.quantity - coalesce(m.since, 0) as opening, coalesce(m.purchased, 0) as purchased, coalesce(m.sold, 0) as sold,
        coalesce(m.adjusted, 0) as adjusted, coalesce(m.transferred, 0) as transferred, l.quantity - coalesce(m.later, 0) as closing
      from level l left join moved m using (product_id)
    )
    select p.id as product_id, p.sku, p.name, p.unit, row.opening, row.purchased, row.sold, row.adjusted, row.transferred, row.closing,
      count(*) over ()::int as row_count
    from row join products p on p.company_id = ${p.companyId}::uuid and p.id = row.product_id
    where row.opening <> 0 or row.purchased <> 0 or row.sold <> 0 or row.adjusted <> 0 or row.transferred <> 0 or row.closing <> 0
    order by abs(row.sold) desc, abs(row.purchased) desc, p.sku, p.id limit ${p.most}::integer`,
)

/** How much of each product lay there before and after, and what came and went in between, returns and reversals taken off. */
export async function movementsReport(
  tx: Transaction,
  ctx: Context,
  query: Period & { readonly warehouseId?: string | undefined },
  most: number,
): Promise<Answer<typeof movementColumns>> {
  const { from, to } = periodOf(ctx, query)
  const { id: companyId, currency } = ctx.company
  const before = addDays(from, -1)
  const rows = await tx.all(rowsOfMovements, {
    companyId,
    before,
    to,
    warehouseId: query.warehouseId ?? null,
    most,
  })
  // Pieces and kilograms do not add up.
  const totals = {}
  const columns = describeColumns(movementColumns)
  return {
    currency,
    from,
    to,
    columns,
    items: rowsOf(movementColumns, rows),
    rowCount: rows[0]?.rowCount ?? 0,
    totals,
  }
}
