import { type Archived, archivedIs } from '../../http/archived-filter.ts'
import { countRows } from '../../http/count.ts'
import { Keyset, type ListQuery, type Sort } from '../../kernel/keyset.ts'
import { searchIn } from '../../kernel/search.ts'
import { type Sql, dynamic, empty, sql } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { selectTax, taxColumns } from './tax-row.ts'

interface TaxFilters {
  readonly q?: string | undefined
  readonly archived?: Archived
  readonly category?: string | undefined
}

const sorts: Record<string, Sort> = {
  name: { column: sql`t.name`, type: 'text', notNull: true },
  rate: { column: sql`t.rate`, type: 'numeric', notNull: true },
  id: { column: sql`t.id`, type: 'uuid', notNull: true },
}

export async function listTaxes(tx: Transaction, companyId: string, query: ListQuery & TaxFilters) {
  const search = searched(query.q)
  const keyset = new Keyset(query, { ...sorts, ...search.sorts }, sql`t.id`, search.fallback ?? 'name')
  const rows = await tx.all(
    dynamic(
      { ...taxColumns, cursorKey: 'text?' },
      sql`${selectTax}, ${keyset.key} from taxes t
        where t.company_id = ${companyId} ${filtered(query)} ${search.filter} ${keyset.after}
        ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  return keyset.page(rows)
}

export function countTaxes(tx: Transaction, companyId: string, filters: TaxFilters) {
  const { filter } = searched(filters.q)
  return countRows(tx, sql`from taxes t where t.company_id = ${companyId} ${filtered(filters)} ${filter}`)
}

function searched(q: string | undefined) {
  return searchIn(q, sql`t.search`, sql`t.name`)
}

function filtered(f: TaxFilters): Sql {
  return sql`
    ${archivedIs(sql`t.archived`, f.archived)}
    ${f.category === undefined ? empty : sql`and t.category = ${f.category}`}`
}
