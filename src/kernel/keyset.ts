import { isCalendarDate } from './dates.ts'
import { Problem } from './problem.ts'
import { isId } from './ids.ts'
import { type Sql, empty, raw, sql } from './sql.ts'

/** A field that a list can be sorted by: its column and the PostgreSQL type a cursor is cast back to. */
export interface Sort {
  readonly column: Sql
  readonly type: 'text' | 'date' | 'numeric' | 'timestamptz' | 'uuid' | 'integer'
  /**
   * The column is never null. Order and place are then plain columns, which an index can serve: behind
   * row-level security neither `coalesce` nor `is null` may look at rows before the policy has.
   */
  readonly notNull?: true
}

export interface ListQuery {
  readonly sort?: string | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
  /** Only these rows: ids with commas between, where the list takes them. */
  readonly ids?: string | undefined
}

/**
 * Keyset paging: a page starts behind the last row of the one before, by the sort field and the id, so
 * that the thousandth page costs what the first does and no row is shown twice.
 */
export class Keyset {
  /** `and (field, id) > (…)` behind the first page, `and id = any(…)` where only some rows are wanted, or nothing. */
  readonly after: Sql
  /** `order by …` */
  readonly order: Sql
  /** One row more than the page, which tells whether there is a next one. */
  readonly limit: Sql
  /** Select this last, as `cursorKey: 'text?'`. */
  readonly key: Sql
  readonly #size: number
  readonly #sort: string

  /**
   * @param id the id column, which breaks ties.
   * @param fallback the sort when none is asked for, `-` in front for descending.
   * @throws 400 for an unknown sort field or a cursor that is not one of ours.
   */
  constructor(query: ListQuery, sorts: Readonly<Record<string, Sort>>, id: Sql, fallback: string) {
    this.#size = query.limit ?? 50
    this.#sort = query.sort ?? fallback
    const descending = this.#sort.startsWith('-')
    const name = descending ? this.#sort.slice(1) : this.#sort
    const sort = Object.hasOwn(sorts, name) ? sorts[name] : undefined
    if (!sort) {
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
    const direction = raw(descending ? 'desc' : 'asc')
    const value = sql`coalesce(${sort.column}::text, '')`
    this.key = sql`${value} as cursor_key`
    const nullable = sort.notNull !== true
    // Rows without a date or a figure stand at the end, whichever way the others are sorted.
    const emptyIsNull = nullable && sort.type !== 'text'
    const comparable = nullable && sort.type === 'text' ? sql`coalesce(${sort.column}, '')` : sort.column
    // An equal-only tie-break column would repeat itself when the list is sorted by the id.
    const byId = name === 'id'
    this.order = byId
      ? sql`order by ${id} ${direction}`
      : sql`order by ${comparable} ${direction} ${raw(emptyIsNull ? 'nulls last' : '')}, ${id} ${direction}`
    this.limit = sql`limit ${this.#size + 1}`
    const among = query.ids === undefined ? empty : sql`and ${id} = any(${query.ids.split(',')}::uuid[])`
    this.after = among
    if (query.cursor !== undefined) {
      const [key, lastId] = decode(query.cursor, this.#sort, sort)
      const compare = raw(descending ? '<' : '>')
      if (byId) this.after = sql`${among} and ${id} ${compare} ${lastId}::uuid`
      else if (emptyIsNull && key === '') {
        this.after = sql`${among} and ${sort.column} is null and ${id} ${compare} ${lastId}::uuid`
      } else {
        const typed = sql`${key}::${raw(sort.type)}`
        const beyond = sql`(${comparable}, ${id}) ${compare} (${typed}, ${lastId}::uuid)`
        this.after = emptyIsNull
          ? sql`${among} and (${beyond} or ${sort.column} is null)`
          : sql`${among} and ${beyond}`
      }
    }
  }

  /** Cuts the extra row off and makes the cursor of the next page. */
  page<R extends { id: string; cursorKey: string | null }>(
    rows: R[],
  ): { items: Omit<R, 'cursorKey'>[]; nextCursor: string | null } {
    const more = rows.length > this.#size
    const shown = more ? rows.slice(0, this.#size) : rows
    const last = shown.at(-1)
    return {
      items: shown.map(({ cursorKey: _, ...item }) => item),
      nextCursor:
        more && last
          ? Buffer.from(JSON.stringify([this.#sort, last.cursorKey ?? '', last.id])).toString('base64url')
          : null,
    }
  }
}

/** What the key of a cursor looks like; a forged one must not reach the database. */
const keyPatterns: Readonly<Record<Sort['type'], RegExp>> = {
  text: /^[^\0]*$/,
  date: /^(\d{4}-\d{2}-\d{2})?$/,
  numeric: /^(-?\d{1,30}(\.\d{1,30})?)?$/,
  integer: /^(-?\d{1,9})?$/,
  uuid: /^[0-9a-f-]{36}$/i,
  timestamptz: /^(\d{4}-\d{2}-\d{2} [\d:.]{8,15}[+-]\d{2}(:\d{2})?)?$/,
}

function isKey(key: string, { type, notNull }: Sort): boolean {
  if (!keyPatterns[type].test(key)) return false
  // An empty key is the place of rows without a value; of a text it is a value like others.
  if (key === '') return type === 'text' || notNull !== true
  const isDay = type === 'date' || type === 'timestamptz'
  return !isDay || isCalendarDate(key.slice(0, 10))
}

/** @throws 400 for what is no cursor of this list and sort order. */
function decode(cursor: string, sort: string, by: Sort): [key: string, id: string] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(parsed) && parsed.length === 3) {
      const [madeFor, key, id] = parsed as unknown[]
      if (madeFor === sort && typeof key === 'string' && typeof id === 'string' && isId(id) && isKey(key, by))
        return [key, id]
    }
  } catch {
    // answered below
  }
  throw badCursor()
}

export function badCursor(): Problem {
  return new Problem(
    400,
    'bad-cursor',
    'This cursor does not belong to this list and sort order. Start again without one.',
    {
      errors: [{ pointer: 'cursor', message: 'not a cursor of this list and sort order' }],
    },
  )
}
