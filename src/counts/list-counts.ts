import { countRows } from '../http/count.ts'
import type { Static } from '../http/schemas.ts'
import { madeByMe } from '../journal/made-by.ts'
import type { Context } from '../kernel/context.ts'
import { escapeLike } from '../kernel/fold.ts'
import { Keyset, type Sort } from '../kernel/keyset.ts'
import { type Sql, dynamic, empty, sql } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { headOf } from './present-count.ts'
import { countColumns, countFields, countFrom, countTally, stateOfCount } from './records.ts'
import type { CountSheetCountQuery, CountSheetListQuery } from './schemas.ts'

type Filters = Static<typeof CountSheetCountQuery>

const sorts: Record<string, Sort> = {
  id: { column: sql`c.id`, type: 'uuid', notNull: true },
  number: { column: sql`c.number`, type: 'text', notNull: true },
  date: { column: sql`c.date`, type: 'date', notNull: true },
}

/** One page of counts, each with how far it is. */
export async function listCounts(tx: Transaction, ctx: Context, query: Static<typeof CountSheetListQuery>) {
  const keyset = new Keyset(query, sorts, sql`c.id`, '-id')
  const rows = await tx.all(
    dynamic(
      { ...countColumns, cursorKey: 'text?' },
      sql`select ${countFields}, ${keyset.key} ${countFrom} ${countTally}
        where ${filtered(ctx, query)} ${keyset.after} ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  const { items, nextCursor } = keyset.page(rows)
  return { items: items.map(headOf), nextCursor }
}

export function countCounts(tx: Transaction, ctx: Context, filters: Filters) {
  return countRows(tx, sql`${countFrom} where ${filtered(ctx, filters)}`)
}

function filtered(ctx: Context, f: Filters): Sql {
  const words = f.q?.trim() ?? ''
  const pattern = `%${escapeLike(words.toLowerCase())}%`
  return sql`c.company_id = ${ctx.company.id}
    ${words === '' ? empty : sql`and (lower(c.number) like ${pattern} or lower(coalesce(c.counter, '')) like ${pattern})`}
    ${
      f.state === undefined
        ? empty
        : f.state === 'open'
          ? sql`and ${stateOfCount} in ('counting', 'to-approve')`
          : sql`and ${stateOfCount} = ${f.state}`
    }
    ${f.warehouseId === undefined ? empty : sql`and c.warehouse_id = ${f.warehouseId}`}
    ${f.number === undefined ? empty : sql`and c.number = ${f.number}`}
    ${f.from === undefined ? empty : sql`and c.date >= ${f.from}`}
    ${f.to === undefined ? empty : sql`and c.date <= ${f.to}`}
    ${
      f.productId === undefined
        ? empty
        : sql`and exists (select from count_lines k
            where k.company_id = c.company_id and k.count_id = c.id and k.product_id = ${f.productId})`
    }
    ${madeByMe(ctx, f.createdBy, sql`c`)}`
}
