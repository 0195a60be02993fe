import { Type } from 'typebox'
import { type Sql, dynamic, sql } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { object } from './schemas.ts'

/** Counting stops here: the exact size of a longer list helps nobody and costs a scan of all of it. */
const mostCounted = 10_000

/** Answer of `GET /<resource>/count`. */
export const Count = object({
  count: Type.Integer({ description: `Rows that the filters leave, ${mostCounted} at the most.` }),
  capped: Type.Boolean({ description: `True when there are more than ${mostCounted}.` }),
})

/** Counts the rows of `from … where …`, up to the limit. */
export async function countRows(tx: Transaction, from: Sql): Promise<{ count: number; capped: boolean }> {
  const { count } = await tx.one(
    dynamic(
      { count: 'int' },
      sql`select count(*)::int as count from (select 1 ${from} limit ${mostCounted + 1}) counted`,
    ),
    undefined,
  )
  return { count: Math.min(count, mostCounted), capped: count > mostCounted }
}
