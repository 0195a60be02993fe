import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { inject } from 'vitest'
import { migrate, openDatabase, ownerPool } from '../../src/database/index.ts'
import type { Database } from '../../src/kernel/transaction.ts'

/** Addresses of the test server, with any database in them. */
export interface TestServer {
  /** Of the superuser. */
  readonly adminUrl: string
  /** Of the role that owns the schema. */
  readonly ownerUrl: string
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

/** A database of its own for a test file, in some 50 ms. */
export async function copyDatabase(): Promise<TestDatabase> {
  const server = inject('postgres')
  const name = `zapas_${randomBytes(6).toString('hex')}`
  await asAdmin(server, (client) =>
    client.query(`create database ${name} template ${template} owner ${ownerOf(server)}`),
  )
  const ownerUrl = named(server.ownerUrl, name)
  const db = openDatabase(ownerUrl, { max: 12 })
  const ownerDb = ownerPool(ownerUrl, { max: 4 })
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

/** Drops a database, giving connections that were just ended a moment to be gone. */
async function dropDatabase(client: Client, name: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await client.query(`drop database ${name}`)
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
