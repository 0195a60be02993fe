import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../kernel/transaction.ts'
import { type ConnectOptions, openDatabase, refuseOwner } from './connect.ts'
import { type Embedded, startEmbedded } from './embedded.ts'
import { type MigrateOptions, type Migration, migrate, pendingMigrations } from './migrate.ts'

export { openDatabase, ownerClient, ownerPool } from './connect.ts'
export { type Embedded, startEmbedded } from './embedded.ts'
export { type Migration, migrate, pendingMigrations, readMigrations } from './migrate.ts'
export { installationSecret, shortSecret } from './secret.ts'

export interface InstallationOptions {
  /** Where the PostgreSQL that comes with Zapas keeps its data. */
  readonly dataDir: string
  /** A database of one's own in place of that. */
  readonly databaseUrl?: string | undefined
  /** What the server logs in as there (see docs/database.md); by default the role of `databaseUrl`. */
  readonly databaseAppUrl?: string | undefined
  /** True brings the schema up to date; false refuses to work on an older one. */
  readonly migrate: boolean
  /** Of `zapas serve`: no second one on the same data folder. */
  readonly serving?: boolean
  readonly connections?: ConnectOptions
  readonly onMigration?: MigrateOptions['onMigration']
  readonly notice?: (text: string) => void
  readonly lost?: (error: unknown) => void
}

export interface Installation {
  /** Connections of the application role. */
  readonly db: Database
  /** Of the role that owns the schema. */
  readonly ownerUrl: string
  /** What the connections of `db` log in as; the owner itself only where no other role was given. */
  readonly appUrl: string
  /** The migrations that were run on opening. */
  readonly migrated: readonly Migration[]
  /** Where the data is, in words for a person; no password. */
  readonly place: string
  /** Ends the connections and leaves the embedded server. */
  close(): Promise<void>
}

/** Opens the database of this installation, whichever it is, with the schema of this program. */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const embedded = options.databaseUrl ? null : await startEmbedded(options)
  const ownerUrl = embedded?.ownerUrl ?? options.databaseUrl!
  const appUrl = embedded?.appUrl ?? options.databaseAppUrl ?? ownerUrl
  let db: Database | null = null
  try {
    const { onMigration } = options
    const migrated = options.migrate
      ? await migrate(ownerUrl, { onMigration })
      : await refuseOldSchema(ownerUrl)
    db = openDatabase(appUrl, options.connections)
    if (appUrl !== ownerUrl) await refuseOwner(db)
    return { db, ownerUrl, appUrl, migrated, place: placeOf(options, ownerUrl), close: closing(db, embedded) }
  } catch (error) {
    await closing(db, embedded)()
    throw error
  }
}

function closing(db: Database | null, embedded: Embedded | null): () => Promise<void> {
  return async () => {
    // Whoever still holds a connection after that is cut off by the server.
    if (db) await Promise.race([db.end(), pause(5000, undefined, { ref: false })])
    await embedded?.close()
  }
}

async function refuseOldSchema(ownerUrl: string): Promise<Migration[]> {
  const pending = await pendingMigrations(ownerUrl)
  if (pending.length === 0) return []
  throw new Error(
    `This database lacks ${pending.length} of this program's migrations, from ${pending[0]!.name} on. ` +
      'Run `zapas migrate` (or start the server, which does it).',
  )
}

function placeOf(options: InstallationOptions, ownerUrl: string): string {
  if (!options.databaseUrl) return resolve(options.dataDir)
  const url = new URL(ownerUrl)
  return `${url.host}${url.pathname}`
}
