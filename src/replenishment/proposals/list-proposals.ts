import { countRows } from '../../http/count.ts'
import type { Context } from '../../kernel/context.ts'
import type { ListQuery, Sort } from '../../kernel/keyset.ts'
import { type Search, searchBig } from '../../kernel/search.ts'
import { type Sql, dynamic, empty, sql } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { RowKeys } from '../../stock/index.ts'
import { type Outlook, projectedColumns, projectedFields, projection, readProjection } from './projection.ts'
import { inWords } from './words.ts'

interface Filters {
  readonly q?: string | undefined
  readonly vendorId?: string | undefined
  readonly warehouseId?: string | undefined
  readonly demandDays?: number | undefined
  readonly reviewDays?: number | undefined
}

const sorts: Record<string, Sort> = {
  sku: { column: sql`x.sku`, type: 'text' },
  name: { column: sql`x.name`, type: 'text' },
  vendor: { column: sql`coalesce(x.vendor_name, '')`, type: 'text' },
  warehouse: { column: sql`x.warehouse_name`, type: 'text' },
  quantity: { column: sql`x.quantity`, type: 'numeric' },
}
const keys: readonly Sort[] = [
  { column: sql`x.product_id`, type: 'uuid' },
  { column: sql`x.warehouse_id`, type: 'uuid' },
]

export function outlookOf({ demandDays = 90, reviewDays = 7 }: Partial<Outlook>): Outlook {
  return { demandDays, reviewDays }
}

/** One page of what should be bought now. Nothing of it is stored: it is what the figures say at this moment. */
export async function listProposals(tx: Transaction, ctx: Context, query: ListQuery & Filters) {
  const search = await searched(tx, ctx, query.q)
  const page = new RowKeys(query, { ...sorts, ...search.sorts }, keys, search.fallback ?? 'sku')
  const outlook = outlookOf(query)
  const rows = await readProjection(
    tx,
    dynamic(
      { ...projectedColumns, cursorKey: 'text' },
      sql`select ${projectedFields}, ${page.key} from ${projection(ctx, outlook)}
        where ${filtered(query)} ${search.filter} ${page.after} ${page.order} ${page.limit}`,
    ),
  )
  const { items, nextCursor } = page.page(rows)
  return { items: items.map((item) => ({ ...item, explanation: inWords(item, outlook) })), nextCursor }
}

export async function countProposals(tx: Transaction, ctx: Context, filters: Filters) {
  const search = await searched(tx, ctx, filters.q)
  return countRows(
    tx,
    sql`from ${projection(ctx, outlookOf(filters))} where ${filtered(filters)} ${search.filter}`,
  )
}

async function searched(tx: Transaction, ctx: Context, q: string | undefined): Promise<Search> {
  const columns = { id: sql`x.product_id`, search: sql`x.search`, name: sql`x.name` }
  const search = await searchBig(tx, 'products', ctx.company.id, q, columns)
  // A proposal has no id of its own that could tell the newest.
  return search.fallback === '-id' ? { ...search, fallback: null } : search
}

function filtered(f: Filters): Sql {
  return sql`x.quantity > 0
    ${f.vendorId === undefined ? empty : sql`and x.vendor_id = ${f.vendorId}`}
    ${f.warehouseId === undefined ? empty : sql`and x.warehouse_id = ${f.warehouseId}`}`
}

/** The vendors of whom something should be bought now. */
export async function findVendorsToOrderFrom(tx: Transaction, ctx: Context): Promise<string[]> {
  const rows = await readProjection(
    tx,
    dynamic(
      { id: 'uuid' },
      sql`select distinct x.vendor_id as id from ${projection(ctx, outlookOf({}))}
        where x.quantity > 0 and x.vendor_id is not null order by 1`,
    ),
  )
  return rows.map(({ id }) => id)
}
