import { countRows } from '../../http/count.ts'
import { Keyset, type ListQuery, type Sort } from '../../kernel/keyset.ts'
import { notFound } from '../../kernel/problem.ts'
import { type Search, searchBig } from '../../kernel/search.ts'
import { type Row, type Sql, dynamic, empty, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

/** A reorder level as the API shows it. */
const columns = {
  id: 'uuid',
  productId: 'uuid',
  sku: 'text',
  name: 'text',
  unit: 'text',
  warehouseId: 'uuid',
  warehouseName: 'text',
  minimum: 'numeric',
  maximum: 'numeric',
  packSize: 'numeric',
  leadTimeDays: 'int?',
  vendorId: 'uuid?',
  vendorName: 'text?',
  version: 'int',
  createdAt: 'timestamptz',
} as const
type ReorderLevel = Row<typeof columns>

/** In the order of `columns`. */
const select: Sql = sql`select r.id, r.product_id, p.sku, p.name, p.unit, r.warehouse_id, w.name as warehouse_name,
  r.minimum, r.maximum, r.pack_size, r.lead_time_days, r.vendor_id, y.name as vendor_name, r.version, r.created_at`
const from: Sql = sql`from reorder_levels r
  join products p on p.company_id = r.company_id and p.id = r.product_id
  join warehouses w on w.company_id = r.company_id and w.id = r.warehouse_id
  left join parties y on y.company_id = r.company_id and y.id = r.vendor_id`

interface Key {
  companyId: string
  id: string
}

const loadRow = statement(
  'load_reorder_level',
  columns,
  (p: Key) => sql`${select} ${from} where r.company_id = ${p.companyId} and r.id = ${p.id}`,
)

export const lockReorderLevel = statement(
  'lock_reorder_level',
  columns,
  (p: Key) =>
    sql`${select} ${from} where r.company_id = ${p.companyId} and r.id = ${p.id} for no key update of r`,
)

/** @throws 404 */
export async function loadReorderLevel(
  tx: Transaction,
  companyId: string,
  id: string,
): Promise<ReorderLevel> {
  const level = await tx.maybe(loadRow, { companyId, id })
  if (level === null) throw notFound('reorder level')
  return level
}

interface Filters {
  readonly q?: string | undefined
  readonly productId?: string | undefined
  readonly warehouseId?: string | undefined
  readonly vendorId?: string | undefined
}

const sorts: Record<string, Sort> = {
  sku: { column: sql`p.sku`, type: 'text', notNull: true },
  name: { column: sql`p.name`, type: 'text', notNull: true },
  warehouse: { column: sql`w.name`, type: 'text', notNull: true },
  createdAt: { column: sql`r.created_at`, type: 'timestamptz', notNull: true },
  id: { column: sql`r.id`, type: 'uuid', notNull: true },
}

/** One page of the levels that the filters leave. */
export async function listReorderLevels(tx: Transaction, companyId: string, query: ListQuery & Filters) {
  const search = await searched(tx, companyId, query.q)
  const keyset = new Keyset(query, { ...sorts, ...search.sorts }, sql`r.id`, search.fallback ?? 'sku')
  const rows = await tx.all(
    dynamic(
      { ...columns, cursorKey: 'text?' },
      sql`${select}, ${keyset.key} ${from} where ${filtered(companyId, query)} ${search.filter} ${keyset.after}
        ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  return keyset.page(rows)
}

export async function countReorderLevels(tx: Transaction, companyId: string, filters: Filters) {
  const search = await searched(tx, companyId, filters.q)
  return countRows(tx, sql`${from} where ${filtered(companyId, filters)} ${search.filter}`)
}

async function searched(tx: Transaction, companyId: string, q: string | undefined): Promise<Search> {
  const search = await searchBig(tx, 'products', companyId, q, {
    id: sql`p.id`,
    search: sql`p.search`,
    name: sql`p.name`,
  })
  // What has too many hits to be ranked comes by the newest product there; a level has an id of its own.
  return search.fallback === '-id' ? { ...search, fallback: null } : search
}

function filtered(companyId: string, f: Filters): Sql {
  return sql`r.company_id = ${companyId}
    ${f.productId === undefined ? empty : sql`and r.product_id = ${f.productId}`}
    ${f.warehouseId === undefined ? empty : sql`and r.warehouse_id = ${f.warehouseId}`}
    ${f.vendorId === undefined ? empty : sql`and r.vendor_id = ${f.vendorId}`}`
}
