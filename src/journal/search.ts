import type { Context } from '../kernel/context.ts'
import { escapeLike, fold } from '../kernel/fold.ts'
import { type Sql, empty, sql } from '../kernel/sql.ts'

/**
 * The search of document lists: by the beginning of the number, by the reference, and by the name of the
 * party as it is found in the parties' own index (S40), so that documents need no text index of their own.
 * @param alias the document table's alias in the statement.
 */
export function documentSearch(ctx: Context, q: string | undefined, alias: Sql): Sql {
  const asked = q?.trim()
  if (!asked) return empty
  const words = fold(asked).split(' ')
  const inName = words.reduce<Sql>(
    (all, word) => sql`${all} and p.search like ${`%${escapeLike(word)}%`}`,
    empty,
  )
  return sql`and (
    ${alias}.number like ${`${escapeLike(asked.toUpperCase())}%`} or lower(${alias}.reference) like ${`%${escapeLike(asked.toLowerCase())}%`}
    or ${alias}.party_id in (select p.id from parties p where p.company_id = ${ctx.company.id} ${inName}))`
}
