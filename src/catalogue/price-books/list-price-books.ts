import { type Archived, archivedIs } from '../../http/archived-filter.ts'
import { countRows } from '../../http/count.ts'
import { Keyset, type ListQuery, type Sort } from '../../kernel/keyset.ts'
import { searchIn } from '../../kernel/search.ts'
import { type Sql, dynamic, empty, sql } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { priceBookColumns, selectPriceBook } from './price-book-row.ts'

interface PriceBookFilters {
  readonly q?: string | undefined
  readonly archived?: Archived
  readonly side?: string | undefined
  readonly currency?: string | undefined
  readonly productId?: string | undefined
  readonly partyId?: string | undefined
  readonly validOn?: string | undefined
}

const sorts: Record<string, Sort> = {
  name: { column: sql`b.name`, type: 'text', notNull: true },
  currency: { column: sql`b.currency`, type: 'text', notNull: true },
  validFrom: { column: sql`b.valid_from`, type: 'date' },
  validTo: { column: sql`b.valid_to`, type: 'date' },
  priority: { column: sql`b.priority`, type: 'integer', notNull: true },
  createdAt: { column: sql`b.created_at`, type: 'timestamptz', notNull: true },
  id: { column: sql`b.id`, type: 'uuid', notNull: true },
}

/** One page of price books, without their entries. */
export async function listPriceBooks(
  tx: Transaction,
  companyId: string,
  query: ListQuery & PriceBookFilters,
) {
  const search = searched(query.q)
  const keyset = new Keyset(query, { ...sorts, ...search.sorts }, sql`b.id`, search.fallback ?? 'name')
  const rows = await tx.all(
    dynamic(
      { ...priceBookColumns, cursorKey: 'text?' },
      sql`${selectPriceBook}, ${keyset.key} from price_books b
        where b.company_id = ${companyId} ${filtered(query)} ${search.filter} ${keyset.after}
        ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  return keyset.page(rows)
}

export function countPriceBooks(tx: Transaction, companyId: string, filters: PriceBookFilters) {
  const { filter } = searched(filters.q)
  return countRows(
    tx,
    sql`from price_books b where b.company_id = ${companyId} ${filtered(filters)} ${filter}`,
  )
}

function searched(q: string | undefined) {
  return searchIn(q, sql`b.search`, sql`b.name`)
}

function filtered(f: PriceBookFilters): Sql {
  return sql`
    ${archivedIs(sql`b.archived`, f.archived)}
    ${f.side === undefined ? empty : sql`and b.side = ${f.side}`}
    ${f.currency === undefined ? empty : sql`and b.currency = ${f.currency}`}
    ${
      f.productId === undefined
        ? empty
        : sql`and b.id in (select e.price_book_id from price_book_entries e
            where e.company_id = b.company_id and e.product_id = ${f.productId})`
    }
    ${f.partyId === undefined ? empty : sql`and ${f.partyId}::uuid = any(b.party_ids)`}
    ${
      f.validOn === undefined
        ? empty
        : sql`and coalesce(b.valid_from <= ${f.validOn}::date, true)
            and coalesce(b.valid_to >= ${f.validOn}::date, true)`
    }`
}
