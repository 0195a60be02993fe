import { countRows } from '../../http/count.ts'
import type { Context } from '../../kernel/context.ts'
import { type Decimal, round, zero } from '../../kernel/decimal.ts'
import type { ListQuery, Sort } from '../../kernel/keyset.ts'
import { type Search, searchBig } from '../../kernel/search.ts'
import { type Sql, dynamic, empty, sql } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { RowKeys } from '../row-keys.ts'
import { forecast, joinLive, liveAvailable, liveColumns, liveFigures } from './live-levels.ts'

export interface LevelFilters {
  readonly q?: string | undefined
  readonly productId?: string | undefined
  readonly warehouseId?: string | undefined
  readonly negative?: boolean | undefined
  readonly low?: boolean | undefined
}

const sorts: Record<string, Sort> = {
  sku: { column: sql`p.sku`, type: 'text' },
  name: { column: sql`p.name`, type: 'text' },
  onHand: { column: sql`l.on_hand`, type: 'numeric' },
  value: { column: sql`l.value`, type: 'numeric' },
  id: { column: sql`p.id`, type: 'uuid' },
}

const keys: readonly Sort[] = [
  { column: sql`p.id`, type: 'uuid' },
  { column: sql`l.warehouse_id`, type: 'uuid' },
]

/** One page of the levels that the filters leave: one row per product and warehouse. */
export async function listLevels(tx: Transaction, ctx: Context, query: ListQuery & LevelFilters) {
  const search = await searched(tx, ctx, query.q)
  const page = new RowKeys(query, { ...sorts, ...search.sorts }, keys, search.fallback ?? 'sku')
  const rows = await tx.all(
    dynamic(
      {
        productId: 'uuid',
        sku: 'text',
        name: 'text',
        unit: 'text',
        warehouseId: 'uuid',
        warehouseName: 'text',
        ...liveColumns,
        cursorKey: 'text',
      },
      sql`select l.product_id, p.sku, p.name, p.unit, l.warehouse_id, w.name as warehouse_name, ${liveFigures}, ${page.key}
        ${from(ctx, true)} where ${filtered(ctx, query)} ${search.filter} ${page.after} ${page.order} ${page.limit}`,
    ),
    undefined,
  )
  const { items, nextCursor } = page.page(rows)
  return { items: items.map((item) => ({ ...item, averageCost: averageCost(item) })), nextCursor }
}

export async function countLevels(tx: Transaction, ctx: Context, filters: LevelFilters) {
  const search = await searched(tx, ctx, filters.q)
  return countRows(
    tx,
    sql`${from(ctx, filters.low !== undefined)} where ${filtered(ctx, filters)} ${search.filter}`,
  )
}

/** R8: shown with 6 decimals and stored nowhere. Null when there is nothing that has a cost. */
function averageCost(level: { onHand: Decimal; quarantined: Decimal; value: Decimal }): Decimal | null {
  const quantity = level.onHand.plus(level.quarantined)
  return quantity.eq(zero) ? null : round(level.value.div(quantity), 6)
}

/** @param live whether the figures that change with time are needed. */
function from(ctx: Context, live: boolean): Sql {
  return sql`from stock_levels l
    join products p on p.company_id = l.company_id and p.id = l.product_id
    join warehouses w on w.company_id = l.company_id and w.id = l.warehouse_id
    ${live ? joinLive(ctx) : empty}`
}

function searched(tx: Transaction, ctx: Context, q: string | undefined): Promise<Search> {
  const columns = { id: sql`p.id`, search: sql`p.search`, name: sql`p.name` }
  return searchBig(tx, 'products', ctx.company.id, q, columns)
}

function filtered(ctx: Context, f: LevelFilters): Sql {
  const low = sql`(${liveAvailable} <= 0 or ${forecast} < 0)`
  return sql`l.company_id = ${ctx.company.id} and p.company_id = ${ctx.company.id}
    ${f.productId === undefined ? empty : sql`and l.product_id = ${f.productId}`}
    ${f.warehouseId === undefined ? empty : sql`and l.warehouse_id = ${f.warehouseId}`}
    ${f.negative === undefined ? empty : f.negative ? sql`and l.on_hand < 0` : sql`and l.on_hand >= 0`}
    ${f.low === undefined ? empty : f.low ? sql`and ${low}` : sql`and not ${low}`}`
}
