import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openInstallation } from '../../src/database/index.ts'
import { makeCompany } from '../support/companies.ts'
import { type TestDatabase, copyDatabase } from '../support/databases.ts'
import { query } from './processes.ts'

let database: TestDatabase
let ledgers: string[]
const roles: string[] = []
beforeAll(async () => {
  database = await copyDatabase()
  const { rows } = await database.ownerDb.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and has_table_privilege('zapas_app', c.oid, 'insert')
        and not has_any_column_privilege('zapas_app', c.oid, 'update')`,
  )
  ledgers = rows.map((row) => row.name)
})
afterAll(async () => {
  await database.drop()
  for (const role of roles) await query(adminUrl(), `drop role ${role}`)
})

function adminUrl(): string {
  return `${inject('postgres').adminUrl}/postgres`
}

/** What somebody may try who got SQL of his own into a connection of the server. */
const tricks = [
  'reset role',
  'set role none',
  'set role zapas',
  'set role postgres',
  'set session authorization default',
  'set session authorization zapas',
  'set role zapas_portal',
]

describe('a connection of the server', () => {
  it('reaches no ledger row, whatever it says', async () => {
    expect(ledgers).toEqual(expect.arrayContaining(['events', 'stock_moves', 'settlements']))
    for (const trick of tricks) {
      for (const ledger of ledgers) {
        const tried = async (statement: string): Promise<string> => {
          const client = await database.db.connect()
          try {
            // The trick itself may be refused; what counts is what comes after it.
            await client.query(trick).catch(() => {})
            await client.query(statement)
            return 'done'
          } catch (error) {
            return (error as { code: string }).code
          } finally {
            client.release(true)
          }
        }
        for (const statement of [
          `delete from ${ledger}`,
          `update ${ledger} set company_id = company_id`,
          `truncate ${ledger}`,
          `alter table ${ledger} disable row level security`,
        ])
          expect([trick, statement, await tried(statement)]).toEqual([trick, statement, '42501'])
      }
    }
  })

  it('makes no roles, tables or functions, and without its role reads nothing', async () => {
    const client = await database.db.connect()
    try {
      for (const statement of [
        'create role mine superuser',
        'create table public.mine (id int)',
        `create function public.mine() returns int language sql as 'select 1'`,
        'grant zapas to zapas_login',
      ])
        await expect(client.query(statement)).rejects.toThrow(/permission denied/)
      await client.query('set role none')
      await expect(client.query('select from companies')).rejects.toThrow(/permission denied/)
    } finally {
      client.release(true)
    }
  })
})

describe('a database of one’s own', () => {
  async function role(more: string): Promise<URL> {
    const name = `login_${randomBytes(4).toString('hex')}`
    await query(
      adminUrl(),
      `create role ${name} login noinherit password 'of-this-test' in role zapas_app, zapas_portal${more}`,
    )
    roles.push(name)
    const url = new URL(database.ownerUrl)
    url.username = name
    url.password = 'of-this-test'
    return url
  }
  const open = (databaseAppUrl: string) =>
    openInstallation({ dataDir: '', databaseUrl: database.ownerUrl, databaseAppUrl, migrate: false })

  it('takes the address of a login of its own for the server, which works like the one that comes along', async () => {
    const url = await role('')
    const installation = await open(url.href)
    try {
      const { rows } = await installation.db.query('select session_user as login, current_user as role')
      expect(rows).toEqual([{ login: url.username, role: 'zapas_app' }])
      expect((await makeCompany({ ...database, db: installation.db })).name).toBe('Test company')
    } finally {
      await installation.close()
    }
  })

  it('refuses a login that is the owner after all', async () => {
    await expect(open((await role(', zapas')).href)).rejects.toThrow(/protects nothing/)
  })
})
