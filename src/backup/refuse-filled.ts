import type { ClientBase } from 'pg'
import type { Manifest } from './manifest.ts'
import { type Table, listTables } from './tables.ts'

/**
 * A restore goes into an empty database alone: it never destroys anything, and never mixes two installations.
 * Tables without rows are fine, as a restore that failed half-way leaves them.
 */
export async function refuseFilled(client: ClientBase, manifest: Manifest, where: string): Promise<void> {
  const found = await client.query<{ migrated: boolean }>(
    `select to_regclass('public.migrations') is not null as migrated`,
  )
  const tables = await listTables(client)
  if (!found.rows[0]!.migrated) {
    if (tables.length === 0) return
    throw filled(where, `it has tables of another program, ${tables[0]!.name} for one`)
  }
  await refuseRows(client, tables, where)
  const last = manifest.migrations.at(-1)!
  const later = await client.query<{ name: string }>(
    'select name from public.migrations where number > $1 order by number limit 1',
    [last.number],
  )
  if (later.rows[0]) {
    throw filled(
      where,
      `it has run migration ${later.rows[0].name}, and the backup ends at ${last.name}; migrations only go forward`,
    )
  }
}

export async function refuseRows(client: ClientBase, tables: readonly Table[], where: string): Promise<void> {
  for (const { name, identifier } of tables) {
    const { rows } = await client.query<{ any: boolean }>(`select exists (select from ${identifier}) as any`)
    if (rows[0]!.any) throw filled(where, `${name} has rows`)
  }
}

function filled(where: string, why: string): Error {
  return new Error(
    `The database in ${where} is not empty (${why}). A restore goes into an empty one only, so that it destroys nothing. ` +
      'Choose a new data folder: ZAPAS_DATA=./restored zapas restore <file>, or a new database by DATABASE_URL.',
  )
}
