import { Type } from 'typebox'
import { type Sql, empty, sql } from '../kernel/sql.ts'
import { DecimalText, optional } from './schemas.ts'

/**
 * Query field of lists that are filtered by an amount: one of its two ends, which itself still fits.
 * @param what is said of it in the OpenAPI document: 'Total with tax, at least.'
 */
export function amountBound(what: string) {
  return optional(
    Type.Unsafe<string>({
      ...DecimalText,
      description: `${what} A decimal, compared exactly and in the document's own currency; \`currency\` leaves one.`,
    }),
  )
}

/** `and …` for an amount from and to, each of which may be left out. */
export function amountWithin(amount: Sql, from: string | undefined, to: string | undefined): Sql {
  return sql`${from === undefined ? empty : sql`and ${amount} >= ${from}::numeric`}
    ${to === undefined ? empty : sql`and ${amount} <= ${to}::numeric`}`
}

/** The same of what only posted documents have. */
export function amountOfPostedWithin(
  state: Sql,
  amount: Sql,
  from: string | undefined,
  to: string | undefined,
): Sql {
  return from === undefined && to === undefined
    ? empty
    : sql`and ${state} = 'posted' ${amountWithin(amount, from, to)}`
}
