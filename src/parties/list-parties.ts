import { type Archived, archivedIs } from '../http/archived-filter.ts'
import { countRows } from '../http/count.ts'
import type { Context } from '../kernel/context.ts'
import { Keyset, type ListQuery, type Sort } from '../kernel/keyset.ts'
import { type Search, searchBig } from '../kernel/search.ts'
import { type Sql, dynamic, empty, sql } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { findLastOrders, neverOrdered } from './last-orders.ts'
import { partyColumns, selectParty } from './party-row.ts'

interface PartyFilters {
  readonly q?: string | undefined
  readonly archived?: Archived
  readonly role?: string | undefined
  readonly type?: string | undefined
  readonly code?: string | undefined
  readonly email?: string | undefined
  readonly taxNumber?: string | undefined
  readonly currency?: string | undefined
  readonly priceGroup?: string | undefined
}

const sorts: Record<string, Sort> = {
  name: { column: sql`p.name`, type: 'text', notNull: true },
  code: { column: sql`p.code`, type: 'text' },
  createdAt: { column: sql`p.created_at`, type: 'timestamptz', notNull: true },
  id: { column: sql`p.id`, type: 'uuid', notNull: true },
}

/** One page of the parties that the filters leave, each with the date of its last orders. */
export async function listParties(tx: Transaction, ctx: Context, query: ListQuery & PartyFilters) {
  const companyId = ctx.company.id
  const search = await searched(tx, companyId, query.q)
  const keyset = new Keyset(query, { ...sorts, ...search.sorts }, sql`p.id`, search.fallback ?? 'name')
  const rows = await tx.all(
    dynamic(
      { ...partyColumns, cursorKey: 'text?' },
      sql`${selectParty}, ${keyset.key} from parties p
        where p.company_id = ${companyId} ${filtered(query)} ${search.filter} ${keyset.after}
        ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  const page = keyset.page(rows)
  const orders = await findLastOrders(
    tx,
    ctx,
    page.items.map(({ id }) => id),
  )
  return { ...page, items: page.items.map((row) => ({ ...row, ...(orders.get(row.id) ?? neverOrdered) })) }
}

export async function countParties(tx: Transaction, companyId: string, filters: PartyFilters) {
  const search = await searched(tx, companyId, filters.q)
  return countRows(
    tx,
    sql`from parties p where p.company_id = ${companyId} ${filtered(filters)} ${search.filter}`,
  )
}

function searched(tx: Transaction, companyId: string, q: string | undefined): Promise<Search> {
  return searchBig(tx, 'parties', companyId, q, { id: sql`p.id`, search: sql`p.search`, name: sql`p.name` })
}

function filtered(f: PartyFilters): Sql {
  return sql`
    ${archivedIs(sql`p.archived`, f.archived)}
    ${f.role === undefined ? empty : f.role === 'customer' ? sql`and p.customer` : sql`and p.vendor`}
    ${f.type === undefined ? empty : sql`and p.type = ${f.type}`}
    ${f.code === undefined ? empty : sql`and p.code = ${f.code}`}
    ${f.email === undefined ? empty : withEmail(f.email)}
    ${f.taxNumber === undefined ? empty : sql`and p.tax_number is not null and tax_number_key(p.tax_number) = tax_number_key(${f.taxNumber})`}
    ${f.currency === undefined ? empty : sql`and p.currency = ${f.currency}`}
    ${f.priceGroup === undefined ? empty : sql`and p.price_group = ${f.priceGroup}`}`
}

function withEmail(email: string): Sql {
  return sql`and (lower(p.email) = lower(${email}) or exists (
    select from jsonb_array_elements(p.contacts) c where lower(c ->> 'email') = lower(${email})))`
}
