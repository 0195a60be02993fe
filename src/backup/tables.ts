import type { ClientBase } from 'pg'

/** A table whose rows belong to the installation, as the catalogue of its database describes it. */
export interface Table {
  /** Schema and name, as the manifest calls it. */
  readonly name: string
  /** Without generated ones: the database computes those itself when rows come in. */
  readonly columns: readonly string[]
  /** `COPY … TO STDOUT` in the canonical order. */
  readonly copyOut: string
  readonly copyIn: string
  /** Quoted, for other statements. */
  readonly identifier: string
  /** Size on disk, for a progress bar. */
  readonly bytes: number
}

/**
 * The schemas whose rows are kept. The queue of the background worker (`graphile_worker`) is not among them:
 * its tables belong to that library, which makes them itself, and what it does is begun anew by the clock.
 */
const schemas = `array['public', 'auth']`

/** Left out: written by the migrations themselves, and named in the manifest with more. */
const migrationsTable = 'public.migrations'

interface Found {
  readonly oid: number
  readonly name: string
  readonly identifier: string
  readonly columns: string[]
  readonly quoted: string[]
  readonly order: string[] | null
  readonly bytes: string
}

/**
 * All tables of ours, those that others refer to first, so that rows can come in with every foreign key
 * in force. Read from the catalogue: a table of a later migration is in the backup without being named here.
 */
export async function listTables(client: ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Found>(
    `select c.oid::int as oid, concat(n.nspname, '.', c.relname) as name, format('%I.%I', n.nspname, c.relname) as identifier,
            pg_table_size(c.oid) as bytes, cols.columns, cols.quoted,
            -- One order on every machine, whatever its collation.
            (select array_agg(format(case when a.attcollation = 0 then '%I' else '%I collate "C"' end, a.attname) order by k.position)
               from pg_index i, unnest(i.indkey) with ordinality k(attnum, position)
               join pg_attribute a on a.attnum = k.attnum
              where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid) as "order"
       from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       cross join lateral (
         select array_agg(a.attname::text order by a.attnum) as columns, array_agg(format('%I', a.attname) order by a.attnum) as quoted
           from pg_attribute a
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') cols
      where n.nspname = any (${schemas}) and c.relkind in ('r', 'p') and not c.relispartition
        and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
      order by 2`,
  )
  const references = await client.query<{ from: number; to: number }>(
    `select conrelid::int as "from", confrelid::int as "to" from pg_constraint where contype = 'f' and conrelid <> confrelid`,
  )
  const kept = rows.filter((found) => found.name !== migrationsTable)
  return sortByReferences(kept, references.rows).map(describe)
}

function describe({ name, identifier, columns, quoted, order, bytes }: Found): Table {
  const list = quoted.join(', ')
  const ordered = order === null ? `t::text collate "C"` : order.map((column) => `t.${column}`).join(', ')
  const selected = quoted.map((column) => `t.${column}`).join(', ')
  return {
    name,
    columns,
    identifier,
    bytes: Number(bytes),
    copyOut: `copy (select ${selected} from ${identifier} t order by ${ordered}) to stdout`,
    copyIn: `copy ${identifier} (${list}) from stdin`,
  }
}

function sortByReferences(
  tables: readonly Found[],
  references: readonly { from: number; to: number }[],
): Found[] {
  const sorted: Found[] = []
  let waiting = [...tables]
  while (waiting.length > 0) {
    const open = new Set(waiting.map((table) => table.oid))
    const ready = waiting.filter(
      (table) => !references.some(({ from, to }) => from === table.oid && open.has(to)),
    )
    if (ready.length === 0) {
      throw new Error(
        `The tables ${waiting.map((table) => table.name).join(', ')} refer to each other in a circle, so there is no order ` +
          'in which a backup could bring them back. Make one of their foreign keys deferrable in a migration and teach the restore about it.',
      )
    }
    sorted.push(...ready)
    const done = new Set(ready)
    waiting = waiting.filter((table) => !done.has(table))
  }
  return sorted
}

/** So that values become the same text on every server, in both directions; and no limit of a database or role ends long work. */
export async function prepareSession(client: ClientBase): Promise<void> {
  await client.query(
    `set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set bytea_output = 'hex'; set extra_float_digits = 3;
     set timezone = 'UTC'; set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0`,
  )
  // A role that row-level security binds would see, and save, only a part: then every read fails instead.
  await client.query('set row_security = off')
}
