import { type Sql, sql } from '../kernel/sql.ts'

/** By what figures of documents are put together. */
export type Grouping = 'product' | 'party' | 'month'

export const groupColumns = { id: 'id', code: 'text', name: 'text', month: 'date' } as const

/** The key of a row with `product_id`, `party_id` and `date`. */
export function keyOf(by: Grouping): Sql {
  if (by === 'product') return sql`product_id::text`
  if (by === 'party') return sql`party_id::text`
  return sql`date_trunc('month', date)::date::text`
}

/** Who or what a key (`g.key`) stands for: `id`, `code`, `name`, `month`, and the join that it takes. */
export function namesOf(by: Grouping, companyId: string): { readonly names: Sql; readonly from: Sql } {
  if (by === 'product') {
    return {
      names: sql`p.id as id, p.sku as code, p.name as name, null::date as month`,
      from: sql`left join products p on p.company_id = ${companyId}::uuid and p.id = g.key::uuid`,
    }
  }
  if (by === 'party') {
    return {
      names: sql`a.id as id, a.code as code, a.name as name, null::date as month`,
      from: sql`left join parties a on a.company_id = ${companyId}::uuid and a.id = g.key::uuid`,
    }
  }
  return {
    names: sql`null::uuid as id, null::text as code, null::text as name, g.key::date as month`,
    from: sql``,
  }
}

/** Months in their order, anything else the largest first. */
export function orderOf(by: Grouping): Sql {
  return by === 'month' ? sql`g.key` : sql`g.net desc, g.key nulls last`
}
