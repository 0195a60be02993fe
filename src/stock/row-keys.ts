import { isId } from '../kernel/ids.ts'
import type { ListQuery, Sort } from '../kernel/keyset.ts'
import { Problem } from '../kernel/problem.ts'
import { type Sql, empty, join, raw, sql } from '../kernel/sql.ts'

/**
 * Keyset paging for rows that have no id of their own: a level is known by product and warehouse, a balance
 * by product, location and lot. As `Keyset`, a page starts behind the last row of the one before.
 */
export class RowKeys {
  /** `and (sort field, key columns) > (…)`, or nothing on the first page. */
  readonly after: Sql
  readonly order: Sql
  /** One row more than the page, which tells whether there is a next one. */
  readonly limit: Sql
  /** Select this last, as `cursorKey: 'text'`. */
  readonly key: Sql
  readonly #size: number
  readonly #sort: string

  /**
   * @param sorts of texts, numbers and ids that are never null, as are the keys.
   * @param keys together they are unique among the rows.
   * @param fallback the sort when none is asked for, `-` in front for descending.
   * @throws 400 for an unknown sort field or a cursor that is not one of ours.
   */
  constructor(
    query: ListQuery,
    sorts: Readonly<Record<string, Sort>>,
    keys: readonly Sort[],
    fallback: string,
  ) {
    this.#size = query.limit ?? 50
    this.#sort = query.sort ?? fallback
    const descending = this.#sort.startsWith('-')
    const name = descending ? this.#sort.slice(1) : this.#sort
    const sort = Object.hasOwn(sorts, name) ? sorts[name]! : null
    if (sort === null) {
      const known = Object.keys(sorts).join(', ')
      throw new Problem(
        400,
        'unknown-sort',
        `This list cannot be sorted by '${name}'. It sorts by: ${known}.`,
        {
          errors: [{ pointer: 'sort', message: `one of: ${known}` }],
        },
      )
    }
    const parts = [sort, ...keys]
    const columns = join(parts.map((part) => part.column))
    this.key = sql`json_build_array(${join(parts.map((part) => sql`${part.column}::text`))})::text as cursor_key`
    this.order = sql`order by ${join(parts.map((part) => sql`${part.column} ${raw(descending ? 'desc' : 'asc')}`))}`
    this.limit = sql`limit ${this.#size + 1}`
    this.after = empty
    if (query.cursor !== undefined) {
      const last = decode(query.cursor, this.#sort, parts)
      const typed = join(last.map((value, i) => sql`${value}::${raw(parts[i]!.type)}`))
      this.after = sql`and (${columns}) ${raw(descending ? '<' : '>')} (${typed})`
    }
  }

  /** Cuts the extra row off and makes the cursor of the next page. */
  page<R extends { cursorKey: string }>(
    rows: R[],
  ): { items: Omit<R, 'cursorKey'>[]; nextCursor: string | null } {
    const more = rows.length > this.#size
    const shown = more ? rows.slice(0, this.#size) : rows
    const last = shown.at(-1)
    return {
      items: shown.map(({ cursorKey: _key, ...item }) => item),
      nextCursor:
        more && last ? Buffer.from(JSON.stringify([this.#sort, last.cursorKey])).toString('base64url') : null,
    }
  }
}

const number = /^-?[0-9]{1,40}(\.[0-9]{1,40})?$/

function decode(cursor: string, sort: string, parts: readonly Sort[]): string[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(parsed) && parsed.length === 2 && parsed[0] === sort) {
      const values: unknown = JSON.parse(String((parsed as unknown[])[1]))
      if (Array.isArray(values) && values.length === parts.length && values.every(fits(parts))) return values
    }
  } catch {
    // answered below
  }
  throw new Problem(
    400,
    'bad-cursor',
    'This cursor does not belong to this list and sort order. Start again without one.',
    { errors: [{ pointer: 'cursor', message: 'not a cursor of this list and sort order' }] },
  )
}

function fits(parts: readonly Sort[]): (value: unknown, i: number) => value is string {
  return (value, i): value is string => {
    if (typeof value !== 'string' || value.includes('\0')) return false
    const { type } = parts[i]!
    return type === 'text' || (type === 'uuid' ? isId(value) : number.test(value))
  }
}
