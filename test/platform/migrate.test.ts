import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { migrate, openDatabase, ownerClient, pendingMigrations } from '../../src/database/index.ts'
import { query } from './processes.ts'

const server = inject('postgres')
let folder: string
let name: string
let url: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zapas-migrations-'))
  name = `migrations_${randomBytes(6).toString('hex')}`
  url = address(server.ownerUrl, name)
  await asAdmin('postgres', `create database ${name} owner ${new URL(url).username}`)
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await asAdmin('postgres', `drop database ${name} with (force)`)
})

function address(of: string, database: string, user?: string): string {
  const made = new URL(of)
  made.pathname = `/${database}`
  if (user !== undefined) made.username = made.password = user
  return made.href
}

function asAdmin(database: string, text: string): Promise<Record<string, unknown>[]> {
  return query(address(server.adminUrl, database), text)
}

function write(file: string, sql: string): void {
  writeFileSync(join(folder, file), sql)
}

describe('migrations', () => {
  it('run once, in order, also when two programs start at once', async () => {
    write('0001_first.sql', 'create table things (id int)')
    write('0002_second.sql', 'alter table things add column name text')
    const ran = await Promise.all([migrate(url, { folder }), migrate(url, { folder })])
    expect(ran.map((each) => each.length).toSorted((a, b) => a - b)).toEqual([0, 2])
    expect(await migrate(url, { folder })).toEqual([])
    expect(await query(url, 'select number, name from migrations order by number')).toEqual([
      { number: 1, name: '0001_first.sql' },
      { number: 2, name: '0002_second.sql' },
    ])
  })

  it('change nothing when one fails, and say where', async () => {
    write('0001_first.sql', 'create table things (id int);\n\nselect nonsense;\n')
    await expect(migrate(url, { folder })).rejects.toThrow(
      /0001_first\.sql failed and changed nothing: .*nonsense.*\(line 3\)/,
    )
    expect(await query(url, `select to_regclass('things') as found`)).toEqual([{ found: null }])
    expect(await pendingMigrations(url, folder)).toHaveLength(1)
  })

  it('are refused when one was changed after it ran', async () => {
    write('0001_first.sql', 'create table things (id int)')
    await migrate(url, { folder })
    write('0001_first.sql', 'create table things (id bigint)')
    await expect(migrate(url, { folder })).rejects.toThrow(/0001_first\.sql was changed after it ran/)
  })

  it('are refused when one is missing, late, or the database is newer', async () => {
    write('0001_first.sql', 'create table things (id int)')
    write('0003_third.sql', 'create table more (id int)')
    await migrate(url, { folder })
    write('0002_second.sql', 'select 1')
    await expect(migrate(url, { folder })).rejects.toThrow(/0002_second\.sql comes before 0003_third\.sql/)
    rmSync(join(folder, '0002_second.sql'))
    rmSync(join(folder, '0003_third.sql'))
    await expect(migrate(url, { folder })).rejects.toThrow(/newer than this program.*0003_third\.sql/)
    write('0004_fourth.sql', 'select 1')
    await expect(migrate(url, { folder })).rejects.toThrow(/0003_third\.sql .* is missing/)
  })

  it('tell an administrator what to run when the role may not set up Zapas', async () => {
    const role = `weak_${name}`
    await asAdmin(name, `create role ${role} login password '${role}'`)
    write('0001_first.sql', 'select 1')
    const message = await migrate(address(url, name, role), { folder }).then(
      () => 'nothing was missing',
      (error: unknown) => (error as Error).message,
    )
    await asAdmin(name, `drop role ${role}`)
    expect(message).toContain('create role zapas_app nologin')
    expect(message).toContain(`grant zapas_app to "${role}"`)
    expect(message).toContain('grant create on schema public')
    expect(message).toContain(`grant create on database "${name}"`)
  })
})

describe('connections', () => {
  it('act as the application role, with limits on time', async () => {
    const db = openDatabase(`${url}?options=-c%20work_mem%3D9MB`)
    try {
      const { rows } = await db.query(
        `select current_user as role, current_setting('work_mem') as own, current_setting('TimeZone') as zone,
                current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
                current_setting('idle_in_transaction_session_timeout') as idle`,
      )
      expect(rows).toEqual([
        { role: 'zapas_app', own: '9MB', zone: 'UTC', statement: '30s', lock: '10s', idle: '1min' },
      ])
    } finally {
      await db.end()
    }
  })

  it('say where they do not get in', async () => {
    await expect(ownerClient(address(url, 'nowhere'))).rejects.toThrow(
      /cannot connect to the database nowhere at 127\.0\.0\.1:\d+: database "nowhere" does not exist/,
    )
  })

  it('name what an address looks like when it is none', () => {
    expect(() => openDatabase('localhost')).toThrow(/postgres:\/\/user:password@host/)
  })
})
