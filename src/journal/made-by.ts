import { Type } from 'typebox'
import { literals } from '../http/schemas.ts'
import type { Context } from '../kernel/context.ts'
import { type Sql, empty, sql } from '../kernel/sql.ts'

/** Who made a document, as every table of documents keeps it: the name as it was, and the person. */
export function madeBy(ctx: Context) {
  return { createdBy: ctx.actor.name, createdByUser: personOf(ctx) }
}

/** The filter `createdBy` of every list of documents. */
export const createdBy = Type.Optional(
  literals(['me'], { description: 'Those that the person who asks has made; none for an API key.' }),
)

/** `and …` for that filter, or nothing when it is not asked for. */
export function madeByMe(ctx: Context, asked: 'me' | undefined, alias: Sql): Sql {
  return asked === undefined ? empty : sql`and ${alias}.created_by_user = ${personOf(ctx)}`
}

function personOf(ctx: Context): string | null {
  return ctx.actor.type === 'user' ? ctx.actor.id : null
}
