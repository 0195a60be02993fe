import type { Context } from '../../kernel/context.ts'
import type { ListQuery, Sort } from '../../kernel/keyset.ts'
import { type Sql, dynamic, empty, sql } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { RowKeys } from '../row-keys.ts'

export interface BalanceFilters {
  readonly productId?: string | undefined
  readonly warehouseId?: string | undefined
  readonly locationId?: string | undefined
  readonly lotId?: string | undefined
}

const sorts: Record<string, Sort> = {
  sku: { column: sql`p.sku`, type: 'text' },
  location: { column: sql`c.code`, type: 'text' },
}
const keys: readonly Sort[] = [
  { column: sql`b.product_id`, type: 'uuid' },
  { column: sql`b.location_id`, type: 'uuid' },
  // No lot: the first of all ids.
  { column: sql`coalesce(b.lot_id, '00000000-0000-0000-0000-000000000000'::uuid)`, type: 'uuid' },
]

/** Where goods lie: one row per product, location and lot, empty ones left out. */
export async function listBalances(tx: Transaction, ctx: Context, query: ListQuery & BalanceFilters) {
  const page = new RowKeys(query, sorts, keys, 'sku')
  const rows = await tx.all(
    dynamic(
      {
        productId: 'uuid',
        sku: 'text',
        name: 'text',
        unit: 'text',
        warehouseId: 'uuid',
        warehouseName: 'text',
        locationId: 'uuid',
        locationCode: 'text',
        locationName: 'text',
        locationType: 'text',
        lotId: 'uuid?',
        lotNumber: 'text?',
        expiresOn: 'date?',
        expired: 'bool',
        quantity: 'numeric',
        cursorKey: 'text',
      },
      sql`select b.product_id, p.sku, p.name, p.unit, b.warehouse_id, w.name as warehouse_name, b.location_id,
          c.code as location_code, c.name as location_name, c.type as location_type, b.lot_id, t.number as lot_number,
          t.expires_on, coalesce(t.expires_on < ${ctx.today}::date, false) as expired, b.quantity, ${page.key}
        from stock_balances b
        join products p on p.company_id = b.company_id and p.id = b.product_id
        join warehouses w on w.company_id = b.company_id and w.id = b.warehouse_id
        join locations c on c.company_id = b.company_id and c.id = b.location_id
        left join lots t on t.company_id = b.company_id and t.id = b.lot_id
        where b.company_id = ${ctx.company.id} and b.quantity <> 0 ${filtered(query)} ${page.after} ${page.order} ${page.limit}`,
    ),
    undefined,
  )
  return page.page(rows)
}

function filtered(f: BalanceFilters): Sql {
  return sql`
    ${f.productId === undefined ? empty : sql`and b.product_id = ${f.productId}`}
    ${f.warehouseId === undefined ? empty : sql`and b.warehouse_id = ${f.warehouseId}`}
    ${f.locationId === undefined ? empty : sql`and b.location_id = ${f.locationId}`}
    ${f.lotId === undefined ? empty : sql`and b.lot_id = ${f.lotId}`}`
}
