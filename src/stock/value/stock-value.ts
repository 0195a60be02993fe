import { Type } from 'typebox'
import { DecimalOut, Id, object } from '../../http/schemas.ts'
import type { Context } from '../../kernel/context.ts'
import { sum } from '../../kernel/decimal.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

export const StockValueOut = object({
  currency: Type.String({ description: 'Of the company.' }),
  value: DecimalOut,
  items: Type.Array(
    object({ warehouseId: Id, warehouseName: Type.String(), value: DecimalOut, products: Type.Integer() }),
    { description: 'One per warehouse in which something lies, the largest first.' },
  ),
})

const selectValues = statement(
  'stock_value_by_warehouse',
  { warehouseId: 'uuid', warehouseName: 'text', value: 'numeric', products: 'int' },
  (p: { companyId: string }) => sql`
    select w.id as warehouse_id, w.name as warehouse_name, l.value, l.products from (
      select warehouse_id, coalesce(sum(value), 0) as value, count(*)::int as products
      from stock_levels where company_id = ${p.companyId}::uuid and on_hand + quarantined <> 0 group by warehouse_id
    ) l join warehouses w on w.company_id = ${p.companyId}::uuid and w.id = l.warehouse_id
    order by l.value desc, w.name`,
)

/** What the goods on hand and in quarantine are worth, by warehouse; adds up to the stock levels. */
export async function stockValue(tx: Transaction, ctx: Context) {
  const items = await tx.all(selectValues, { companyId: ctx.company.id })
  return { currency: ctx.company.currency, value: sum(items.map(({ value }) => value)), items }
}
