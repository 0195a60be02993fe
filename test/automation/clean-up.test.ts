import { afterAll, beforeAll, expect, it } from 'vitest'
import { cleanUp } from '../../src/automation/index.ts'
import { keptDays } from '../../src/http/idempotency.ts'
import { asSystem, createUser } from '../../src/identity/index.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

async function count(from: string): Promise<number> {
  const { rows } = await app.ownerDb.query<{ count: number }>(`select count(*)::int as count from ${from}`)
  return rows[0]!.count
}

it('deletes the answers of every company that are too old to be asked for again', async () => {
  const other = await app.newCompany()
  for (const as of [app.owner, other]) {
    await app.api('POST', '/parties', { name: 'Old', roles: ['customer'] }, { as })
    await app.ownerDb.query(`update idempotency_keys set created_at = created_at - $1::interval`, [
      `${keptDays} days 1 minute`,
    ])
    await app.api('POST', '/parties', { name: 'New', roles: ['customer'] }, { as })
  }
  await app.ownerDb.query(`update idempotency_keys set created_at = now() where response like '%"New"%'`)
  expect(await count('idempotency_keys')).toBe(4)
  await cleanUp(app.db)
  expect(await count('idempotency_keys')).toBe(2)
  expect(await count(`idempotency_keys where response like '%"New"%'`)).toBe(2)
})

it('deletes sessions that have ended, and the password of whoever did not use it in time', async () => {
  const ended = await app.sessionAs('viewer')
  await app.ownerDb.query(`update auth.session set "expiresAt" = now() - interval '1 second'`)
  const live = await app.sessionAs('viewer')
  const make = (email: string): Promise<unknown> =>
    asSystem(app.db, app.company.id, 'test', (tx, ctx) =>
      createUser(tx, ctx, { email, name: 'New Person', role: 'viewer' }),
    )
  await Promise.all([make('late@example.com'), make('early@example.com')])
  await app.ownerDb.query(
    `update auth."user" set "oneTimePasswordUntil" = now() - interval '1 second' where email = 'late@example.com'`,
  )
  await app.ownerDb.query(
    `insert into auth.verification (identifier, value, "expiresAt") values ('ended', '', now() - interval '1 second'), ('live', '', now() + interval '1 day')`,
  )
  await app.ownerDb.query(
    `insert into auth.failed_sign_ins values ('ended', 3, now() - interval '25 hours'), ('live', 3, now())`,
  )
  await cleanUp(app.db)
  expect(await count('auth.session')).toBe(1)
  expect((await app.send('GET', '/me', undefined, { as: live })).status).toBe(200)
  expect((await app.send('GET', '/me', undefined, { as: ended })).status).toBe(401)
  const { rows } = await app.ownerDb.query(
    `select u.email from auth."user" u join auth.account a on a."userId" = u.id where a.password is null`,
  )
  expect(rows).toEqual([{ email: 'late@example.com' }])
  expect(await count(`auth.verification where identifier in ('ended', 'live')`)).toBe(1)
  expect(await count(`auth.failed_sign_ins where key in ('ended', 'live')`)).toBe(1)
})
