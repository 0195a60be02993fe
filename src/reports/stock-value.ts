import type { Context } from '../kernel/context.ts'
import type { CalendarDate } from '../kernel/dates.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { goodsAfter } from './goods-after.ts'
import { type Answer, describeColumns, rowsOf } from './report.ts'

export const stockValueColumns = {
  productId: 'id',
  sku: 'text',
  name: 'text',
  warehouse: 'text',
  quantity: 'quantity',
  unit: 'text',
  unitValue: 'money',
  value: 'money',
} as const

interface Asked {
  readonly companyId: string
  readonly on: CalendarDate
  readonly warehouseId: string | null
  readonly most: number
}

const rowsOfValue = statement(
  'report_stock_value',
  {
    productId: 'uuid',
    sku: 'text',
    name: 'text',
    warehouse: 'text',
    quantity: 'numeric',
    unit: 'text',
    unitValue: 'numeric?',
    value: 'numeric',
    rowCount: 'int',
    totalValue: 'numeric',
  },
  (p: Asked) => sql`
    with after as (${goodsAfter(p.companyId, p.on)}), lay as (
      select l.product_id, l.warehouse_id, l.on_hand + l.quarantined - coalesce(a.quantity, 0) as quantity, l.value - coalesce(a.value, 0) as value
      from stock_levels l left join (
        select product_id, warehouse_id, sum(quantity) as quantity, sum(value) as value from after group by product_id, warehouse_id
      ) a using (product_id, warehouse_id)
      where l.company_id = ${p.companyId}::uuid and (${p.warehouseId}::uuid is null or l.warehouse_id = ${p.warehouseId}::uuid)
    )
    select p.id as product_id, p.sku, p.name, w.name as warehouse, lay.quantity, p.unit, round(lay.value / nullif(lay.quantity, 0), 6) as unit_value, lay.value,
      count(*) over ()::int as row_count, sum(lay.value) over () as total_value
    from lay join products p on p.company_id = ${p.companyId}::uuid and p.id = lay.product_id
    join warehouses w on w.company_id = ${p.companyId}::uuid and w.id = lay.warehouse_id
    where lay.quantity <> 0 or lay.value <> 0
    order by lay.value desc, p.sku, w.name, p.id limit ${p.most}::integer`,
)

/** What lay in the warehouses at the end of a day, quarantine included, and what it was worth. Of today: the stock levels. */
export async function stockValueReport(
  tx: Transaction,
  ctx: Context,
  { on, warehouseId }: { readonly on?: CalendarDate | undefined; readonly warehouseId?: string | undefined },
  most: number,
): Promise<Answer<typeof stockValueColumns>> {
  const day = on ?? ctx.today
  const { id: companyId, currency } = ctx.company
  const rows = await tx.all(rowsOfValue, { companyId, on: day, warehouseId: warehouseId ?? null, most })
  return {
    currency,
    from: null,
    to: day,
    columns: describeColumns(stockValueColumns),
    items: rowsOf(stockValueColumns, rows),
    rowCount: rows[0]?.rowCount ?? 0,
    totals: rows[0] === undefined ? {} : { value: rows[0].totalValue },
  }
}
