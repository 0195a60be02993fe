import { type Archived, archivedIs } from '../../http/archived-filter.ts'
import { countRows } from '../../http/count.ts'
import { Keyset, type ListQuery, type Sort } from '../../kernel/keyset.ts'
import { notFound } from '../../kernel/problem.ts'
import { searchIn } from '../../kernel/search.ts'
import { type Row, type Sql, dynamic, empty, json, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { WarehouseAddress } from './schema.ts'

/** A warehouse as the API shows it. */
const warehouseColumns = {
  id: 'uuid',
  code: 'text',
  name: 'text',
  allowNegative: 'bool',
  address: json<WarehouseAddress>(),
  archived: 'bool',
  version: 'int',
  createdAt: 'timestamptz',
} as const
export type WarehouseRow = Row<typeof warehouseColumns>

/** In the order of `warehouseColumns`, from `warehouses w`. */
const selectWarehouse: Sql = sql`
  select w.id, w.code, w.name, w.allow_negative, w.address, w.archived, w.version, w.created_at`

interface Key {
  companyId: string
  id: string
}

const loadRow = statement(
  'load_warehouse',
  warehouseColumns,
  (p: Key) =>
    sql`${selectWarehouse} from warehouses w where w.company_id = ${p.companyId} and w.id = ${p.id}`,
)

export const lockWarehouseRow = statement(
  'lock_warehouse',
  warehouseColumns,
  (p: Key) =>
    sql`${selectWarehouse} from warehouses w where w.company_id = ${p.companyId} and w.id = ${p.id} for no key update`,
)

/** @throws 404 */
export async function loadWarehouse(tx: Transaction, companyId: string, id: string): Promise<WarehouseRow> {
  const warehouse = await tx.maybe(loadRow, { companyId, id })
  if (warehouse === null) throw notFound('warehouse')
  return warehouse
}

interface WarehouseFilters {
  readonly q?: string | undefined
  readonly archived?: Archived
  readonly code?: string | undefined
}

const sorts: Record<string, Sort> = {
  code: { column: sql`w.code`, type: 'text', notNull: true },
  name: { column: sql`w.name`, type: 'text', notNull: true },
  id: { column: sql`w.id`, type: 'uuid', notNull: true },
}

/** One page of the warehouses, the oldest (which is the default one) first. */
export async function listWarehouses(
  tx: Transaction,
  companyId: string,
  query: ListQuery & WarehouseFilters,
) {
  const search = searched(query.q)
  const keyset = new Keyset(query, { ...sorts, ...search.sorts }, sql`w.id`, search.fallback ?? 'id')
  const rows = await tx.all(
    dynamic(
      { ...warehouseColumns, cursorKey: 'text?' },
      sql`${selectWarehouse}, ${keyset.key} from warehouses w
        where w.company_id = ${companyId} ${filtered(query)} ${search.filter} ${keyset.after}
        ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  return keyset.page(rows)
}

export function countWarehouses(tx: Transaction, companyId: string, filters: WarehouseFilters) {
  const { filter } = searched(filters.q)
  return countRows(
    tx,
    sql`from warehouses w where w.company_id = ${companyId} ${filtered(filters)} ${filter}`,
  )
}

function searched(q: string | undefined) {
  return searchIn(q, sql`w.search`, sql`w.name`)
}

function filtered(f: WarehouseFilters): Sql {
  return sql`
    ${archivedIs(sql`w.archived`, f.archived)}
    ${f.code === undefined ? empty : sql`and w.code = ${f.code}`}`
}
