import { randomBytes } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { Client, Pool } from 'pg'
import { inject } from 'vitest'
import type { Database } from '../../src/kernel/transaction.ts'

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
export async function makeTemplate(serverUrl: string): Promise<void> {
  await asOwner(`${serverUrl}/postgres`, (client) => client.query(`create database ${template}`))
  await asOwner(`${serverUrl}/${template}`, async (client) => {
    const folder = new URL('../../migrations/', import.meta.url)
    for (const file of (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()) {
      try {
        await client.query(await readFile(new URL(file, folder), 'utf8'))
      } catch (error) {
        throw new Error(`migration ${file} fails: ${String(error)}`, { cause: error })
      }
    }
  })
}

/** A database of its own for a test file, in some 50 ms. */
export async function copyDatabase(): Promise<TestDatabase> {
  const serverUrl = inject('postgresUrl')
  const name = `zapas_${randomBytes(6).toString('hex')}`
  await asOwner(`${serverUrl}/postgres`, (client) =>
    client.query(`create database ${name} template ${template}`),
  )
  const ownerUrl = `${serverUrl}/${name}`
  const db = new Pool({ connectionString: ownerUrl, options: '-c role=zapas_app', pipeline: true, max: 12 })
  const ownerDb = new Pool({ connectionString: ownerUrl, pipeline: true, max: 4 })
  return {
    db,
    ownerDb,
    ownerUrl,
    async drop() {
      await Promise.all([db.end(), ownerDb.end()])
      await asOwner(`${serverUrl}/postgres`, (client) => dropDatabase(client, name))
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
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

async function asOwner(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = await connected(url)
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

/** Connects; a server that is just coming up gets some seconds. */
async function connected(url: string): Promise<Client> {
  for (let tries = 1; ; tries++) {
    const client = new Client({ connectionString: url })
    try {
      await client.connect()
      return client
    } catch (error) {
      if (tries >= 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
