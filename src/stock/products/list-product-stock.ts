import { type Archived, archivedIs } from '../../http/archived-filter.ts'
import { countRows } from '../../http/count.ts'
import type { Context } from '../../kernel/context.ts'
import { Keyset, type ListQuery, type Sort } from '../../kernel/keyset.ts'
import { type Search, searchBig } from '../../kernel/search.ts'
import { type Sql, dynamic, empty, sql } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { forecast, joinLive, liveAvailable, liveFigures } from '../levels/live-levels.ts'

interface ProductStockFilters {
  readonly q?: string | undefined
  readonly archived?: Archived
  readonly type?: string | undefined
  readonly tracking?: string | undefined
  readonly category?: string | undefined
  readonly unit?: string | undefined
  readonly vendorId?: string | undefined
  readonly low?: boolean | undefined
  readonly negative?: boolean | undefined
  readonly noBarcode?: boolean | undefined
}

const sorts: Record<string, Sort> = {
  name: { column: sql`p.name`, type: 'text', notNull: true },
  sku: { column: sql`p.sku`, type: 'text', notNull: true },
  category: { column: sql`p.category`, type: 'text' },
  salesPrice: { column: sql`p.sales_price`, type: 'numeric' },
  id: { column: sql`p.id`, type: 'uuid', notNull: true },
}

const columns = {
  id: 'uuid',
  sku: 'text',
  name: 'text',
  type: 'text',
  unit: 'text',
  barcode: 'text?',
  category: 'text?',
  salesPrice: 'numeric?',
  archived: 'bool',
  onHand: 'numeric?',
  reserved: 'numeric?',
  available: 'numeric?',
  incoming: 'numeric?',
  forecast: 'numeric?',
  cursorKey: 'text?',
} as const

/** One page of products, each with what all warehouses together have of it. */
export async function listProductStock(
  tx: Transaction,
  ctx: Context,
  query: ListQuery & ProductStockFilters,
) {
  const search = await searched(tx, ctx, query.q)
  const keyset = new Keyset(query, { ...sorts, ...search.sorts }, sql`p.id`, search.fallback ?? 'name')
  // The page is cut before its levels are added up, so that the sums are made of fifty products and not of all.
  const rows = await tx.all(
    dynamic(
      columns,
      sql`
        select page.id, page.sku, page.name, page.type, page.unit, page.barcode, page.category, page.sales_price, page.archived,
          ${stocked(sql`sums.on_hand`)} as on_hand, ${stocked(sql`sums.reserved`)} as reserved,
          ${stocked(sql`sums.available`)} as available, ${stocked(sql`sums.incoming`)} as incoming,
          ${stocked(sql`sums.forecast`)} as forecast, page.cursor_key
        from (
          select row_number() over (${keyset.order}) as place, p.*, ${keyset.key} from products p
          where ${filtered(ctx, query)} ${search.filter} ${keyset.after} ${keyset.order} ${keyset.limit}
        ) page
        cross join lateral (
          select sum(live.on_hand) as on_hand, sum(live.reserved) as reserved, sum(live.available) as available,
            sum(live.incoming) as incoming, sum(live.forecast) as forecast
          from (
            select ${liveFigures} from stock_levels l
            join products p on p.company_id = l.company_id and p.id = l.product_id ${joinLive(ctx)}
            where l.company_id = page.company_id and l.product_id = page.id
          ) live
        ) sums
        order by page.place`,
    ),
    undefined,
  )
  return keyset.page(rows)
}

export async function countProductStock(tx: Transaction, ctx: Context, filters: ProductStockFilters) {
  const search = await searched(tx, ctx, filters.q)
  return countRows(tx, sql`from products p where ${filtered(ctx, filters)} ${search.filter}`)
}

/** A service has no stock; goods that never moved have none of anything. */
function stocked(figure: Sql): Sql {
  return sql`case page.type when 'stocked' then coalesce(${figure}, 0) end`
}

function searched(tx: Transaction, ctx: Context, q: string | undefined): Promise<Search> {
  const at = { id: sql`p.id`, search: sql`p.search`, name: sql`p.name` }
  return searchBig(tx, 'products', ctx.company.id, q, at)
}

function filtered(ctx: Context, f: ProductStockFilters): Sql {
  const low = sql`(p.type = 'stocked' and (
    select coalesce(sum(${liveAvailable}), 0) <= 0 or sum(${forecast}) < 0 from stock_levels l ${joinLive(ctx)}
    where l.company_id = p.company_id and l.product_id = p.id))`
  const negative = sql`exists (select from stock_levels l
    where l.company_id = p.company_id and l.product_id = p.id and l.on_hand < 0)`
  const is = (wanted: boolean | undefined, condition: Sql): Sql =>
    wanted === undefined ? empty : wanted ? sql`and ${condition}` : sql`and not ${condition}`
  return sql`p.company_id = ${ctx.company.id}
    ${archivedIs(sql`p.archived`, f.archived)}
    ${f.type === undefined ? empty : sql`and p.type = ${f.type}`}
    ${f.tracking === undefined ? empty : sql`and p.tracking = ${f.tracking}`}
    ${f.category === undefined ? empty : sql`and p.category = ${f.category}`}
    ${
      f.unit === undefined
        ? empty
        : sql`and (p.unit = ${f.unit} or exists (select from product_units k
            where k.company_id = p.company_id and k.product_id = p.id and k.unit = ${f.unit}))`
    }
    ${
      f.vendorId === undefined
        ? empty
        : sql`and p.id in (select v.product_id from product_vendors v
            where v.company_id = p.company_id and v.party_id = ${f.vendorId})`
    }
    ${is(f.low, low)} ${is(f.negative, negative)} ${is(f.noBarcode, sql`(coalesce(p.barcode, '') = '')`)}`
}
