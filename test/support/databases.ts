import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { inject } from 'vitest'
import { migrate, openDatabase, ownerPool } from '../../src/database/index.ts'
import type { Database } from '../../src/kernel/transaction.ts'
import { connectTimeoutMs } from './patience.ts'

/** Addresses of the test server, with any database in them. */
export interface TestServer {
  /** Of the superuser. */
  readonly adminUrl: string
  /** Of the role that owns the schema. */
  readonly ownerUrl: string
  /** Of the role that the server logs in as. */
  readonly appUrl: string
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestServer
  }
}

const template = 'zapas_template'

export interface TestDatabase {
  /** As the application sees it: row-level security binds. */
  readonly db: Database
  /** As the owner sees it: everything. */
  readonly ownerDb: Database
  readonly ownerUrl: string
  drop(): Promise<void>
}

/** The migrated database that test files copy. */
export async function makeTemplate(server: TestServer): Promise<void> {
  await asAdmin(server, (client) => client.query(`create database ${template} owner ${ownerOf(server)}`))
  await migrate(named(server.ownerUrl, template))
}

/**
 * Makes a database that tests copy further, once in a run: whoever comes first fills it, others wait.
 * @param name what it is called; give it to `copyDatabase`.
 */
export async function makeTemplateOnce(
  name: string,
  fill: (database: { db: Database; ownerUrl: string }) => Promise<unknown>,
): Promise<void> {
  const server = inject('postgres')
  await asAdmin(server, async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [name])
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount === 1) return
    // Under another name until it is whole.
    const making = `${name}_making`
    await client.query(`drop database if exists ${making}`)
    await client.query(`create database ${making} template ${template} owner ${ownerOf(server)}`)
    const ownerUrl = named(server.ownerUrl, making)
    const db = openDatabase(ownerUrl, { max: 4 })
    try {
      await fill({ db, ownerUrl })
    } finally {
      await db.end()
    }
    await renameDatabase(client, making, name)
  })
}

async function renameDatabase(client: Client, from: string, to: string): Promise<void> {
  await onceUnused(() => client.query(`alter database ${from} rename to ${to}`))
}

/** A database of its own for a test file, in some 50 ms: of the migrated one, or of another template. */
export async function copyDatabase(from = template): Promise<TestDatabase> {
  const server = inject('postgres')
  const name = `zapas_${randomBytes(6).toString('hex')}`
  await asAdmin(server, (client) =>
    client.query(`create database ${name} template ${from} owner ${ownerOf(server)}`),
  )
  const ownerUrl = named(server.ownerUrl, name)
  const db = openDatabase(named(server.appUrl, name), { max: 12, connectTimeoutMs })
  const ownerDb = ownerPool(ownerUrl, { max: 4, connectTimeoutMs })
  return {
    db,
    ownerDb,
    ownerUrl,
    async drop() {
      for (const each of [db, ownerDb]) if (!each.ended) await each.end()
      await asAdmin(server, (client) => dropDatabase(client, name))
    },
  }
}

async function dropDatabase(client: Client, name: string): Promise<void> {
  await onceUnused(() => client.query(`drop database ${name}`))
}

/** Gives connections that were just ended a moment to be gone. */
async function onceUnused(run: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await run()
      return
    } catch (error) {
      if ((error as { code?: string }).code !== '55006' || tries >= 100) throw error
      await pause(20)
    }
  }
}

async function asAdmin(server: TestServer, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: named(server.adminUrl, 'postgres') })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

function ownerOf(server: TestServer): string {
  return new URL(server.ownerUrl).username
}

function named(url: string, database: string): string {
  const made = new URL(url)
  made.pathname = `/${database}`
  return made.href
}
