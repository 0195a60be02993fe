import { type Sql, type Statement, join, raw, sql, statement } from '../kernel/sql.ts'

/** A row that was written for speed and is not what the ledgers say. */
export interface Difference {
  /** The figure, such as 'stock level on hand'. */
  readonly what: string
  /** Whose, in words: 'CB-14 in MAIN', 'SO-2026-0001 line 2'. */
  readonly key: string
  readonly stored: string | null
  readonly computed: string | null
}

export interface Checked {
  readonly companyId: string
  readonly now: Date
}

export type Check = Statement<Checked, Difference>

/** So many differences of one kind are listed; whoever has more has one cause to look for. */
const mostListed = 1000

interface Figure {
  readonly what: string
  readonly stored: Sql
  readonly computed: Sql
  /** Texts are compared as they are, numbers by value. */
  readonly isText?: boolean
}

/**
 * Declares a check: one statement that recomputes figures of many rows at once and lists those that differ.
 * @param from rows with the stored and the recomputed figures beside each other; may begin by `with`.
 * @param key what a row is called.
 */
export function check(
  name: string,
  parts: {
    readonly before?: (p: Checked) => Sql
    readonly from: (p: Checked) => Sql
    readonly key: Sql
    readonly figures: readonly Figure[]
  },
): Check {
  const { before, from, key, figures } = parts
  const rows = join(
    figures.map(({ what, stored, computed, isText }) => {
      const shown = (value: Sql): Sql => (isText ? value : sql`trim_scale((${value})::numeric)::text`)
      return sql`(${raw(`'${what}'`)}, ${shown(stored)}, ${shown(computed)}, ${stored} is distinct from ${computed})`
    }),
  )
  return statement(
    `check_${name}`,
    { what: 'text', key: 'text', stored: 'text?', computed: 'text?' },
    (p: Checked) => sql`
      ${before ? before(p) : sql``}
      select f.what, ${key} as key, f.stored, f.computed
      ${from(p)}
      cross join lateral (values ${rows}) f(what, stored, computed, differs)
      where f.differs order by 2, 1 limit ${mostListed}`,
  )
}

/** A figure that is zero where there is no row. */
export function orZero(column: string): Sql {
  return sql`coalesce(${raw(column)}, 0)`
}
