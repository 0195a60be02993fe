import type { Context } from '../kernel/context.ts'
import { type Sql, dynamic, sql } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type Grouping, namesOf, orderOf } from './group-by.ts'

const columns = {
  id: 'uuid?',
  code: 'text?',
  name: 'text?',
  month: 'date?',
  quantity: 'numeric?',
  net: 'numeric',
  cost: 'numeric',
  rowCount: 'int',
  totalNet: 'numeric',
  totalCost: 'numeric',
} as const

/**
 * Adds figures up by product, party or month: the first rows, each with the number and the sums of all.
 * @param figures CTEs that end with `figure`: rows of `key` (see `keyOf`), `quantity`, `net`, `cost`.
 */
export function addUp(tx: Transaction, ctx: Context, by: Grouping, figures: Sql, most: number) {
  const { names, from } = namesOf(by, ctx.company.id)
  // Pieces of different products do not add up.
  const quantity = by === 'product' ? sql`g.quantity` : sql`null::numeric as quantity`
  return tx.all(
    dynamic(
      columns,
      sql`
      with ${figures}, g as (
        select key, sum(quantity) as quantity, sum(net) as net, sum(cost) as cost from figure group by key
      )
      select ${names}, ${quantity}, g.net, g.cost,
        count(*) over ()::int as row_count, sum(g.net) over () as total_net, sum(g.cost) over () as total_cost
      from g ${from} order by ${orderOf(by)} limit ${most}::integer`,
    ),
    undefined,
  )
}
