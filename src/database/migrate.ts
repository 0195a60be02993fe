import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Client } from 'pg'
import { ownerClient } from './connect.ts'

const packaged = fileURLToPath(new URL('../../migrations', import.meta.url))
/** Two programs that start at once migrate one after the other. */
const lock = '0x5a415041, 10'

export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
  readonly sha256: string
}

export interface MigrateOptions {
  readonly folder?: string
  readonly onMigration?: (migration: Migration, done: number, total: number) => void
}

/** Brings the database to this program's schema, forward only, and answers what was run. */
export async function migrate(ownerUrl: string, options: MigrateOptions = {}): Promise<Migration[]> {
  const files = await readMigrations(options.folder ?? packaged)
  const client = await ownerClient(ownerUrl)
  try {
    await client.query(`select pg_advisory_lock(${lock})`)
    const pending = await pendingOf(client, files)
    if (pending.length > 0) await checkRights(client)
    for (const [done, migration] of pending.entries()) {
      options.onMigration?.(migration, done, pending.length)
      await runOne(client, migration)
    }
    return pending
  } finally {
    await client.end()
  }
}

/** The migrations that the database lacks, without running them; the same refusals. */
export async function pendingMigrations(ownerUrl: string, folder = packaged): Promise<Migration[]> {
  const files = await readMigrations(folder)
  const client = await ownerClient(ownerUrl)
  try {
    return await pendingOf(client, files)
  } finally {
    await client.end()
  }
}

/** The migrations of a folder, this program's unless said, in their order and with the checksums that are kept of them. */
export async function readMigrations(folder = packaged): Promise<Migration[]> {
  const migrations: Migration[] = []
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()) {
    const number = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1]
    if (number === undefined)
      throw new Error(`Migration ${name} is not named like 0001_what_it_does.sql; rename it.`)
    const sql = await readFile(`${folder}/${name}`, 'utf8')
    const migration = { number: Number(number), name, sql, sha256: sha256(sql) }
    const twin = migrations.find((other) => other.number === migration.number)
    if (twin) throw new Error(`Migrations ${twin.name} and ${name} have the same number; renumber one.`)
    migrations.push(migration)
  }
  if (migrations.length === 0) throw new Error(`There are no migrations in ${folder}; install Zapas again.`)
  return migrations
}

function sha256(sql: string): string {
  // A checkout with other line ends is the same migration.
  return createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex')
}

interface Ran {
  readonly number: number
  readonly name: string
  readonly sha256: string
}

async function pendingOf(client: Client, files: readonly Migration[]): Promise<Migration[]> {
  const ran = await alreadyRan(client)
  const latest = Math.max(0, ...ran.map((row) => row.number))
  for (const row of ran) {
    const file = files.find((migration) => migration.number === row.number)
    if (!file && row.number > files.at(-1)!.number) {
      throw new Error(
        `This database is newer than this program: it has run migration ${row.name}, and the program ends at ${files.at(-1)!.name}. ` +
          'Update Zapas to the version that ran it.',
      )
    }
    if (!file)
      throw new Error(
        `Migration ${row.name} has run on this database and is missing from the program. Install Zapas again.`,
      )
    if (file.sha256 !== row.sha256) {
      throw new Error(
        `Migration ${row.name} was changed after it ran on this database, so its schema is not the one of this program. ` +
          'Bring the file back to what ran and put the change into a new migration; in development, begin with an empty database.',
      )
    }
  }
  const pending = files.filter((migration) => !ran.some((row) => row.number === migration.number))
  const late = pending.find((migration) => migration.number < latest)
  if (late) {
    throw new Error(
      `Migration ${late.name} comes before ${ran.at(-1)!.name}, which has run already; migrations only go forward. ` +
        'Give it the next number; in development, begin with an empty database.',
    )
  }
  return pending
}

async function alreadyRan(client: Client): Promise<Ran[]> {
  const { rows } = await client.query<{ found: boolean }>(
    `select to_regclass('public.migrations') is not null as found`,
  )
  if (!rows[0]!.found) return []
  return (await client.query<Ran>('select number, name, sha256 from public.migrations order by number')).rows
}

async function runOne(client: Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(
      `create table if not exists public.migrations (
         number integer primary key, name text not null, sha256 text not null, ran_at timestamptz not null)`,
    )
    await client.query(migration.sql)
    await client.query(
      'insert into public.migrations (number, name, sha256, ran_at) values ($1, $2, $3, clock_timestamp())',
      [migration.number, migration.name, migration.sha256],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw new Error(
      `Migration ${migration.name} failed and changed nothing: ${(error as Error).message}${place(error, migration)}`,
      { cause: error },
    )
  }
}

function place(error: unknown, migration: Migration): string {
  const position = Number((error as { position?: string }).position)
  return position > 0 ? ` (line ${migration.sql.slice(0, position).split('\n').length})` : ''
}

/** Asked before anything runs, so that an administrator is told all that is missing, in words to paste. */
async function checkRights(client: Client): Promise<void> {
  const { rows } = await client.query<{
    me: string
    database: string
    makesRoles: boolean
    app: boolean
    portal: boolean
    makesTables: boolean
    makesSchemas: boolean
  }>(
    `select current_user as me, current_database() as database,
            (select rolcreaterole or rolsuper from pg_roles where rolname = current_user) as "makesRoles",
            exists (select from pg_roles where rolname = 'zapas_app' and pg_has_role(oid, 'member')) as app,
            exists (select from pg_roles where rolname = 'zapas_portal' and pg_has_role(oid, 'member')) as portal,
            has_schema_privilege('public', 'create') as "makesTables",
            has_database_privilege(current_database(), 'create') as "makesSchemas"`,
  )
  const rights = rows[0]!
  const me = client.escapeIdentifier(rights.me)
  const missing: string[] = []
  if (!rights.makesRoles) {
    for (const [role, has] of [
      ['zapas_app', rights.app],
      ['zapas_portal', rights.portal],
    ] as const) {
      if (!has) missing.push(`create role ${role} nologin;  -- unless it is there`, `grant ${role} to ${me};`)
    }
  }
  if (!rights.makesTables) missing.push(`grant create on schema public to ${me};`)
  // This right also lets it install the (trusted) extension pg_trgm.
  if (!rights.makesSchemas)
    missing.push(`grant create on database ${client.escapeIdentifier(rights.database)} to ${me};`)
  if (missing.length === 0) return
  throw new Error(
    `The database user ${me} may not set up Zapas. As an administrator run, in database ${rights.database}:\n  ${missing.join('\n  ')}`,
  )
}
