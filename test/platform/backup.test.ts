import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createZstdCompress } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { makeBackup, sumTable } from '../../src/backup/make-backup.ts'
import { parseSums } from '../../src/backup/manifest.ts'
import { Backup } from '../../src/backup/read-backup.ts'
import { type Restored, restoreBackup } from '../../src/backup/restore-backup.ts'
import { sealed } from '../../src/backup/seal.ts'
import { listTables, prepareSession } from '../../src/backup/tables.ts'
import { tarEnd, tarEntry } from '../../src/backup/tar.ts'
import { migrate, ownerClient } from '../../src/database/index.ts'
import { makeBusy } from '../support/busy-company.ts'
import { type Trade, openTrade } from '../support/trade.ts'
import { Workshop, query, root } from './processes.ts'

const workshop = new Workshop()
const folder = workshop.folder()
const version = '0.1.0'
const server = inject('postgres')
const emptied: string[] = []
let trade: Trade
/** Of the busy company, made while others went on writing. */
let file: string

beforeAll(async () => {
  trade = await openTrade()
  await makeBusy(trade)
  file = join(folder, 'busy.tar.zst')
}, 120_000)
afterEach(() => workshop.endAll())
afterAll(async () => {
  for (const name of emptied)
    await query(named('postgres', server.adminUrl), `drop database ${name} with (force)`)
  await trade.close()
  await workshop.clear()
})

function named(database: string, url = server.ownerUrl): string {
  const made = new URL(url)
  made.pathname = `/${database}`
  return made.href
}

async function emptyDatabase(): Promise<string> {
  const name = `restored_${randomBytes(6).toString('hex')}`
  await query(
    named('postgres', server.adminUrl),
    `create database ${name} owner ${new URL(server.ownerUrl).username}`,
  )
  emptied.push(name)
  return named(name)
}

async function restore(from: string, url: string): Promise<Restored> {
  const backup = await Backup.open(from)
  try {
    return await restoreBackup(url, 'a test', backup, version)
  } finally {
    backup.close()
  }
}

async function sumsOf(url: string): Promise<Record<string, { rows: number; sha256: string }>> {
  const client = await ownerClient(url)
  try {
    await prepareSession(client)
    const sums: [string, { rows: number; sha256: string }][] = []
    for (const table of await listTables(client)) {
      const { name, rows, sha256 } = await sumTable(client, table)
      sums.push([name, { rows, sha256 }])
    }
    return Object.fromEntries(sums)
  } finally {
    await client.end()
  }
}

async function isUntouched(url: string): Promise<boolean> {
  const rows = await query(
    url,
    `select from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  )
  return rows.length === 0
}

/** A backup with these entries, sealed as a real one. */
async function forge(name: string, entries: Record<string, object | Buffer>): Promise<string> {
  const packed = createZstdCompress()
  for (const [path, content] of Object.entries(entries)) {
    const data = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content))
    for (const chunk of tarEntry(path, data, new Date())) packed.write(chunk)
  }
  packed.end(tarEnd)
  const chunks: Buffer[] = []
  for await (const chunk of sealed(packed as AsyncIterable<Buffer>)) chunks.push(chunk)
  const forged = join(folder, name)
  writeFileSync(forged, Buffer.concat(chunks))
  return forged
}

async function entriesOf(
  from: string,
): Promise<{ manifest: Backup['manifest']; parts: Record<string, Buffer> }> {
  const backup = await Backup.open(from)
  const parts: Record<string, Buffer> = {}
  for (const { name } of backup.manifest.tables) {
    let part = 0
    for await (const data of backup.rowsOf(name))
      parts[`tables/${name}/${String(++part).padStart(6, '0')}.copy`] = data
  }
  parts['sums.json'] = Buffer.from(JSON.stringify(backup.sums()))
  backup.close()
  return { manifest: backup.manifest, parts }
}

describe('a backup', () => {
  it('is of one moment while everybody goes on, and comes back the same', async () => {
    let going = true
    let written = 0
    const writers = Array.from({ length: 3 }, async () => {
      while (going) {
        const { id } = await trade
          .product()
          .then((productId) => trade.buy([{ productId, quantity: '5', unitPrice: '2.00' }]))
        await trade.receive({ id } as never)
        written++
      }
    })
    while (written < 3) await new Promise((resolve) => setTimeout(resolve, 20))
    const made = await makeBackup(trade.ownerUrl, file, version)
    const afterwards = written
    going = false
    await Promise.all(writers)
    expect(afterwards).toBeGreaterThanOrEqual(3)
    expect(made.rows).toBeGreaterThan(500)
    expect(statSync(file).size).toBe(made.bytes)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder).filter((name) => name.includes('.part-'))).toEqual([])

    const url = await emptyDatabase()
    const restored = await restore(file, url)
    expect(restored).toMatchObject({ rows: made.rows, companies: 1, migrated: [], differences: [] })
    const { parts } = await entriesOf(file)
    const { tables } = parseSums(parts['sums.json']!.toString(), file)
    expect(await sumsOf(url)).toEqual(Object.fromEntries(tables.map(({ name, ...sum }) => [name, sum])))
  })

  it('holds every row of a database that rests, and nothing of the queue', async () => {
    const resting = join(folder, 'resting.tar.zst')
    await makeBackup(trade.ownerUrl, resting, version)
    const url = await emptyDatabase()
    await restore(resting, url)
    expect(await sumsOf(url)).toEqual(await sumsOf(trade.ownerUrl))
    const { manifest } = await entriesOf(resting)
    expect(manifest.tables.map(({ name }) => name)).toContain('auth.user')
    expect(manifest.tables.filter(({ name }) => !/^(public|auth)\./.test(name))).toEqual([])
    expect(manifest.companies).toMatchObject([{ id: trade.company.id }])
  })

  it('overwrites nothing', async () => {
    const before = readFileSync(file)
    await expect(makeBackup(trade.ownerUrl, file, version)).rejects.toThrow(/exists already/)
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('is refused where there is no Zapas', async () => {
    const missing = join(folder, 'none.tar.zst')
    await expect(makeBackup(await emptyDatabase(), missing, version)).rejects.toThrow(/holds no Zapas/)
    expect(existsSync(missing)).toBe(false)
  })
})

describe('a restore', () => {
  it('refuses a file that was cut off, wherever', async () => {
    const whole = readFileSync(file)
    for (const length of [whole.length - 1, whole.length - 40, whole.length >> 1, 41, 40, 4, 0]) {
      const cut = join(folder, 'cut.tar.zst')
      writeFileSync(cut, whole.subarray(0, length))
      await expect(Backup.open(cut), `cut to ${length}`).rejects.toThrow(/is not whole|not a backup/)
    }
  })

  it('refuses a file with one other byte, wherever', async () => {
    const whole = readFileSync(file)
    const altered = join(folder, 'altered.tar.zst')
    for (let i = 0; i < 40; i++) {
      const position = Math.floor((whole.length - 1) * (i / 39))
      const bytes = Buffer.from(whole)
      bytes[position]! ^= 1
      writeFileSync(altered, bytes)
      await expect(Backup.open(altered), `byte ${position}`).rejects.toThrow(
        /checksum differs|is not whole|not a backup/,
      )
    }
    copyFileSync(file, altered)
    writeFileSync(altered, 'more', { flag: 'a' })
    await expect(Backup.open(altered)).rejects.toThrow(/is not whole/)
  })

  it('refuses what is no backup, and a file that is not there', async () => {
    await expect(Backup.open(join(root, 'package.json'))).rejects.toThrow(/not a backup of Zapas/)
    await expect(Backup.open(join(folder, 'nowhere'))).rejects.toThrow(/cannot be read/)
    await expect(Backup.open(await forge('other', { 'manifest.json': { format: 'else' } }))).rejects.toThrow(
      /not a backup of Zapas/,
    )
  })

  it('refuses another format, naming the version that reads it', async () => {
    const forged = await forge('format', {
      'manifest.json': { format: 'zapas-backup', formatVersion: 9, programVersion: '7.0.0' },
    })
    await expect(Backup.open(forged)).rejects.toThrow(/format 9, made by Zapas 7\.0\.0.*reads format 1/)
  })

  it('refuses a backup of a later program, or of other migrations, and touches nothing', async () => {
    const { manifest, parts } = await entriesOf(file)
    const later = { number: 9000, name: '9000_later.sql', sha256: '0'.repeat(64) }
    const ofLater = await forge('later', {
      'manifest.json': { ...manifest, migrations: [...manifest.migrations, later] },
      ...parts,
    })
    const url = await emptyDatabase()
    await expect(restore(ofLater, url)).rejects.toThrow(/after migration 9000_later\.sql, which this Zapas/)
    const [first, ...rest] = manifest.migrations
    const ofOther = await forge('changed', {
      'manifest.json': { ...manifest, migrations: [{ ...first, sha256: later.sha256 }, ...rest] },
      ...parts,
    })
    await expect(restore(ofOther, url)).rejects.toThrow(/0001_foundation\.sql.*checksum differs/)
    expect(await isUntouched(url)).toBe(true)
  })

  it('refuses a database with rows, and says where to restore instead', async () => {
    const before = await sumsOf(trade.ownerUrl)
    await expect(restore(file, trade.ownerUrl)).rejects.toThrow(/is not empty .*ZAPAS_DATA=/)
    expect(await sumsOf(trade.ownerUrl)).toEqual(before)
    const foreign = await emptyDatabase()
    await query(foreign, 'create table theirs (id int)')
    await expect(restore(file, foreign)).rejects.toThrow(/public\.theirs/)
  })

  it('keeps no row when one does not add up, and may then be repeated', async () => {
    const { manifest, parts } = await entriesOf(file)
    const name = Object.keys(parts).find((path) => path.startsWith('tables/public.companies/'))!
    const renamed = Buffer.from(parts[name]!.toString().replace('\ten\t', '\tfr\t'))
    expect(renamed.equals(parts[name]!)).toBe(false)
    const forged = await forge('sums', { 'manifest.json': manifest, ...parts, [name]: renamed })
    const url = await emptyDatabase()
    await expect(restore(forged, url)).rejects.toThrow(/public\.companies came back with 1 rows and checksum/)
    expect(await query(url, 'select from companies')).toEqual([])
    expect(await restore(file, url)).toMatchObject({ differences: [] })
  })

  it('keeps the constraints in force', async () => {
    const { manifest, parts } = await entriesOf(file)
    const kept = Object.entries(parts).filter(([path]) => !path.startsWith('tables/public.parties/'))
    const forged = await forge('orphans', { 'manifest.json': manifest, ...Object.fromEntries(kept) })
    await expect(restore(forged, await emptyDatabase())).rejects.toThrow(
      /could not be brought back: .*foreign key/,
    )
  })

  it('of an older level migrates on afterwards, and a backup needs no newer one', async () => {
    const names = readdirSync(join(root, 'migrations'))
      .filter((name) => name.endsWith('.sql'))
      .sort()
    const last = names.pop()!
    const older = workshop.folder()
    for (const name of names) copyFileSync(join(root, 'migrations', name), join(older, name))
    const url = await emptyDatabase()
    await migrate(url, { folder: older })
    await query(
      url,
      `insert into companies (company_id, slug, name, currency, time_zone, created_at)
         values ('0190a000-0000-7000-8000-000000000001', 'old', 'Old\tone\n', 'USD', 'UTC', '2026-01-02 03:04:05.678901Z')`,
    )
    const saved = join(folder, 'older.tar.zst')
    await makeBackup(url, saved, version)
    const other = await emptyDatabase()
    expect(await restore(saved, other)).toMatchObject({ rows: 1, migrated: [last], differences: [] })
    expect(await query(other, 'select slug, name from companies')).toEqual([
      { slug: 'old', name: 'Old\tone\n' },
    ])
  })

  it('says so when the schema is not the one that the migrations make', async () => {
    const { manifest, parts } = await entriesOf(file)
    const forged = await forge('schema', { 'manifest.json': { ...manifest, tables: [] }, ...parts })
    await expect(restore(forged, await emptyDatabase())).rejects.toThrow(/schema of the backup is not that/)
  })
})

describe('the commands', () => {
  const settings = (data: string): NodeJS.ProcessEnv => ({
    ZAPAS_DATA: data,
    DATABASE_URL: '',
    ZAPAS_OWNER_EMAIL: 'owner@example.com',
    ZAPAS_OWNER_PASSWORD: 'correct-horse-battery-1',
    ZAPAS_LOG_LEVEL: 'info',
    HOST: '127.0.0.1',
    PORT: '0',
  })
  const zapas = (data: string, ...args: string[]) =>
    workshop.run(process.execPath, [join(root, 'bin/zapas.mjs'), ...args], { env: settings(data) })

  it(
    'back up beside a running server, verify, and restore into another data folder',
    { timeout: 240_000 },
    async () => {
      const [data, other] = [workshop.folder(), workshop.folder()]
      const running = zapas(data, 'serve')
      await running.says(/Zapas \S+ is at/)
      const saved = join(folder, 'commands.tar.zst')
      const backup = zapas(data, 'backup', saved, '--verify', '--json')
      expect([await backup.ended, backup.output]).toEqual([0, expect.any(String)])
      expect(JSON.parse(backup.output)).toMatchObject({
        file: saved,
        companies: 1,
        verified: true,
        differences: [],
      })

      const intoRunning = zapas(data, 'restore', saved)
      expect(await intoRunning.ended).toBe(1)
      expect(intoRunning.output).toContain('Stop that one first')
      await running.stop()
      const intoFilled = zapas(data, 'restore', saved, '--json')
      expect(await intoFilled.ended).toBe(1)
      expect(JSON.parse(intoFilled.output)).toMatchObject({ error: expect.stringContaining('is not empty') })

      const nothing = join(folder, 'nothing.tar.zst')
      const tooEarly = zapas(other, 'backup', nothing)
      await tooEarly.ended
      expect(tooEarly.output).toContain('holds no Zapas yet')
      expect(readdirSync(folder).filter((name) => name.startsWith('nothing'))).toEqual([])

      const restored = zapas(other, 'restore', saved)
      expect([await restored.ended, restored.output]).toEqual([
        0,
        expect.stringContaining('came back the same'),
      ])
      const users = zapas(other, 'user', 'list', '--json')
      await users.ended
      expect(JSON.parse(users.output)).toMatchObject([{ email: 'owner@example.com' }])
    },
  )
})
