import { createHash } from 'node:crypto'
import { type Readable, pipeline } from 'node:stream'
import { constants, createZstdCompress } from 'node:zlib'
import type { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { ownerClient } from '../database/index.ts'
import { type Manifest, type ManifestMigration, type Sums, type TableSum, formatVersion } from './manifest.ts'
import { sealed } from './seal.ts'
import { type Table, listTables, prepareSession } from './tables.ts'
import { tarEnd, tarEntry } from './tar.ts'
import { refuseExisting, writeFileWhole } from './write-file.ts'

/** Called now and then with how far it is, in bytes. */
export type OnProgress = (done: number, total: number, what: string) => void

export interface BackupMade {
  readonly bytes: number
  readonly rows: number
  readonly tables: number
  readonly companies: number
  readonly takenAt: string
}

/** Rows travel in parts of about this size: little to hold, and few entries. */
const partSize = 1 << 20
/** That of `migrate`. */
const migrateLock = '0x5a415041, 10'

/**
 * Writes all rows, as of one moment, into one file, while everybody goes on working. Only reads, so it works
 * on any migration level, also on that of a program of before.
 */
export async function makeBackup(
  ownerUrl: string,
  file: string,
  programVersion: string,
  onProgress: OnProgress = () => {},
): Promise<BackupMade> {
  refuseExisting(file)
  const client = await ownerClient(ownerUrl)
  try {
    await prepareSession(client)
    const tables = await openSnapshot(client)
    const manifest = await describe(client, tables, programVersion)
    const sums: TableSum[] = []
    const packed = pipeline(
      archive(client, manifest, tables, sums, onProgress),
      createZstdCompress({
        params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 },
      }),
      () => {}, // whoever reads gets the error
    )
    const bytes = await writeFileWhole(file, sealed(packed as AsyncIterable<Buffer>))
    const rows = sums.reduce((total, sum) => total + sum.rows, 0)
    return {
      bytes,
      rows,
      tables: tables.length,
      companies: manifest.companies.length,
      takenAt: manifest.takenAt,
    }
  } finally {
    await client.end()
  }
}

/**
 * From here on the connection sees everything as it is now. The tables are locked against changes of their
 * shape alone, and between migrations: otherwise rows of now could meet columns of later.
 */
async function openSnapshot(client: Client): Promise<Table[]> {
  await client.query(`select pg_advisory_lock_shared(${migrateLock})`)
  const { rows } = await client.query<{ found: boolean }>(
    `select to_regclass('public.migrations') is not null as found`,
  )
  if (!rows[0]!.found)
    throw new Error(
      'This database holds no Zapas yet: there is nothing to back up. Check ZAPAS_DATA or DATABASE_URL.',
    )
  await client.query('begin isolation level repeatable read, read only')
  const tables = await listTables(client)
  await client.query(
    `lock table public.migrations, ${tables.map((table) => table.identifier).join(', ')} in access share mode`,
  )
  await client.query(`select pg_advisory_unlock_shared(${migrateLock})`)
  return tables
}

async function describe(client: Client, tables: readonly Table[], programVersion: string): Promise<Manifest> {
  const migrations = await client.query<ManifestMigration>(
    'select number, name, sha256 from public.migrations order by number',
  )
  const companies = await client.query<Manifest['companies'][number]>(
    'select company_id as id, slug, name from public.companies order by created_at, company_id',
  )
  const facts = await client.query<{ at: Date; version: string }>(
    `select transaction_timestamp() as at, current_setting('server_version') as version`,
  )
  return {
    format: 'zapas-backup',
    formatVersion,
    programVersion,
    postgresVersion: facts.rows[0]!.version,
    takenAt: facts.rows[0]!.at.toISOString(),
    migrations: migrations.rows,
    companies: companies.rows,
    tables: tables.map(({ name, columns }) => ({ name, columns })),
  }
}

async function* archive(
  client: Client,
  manifest: Manifest,
  tables: readonly Table[],
  sums: TableSum[],
  onProgress: OnProgress,
): AsyncGenerator<Buffer> {
  const modified = new Date(manifest.takenAt)
  const total = tables.reduce((sum, table) => sum + table.bytes, 0)
  let done = 0
  yield* tarEntry('manifest.json', json(manifest), modified)
  for (const table of tables) {
    onProgress(done, total, table.name)
    let part = 0
    let read = 0
    const rows = copyOut(client, table, sums)
    for await (const data of inParts(rows)) {
      read += data.length
      onProgress(done + Math.min(read, table.bytes), total, table.name)
      yield* tarEntry(`tables/${table.name}/${String(++part).padStart(6, '0')}.copy`, data, modified)
    }
    done += table.bytes
  }
  const sequences = await client.query<Sums['sequences'][number]>(
    `select format('%I.%I', schemaname, sequencename) as name, last_value::text as "lastValue"
       from pg_sequences where schemaname in ('public', 'auth') and last_value is not null order by 1`,
  )
  yield* tarEntry('sums.json', json({ tables: sums, sequences: sequences.rows } satisfies Sums), modified)
  yield tarEnd
}

function json(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
}

/** The rows of a table, counted and summed up on the way. */
async function* copyOut(client: Client, table: Table, sums: TableSum[]): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  let rows = 0
  for await (const chunk of client.query(copyTo(table.copyOut)) as Readable as AsyncIterable<Buffer>) {
    hash.update(chunk)
    rows += lineEnds(chunk)
    yield chunk
  }
  sums.push({ name: table.name, rows, sha256: hash.digest('hex') })
}

/** Each row ends a line, and a line end within a value is escaped. What PostgreSQL counts comes after the last row. */
function lineEnds(chunk: Buffer): number {
  let count = 0
  for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) count++
  return count
}

/** Count and checksum of the rows that the connection sees in a table. */
export async function sumTable(client: Client, table: Table): Promise<TableSum> {
  const sums: TableSum[] = []
  for await (const _ of copyOut(client, table, sums)) continue
  return sums[0]!
}

async function* inParts(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = []
  let length = 0
  for await (const chunk of source) {
    parts.push(chunk)
    length += chunk.length
    if (length < partSize) continue
    yield Buffer.concat(parts, length)
    parts = []
    length = 0
  }
  if (length > 0) yield Buffer.concat(parts, length)
}
