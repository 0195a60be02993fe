import { countRows } from '../../http/count.ts'
import { Keyset, type ListQuery, type Sort } from '../../kernel/keyset.ts'
import { searchIn } from '../../kernel/search.ts'
import { type Sql, dynamic, empty, sql } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { fromUsers, selectUser, shown, userColumns } from './user-row.ts'

export interface UserFilters {
  readonly q?: string | undefined
  readonly role?: string | undefined
  readonly partyId?: string | undefined
  readonly email?: string | undefined
}

const sorts: Record<string, Sort> = {
  name: { column: sql`u.name`, type: 'text' },
  email: { column: sql`u.email`, type: 'text' },
  role: { column: sql`m.role`, type: 'text' },
  createdAt: { column: sql`m.created_at`, type: 'timestamptz' },
}

/** The people of a company. */
export async function listUsers(tx: Transaction, companyId: string, query: ListQuery & UserFilters) {
  const search = searched(query.q)
  const keyset = new Keyset(query, { ...sorts, ...search.sorts }, sql`m.user_id`, search.fallback ?? 'name')
  const rows = await tx.all(
    dynamic(
      { ...userColumns, cursorKey: 'text?' },
      sql`${selectUser}, ${keyset.key} ${fromUsers}
        where m.company_id = ${companyId} ${filtered(query)} ${search.filter} ${keyset.after}
        ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  return keyset.page(rows.map(shown))
}

export function countUsers(tx: Transaction, companyId: string, filters: UserFilters) {
  const { filter } = searched(filters.q)
  return countRows(tx, sql`${fromUsers} where m.company_id = ${companyId} ${filtered(filters)} ${filter}`)
}

function searched(q: string | undefined) {
  return searchIn(q, sql`(u.email || ' ' || u.search)`, sql`u.name`)
}

function filtered(f: UserFilters): Sql {
  return sql`
    ${f.role === undefined ? empty : sql`and m.role = ${f.role}`}
    ${f.partyId === undefined ? empty : sql`and m.party_id = ${f.partyId}`}
    ${f.email === undefined ? empty : sql`and u.email = lower(${f.email})`}`
}
