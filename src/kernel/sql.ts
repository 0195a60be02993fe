import pg from 'pg'
import { Sql as SqlClass, type Sql } from 'sql-template-tag'
import { type Decimal, decimal } from './decimal.ts'

export { default as sql, join, raw, empty, type Sql } from 'sql-template-tag'

/**
 * SQL is kept as SQL. A statement names the columns it answers and their types; the declaration decodes
 * the rows, types them, and is compared with what PostgreSQL says of the same text
 * (`test/statements.test.ts`), so that it cannot drift from the schema.
 */

declare const jsonType: unique symbol
type Json<T> = 'json' & { readonly [jsonType]?: T }
/** A json column that holds T. */
export function json<T>(): Json<T> {
  return 'json'
}

interface Decoded {
  uuid: string
  text: string
  bool: boolean
  int: number
  bigint: number
  numeric: Decimal
  date: string
  timestamptz: Date
  'text[]': string[]
  'uuid[]': string[]
}
type Plain = keyof Decoded
type Column = Plain | `${Plain}?` | 'json' | Json<unknown>
/** Column name in camelCase to its type; `?` marks what may be null. In the order of the select list. */
export type Columns = Record<string, Column>

type Value<C> = C extends { readonly [jsonType]?: infer T }
  ? T
  : C extends `${infer P extends Plain}?`
    ? Decoded[P] | null
    : C extends Plain
      ? Decoded[C]
      : unknown
export type Row<C extends Columns> = { -readonly [K in keyof C]: Value<C[K]> }

export interface Statement<P, R> {
  /** Null for text that is assembled at run time: a prepared name would fill the plan cache. */
  readonly name: string | null
  readonly columns: Columns
  readonly build: (params: P) => Sql
  /** A row from the text that PostgreSQL sends. */
  readonly decode: (fields: readonly (string | null)[]) => R
}

/** Every named statement, for the test that describes them on the migrated database. */
export const statements: Statement<never, unknown>[] = []

const { getTypeParser, builtins } = pg.types
/** In pg_type; the driver's list has no arrays. */
const typeIdOfTextArray = 1009
const textArray = (getTypeParser as (id: number) => (text: string) => unknown)(typeIdOfTextArray)

/** What is not here stays text; so do calendar dates, which a Date would move with the time zone (R14). */
const decoders: Partial<Record<string, (text: string) => unknown>> = {
  bool: (text) => text === 't',
  int: Number,
  bigint: Number,
  numeric: decimal,
  timestamptz: getTypeParser(builtins.TIMESTAMPTZ),
  json: (text) => JSON.parse(text),
  'text[]': textArray,
  'uuid[]': textArray,
}

function decoder<C extends Columns>(columns: C): (fields: readonly (string | null)[]) => Row<C> {
  const plan = Object.entries(columns).map(([key, type]) => [key, decoders[type.replace('?', '')]] as const)
  return (fields) => {
    const row: Record<string, unknown> = {}
    for (let i = 0; i < plan.length; i++) {
      const [key, convert] = plan[i]!
      const text = fields[i]
      row[key] = text == null || convert === undefined ? text : convert(text)
    }
    return row as Row<C>
  }
}

/**
 * Declares a statement whose text never changes; it is prepared once per connection under its name.
 * `build` must give the same text for every parameter.
 */
export function statement<P, C extends Columns>(
  name: string,
  columns: C,
  build: (params: P) => Sql,
): Statement<P, Row<C>> {
  const made: Statement<P, Row<C>> = { name, columns, build, decode: decoder(columns) }
  statements.push(made as Statement<never, unknown>)
  return made
}

/** A statement whose text is put together at run time (a filtered list). Not prepared. */
export function dynamic<C extends Columns>(columns: C, text: Sql): Statement<void, Row<C>> {
  return { name: null, columns, build: () => text, decode: decoder(columns) }
}

const snakeCache = new Map<string, string>()
export function snake(name: string): string {
  let known = snakeCache.get(name)
  if (known === undefined) {
    known = name.replace(/[A-Z]/g, (c) => '_' + c.toLowerCase())
    snakeCache.set(name, known)
  }
  return known
}

function snakeKeys(row: object): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(row)) out[snake(key)] = value
  return out
}

/**
 * Rows as one json parameter for `json_populate_recordset(null::table, …)`: any number of rows in one
 * statement with one text. Decimals travel as strings, so nothing becomes a float.
 */
export function rowsParameter(rows: readonly object[]): string {
  return JSON.stringify(rows.map(snakeKeys))
}

/**
 * Declares the insert of any number of rows into `table`; columns not named take their defaults.
 * @param returned what of the rows comes back, computed columns included
 */
export function insertInto<const K extends readonly string[], C extends Columns = {}>(
  table: string,
  columns: K,
  returned?: C,
): Statement<{ rows: readonly Record<K[number], unknown>[] }, Row<C>> {
  const names = (of: readonly string[]): string => of.map((c) => `"${snake(c)}"`).join(', ')
  const list = names(columns)
  const text = [
    `insert into ${table} (${list}) select ${list} from json_populate_recordset(null::${table}, `,
    `::json)${returned ? ` returning ${names(Object.keys(returned))}` : ''}`,
  ]
  return statement(
    `insert_${table}`,
    (returned ?? {}) as C,
    ({ rows }: { rows: readonly Record<K[number], unknown>[] }) => rawParts(text, [rowsParameter(rows)]),
  )
}

/** Table and column names cannot be parameters; only literals of this code base come here. */
function rawParts(parts: string[], values: unknown[]): Sql {
  return new SqlClass(parts, values)
}
