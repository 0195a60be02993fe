import { type Archived, archivedIs } from '../../http/archived-filter.ts'
import { countRows } from '../../http/count.ts'
import { Keyset, type ListQuery, type Sort } from '../../kernel/keyset.ts'
import { notFound } from '../../kernel/problem.ts'
import { searchIn } from '../../kernel/search.ts'
import { type Row, type Sql, dynamic, empty, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

/** A location as the API shows it. */
const locationColumns = {
  id: 'uuid',
  warehouseId: 'uuid?',
  parentId: 'uuid?',
  code: 'text',
  name: 'text',
  isDefault: 'bool',
  type: 'text',
  archived: 'bool',
  version: 'int',
  createdAt: 'timestamptz',
} as const
export type LocationRow = Row<typeof locationColumns>

/** In the order of `locationColumns`, from `locations l`. */
const selectLocation: Sql = sql`
  select l.id, l.warehouse_id, l.parent_id, l.code, l.name, l.is_default, l.type, l.archived, l.version, l.created_at`

interface Key {
  companyId: string
  id: string
}

const loadRow = statement(
  'load_location',
  locationColumns,
  (p: Key) => sql`${selectLocation} from locations l where l.company_id = ${p.companyId} and l.id = ${p.id}`,
)

export const lockLocationRow = statement(
  'lock_location',
  locationColumns,
  (p: Key) =>
    sql`${selectLocation} from locations l where l.company_id = ${p.companyId} and l.id = ${p.id} for update`,
)

/** @throws 404 */
export async function loadLocation(tx: Transaction, companyId: string, id: string): Promise<LocationRow> {
  const location = await tx.maybe(loadRow, { companyId, id })
  if (location === null) throw notFound('location')
  return location
}

interface LocationFilters {
  readonly q?: string | undefined
  readonly archived?: Archived
  readonly warehouseId?: string | undefined
  readonly parentId?: string | undefined
  readonly type?: string | undefined
  readonly code?: string | undefined
}

const sorts: Record<string, Sort> = {
  code: { column: sql`l.code`, type: 'text', notNull: true },
  name: { column: sql`l.name`, type: 'text', notNull: true },
  id: { column: sql`l.id`, type: 'uuid', notNull: true },
}

export async function listLocations(tx: Transaction, companyId: string, query: ListQuery & LocationFilters) {
  const search = searched(query.q)
  const keyset = new Keyset(query, { ...sorts, ...search.sorts }, sql`l.id`, search.fallback ?? 'code')
  const rows = await tx.all(
    dynamic(
      { ...locationColumns, cursorKey: 'text?' },
      sql`${selectLocation}, ${keyset.key} from locations l
        where l.company_id = ${companyId} ${filtered(query)} ${search.filter} ${keyset.after}
        ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  return keyset.page(rows)
}

export function countLocations(tx: Transaction, companyId: string, filters: LocationFilters) {
  const { filter } = searched(filters.q)
  return countRows(tx, sql`from locations l where l.company_id = ${companyId} ${filtered(filters)} ${filter}`)
}

function searched(q: string | undefined) {
  return searchIn(q, sql`l.search`, sql`l.name`)
}

function filtered(f: LocationFilters): Sql {
  return sql`
    ${archivedIs(sql`l.archived`, f.archived)}
    ${f.warehouseId === undefined ? empty : sql`and l.warehouse_id = ${f.warehouseId}`}
    ${f.parentId === undefined ? empty : sql`and l.parent_id = ${f.parentId}`}
    ${f.type === undefined ? empty : sql`and l.type = ${f.type}`}
    ${f.code === undefined ? empty : sql`and l.code = ${f.code}`}`
}
