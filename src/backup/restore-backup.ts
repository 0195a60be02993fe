import { pipeline } from 'node:stream/promises'
import type { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type Difference, checkCompany } from '../check.ts'
import { migrate, openDatabase, ownerClient } from '../database/index.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type OnProgress, sumTable } from './make-backup.ts'
import type { Manifest, TableSum } from './manifest.ts'
import { migrateToLevel, refuseUnknownMigrations } from './migration-level.ts'
import type { Backup } from './read-backup.ts'
import { refuseFilled, refuseRows } from './refuse-filled.ts'
import { type Table, listTables, prepareSession } from './tables.ts'

export interface Restored {
  readonly rows: number
  readonly tables: number
  readonly companies: number
  readonly takenAt: string
  /** Migrations of this program that came after those of the backup. */
  readonly migrated: readonly string[]
  /** What `zapas check` finds in the restored companies: differences that were there when it was made. */
  readonly differences: readonly (Difference & { readonly company: string })[]
}

/**
 * Brings the rows of a backup into an empty database: its schema as it was, the rows in one transaction that
 * is committed when every table counts and sums up as in the backup, then the later migrations, then the
 * check of every company.
 */
export async function restoreBackup(
  ownerUrl: string,
  where: string,
  backup: Backup,
  programVersion: string,
  onProgress: OnProgress = () => {},
): Promise<Restored> {
  const { manifest } = backup
  await refuseUnknownMigrations(manifest, programVersion)
  const client = await ownerClient(ownerUrl)
  let sums: readonly TableSum[]
  try {
    await prepareSession(client)
    await refuseFilled(client, manifest, where)
    await migrateToLevel(ownerUrl, manifest)
    sums = await load(client, where, backup, onProgress)
    // Without statistics every plan that follows is a guess.
    await client.query('analyze')
  } finally {
    await client.end()
  }
  const migrated = await migrate(ownerUrl)
  return {
    rows: sums.reduce((total, sum) => total + sum.rows, 0),
    tables: sums.length,
    companies: manifest.companies.length,
    takenAt: manifest.takenAt,
    migrated: migrated.map((migration) => migration.name),
    differences: await checkCompanies(ownerUrl, manifest, onProgress),
  }
}

async function load(
  client: Client,
  where: string,
  backup: Backup,
  onProgress: OnProgress,
): Promise<readonly TableSum[]> {
  await client.query('begin')
  try {
    const tables = inOrder(await listTables(client), backup.manifest)
    // Whoever starts a server on it now waits, and finds it filled.
    await client.query(
      `lock table ${tables.map((table) => table.identifier).join(', ')} in access exclusive mode`,
    )
    await refuseRows(client, tables, where)
    for (const table of tables) await copyIn(client, table, backup, onProgress)
    const sums = backup.sums()
    for (const { name, lastValue } of sums.sequences)
      await client.query('select setval($1::regclass, $2::bigint)', [name, lastValue])
    await compare(client, tables, sums.tables, onProgress)
    await client.query('commit')
    return sums.tables
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

/** The tables of the database as the manifest has them. Equal migrations make equal tables; if not, say so. */
function inOrder(tables: readonly Table[], manifest: Manifest): Table[] {
  const extra = tables.find(({ name }) => !manifest.tables.some((each) => each.name === name))
  if (extra) throw unlike(`a table ${extra.name} that the backup lacks`)
  return manifest.tables.map(({ name, columns }) => {
    const table = tables.find((each) => each.name === name)
    if (!table) throw unlike(`no table ${name}`)
    if (table.columns.join() !== columns.join())
      throw unlike(`other columns in ${name}: ${table.columns.join(', ')} instead of ${columns.join(', ')}`)
    return table
  })
}

function unlike(how: string): Error {
  return new Error(
    `The schema of the backup is not that of its migrations: they make ${how}. Nothing was restored. ` +
      'Somebody changed the schema of the database that the backup was made of by hand.',
  )
}

async function copyIn(client: Client, table: Table, backup: Backup, onProgress: OnProgress): Promise<void> {
  const rows = async function* (): AsyncGenerator<Buffer> {
    for await (const part of backup.rowsOf(table.name)) {
      onProgress(backup.position, backup.bytes, table.name)
      yield part
    }
  }
  try {
    await pipeline(rows, client.query(copyFrom(table.copyIn)))
  } catch (error) {
    throw new Error(
      `The rows of ${table.name} could not be brought back: ${(error as Error).message}. Nothing was restored.`,
      { cause: error },
    )
  }
}

async function compare(
  client: Client,
  tables: readonly Table[],
  sums: readonly TableSum[],
  onProgress: OnProgress,
): Promise<void> {
  for (const [done, table] of tables.entries()) {
    onProgress(done, tables.length, `comparing ${table.name}`)
    const restored = await sumTable(client, table)
    const expected = sums.find((sum) => sum.name === table.name)
    if (restored.rows === expected?.rows && restored.sha256 === expected.sha256) continue
    throw new Error(
      `${table.name} came back with ${restored.rows} rows and checksum ${restored.sha256.slice(0, 12)}…, ` +
        `and was backed up with ${expected?.rows} and ${expected?.sha256.slice(0, 12)}…. Nothing was restored. ` +
        'Take another backup, and report this with both versions of Zapas and PostgreSQL.',
    )
  }
}

async function checkCompanies(
  ownerUrl: string,
  { companies }: Manifest,
  onProgress: OnProgress,
): Promise<Restored['differences']> {
  const db = openDatabase(ownerUrl, { max: 1, statementTimeoutMs: 0, applicationName: 'zapas restore' })
  try {
    const found: (Difference & { company: string })[] = []
    for (const [done, { id, slug }] of companies.entries()) {
      onProgress(done, companies.length, `checking ${slug}`)
      const differences = await inTransaction(db, { companyId: id }, (tx) => checkCompany(tx, id), {
        readOnly: true,
      })
      found.push(...differences.map((difference) => ({ company: slug, ...difference })))
    }
    return found
  } finally {
    await db.end()
  }
}
