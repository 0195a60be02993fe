import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asSystem, createUser } from '../../src/identity/index.ts'
import { type Installation, owner, startInstallation } from './installation.ts'

let app: Installation
beforeAll(async () => {
  app = await startInstallation()
})
afterAll(() => app.close())

/** Moves the only session into the past. */
async function age(created: string, expires: string): Promise<void> {
  // The database keeps the creation of a session as it is; here somebody who owns it turns the clock.
  await app.ownerDb.query('alter table auth.session disable trigger session_latest_end')
  await app.ownerDb.query(
    `update auth.session set "createdAt" = now() - $1::interval, "updatedAt" = now() - $1::interval, "expiresAt" = now() + $2::interval`,
    [created, expires],
  )
  await app.ownerDb.query('alter table auth.session enable trigger session_latest_end')
}

async function remaining(): Promise<number> {
  const { rows } = await app.ownerDb.query<{ days: number }>(
    `select extract(epoch from "expiresAt" - now())::float / 86400 as days from auth.session`,
  )
  return rows[0]!.days
}

function session(cookie: string): Promise<unknown> {
  return fetch(`${app.base}/api/auth/get-session`, { headers: { cookie } }).then((answer) => answer.json())
}

describe('a session', () => {
  it('goes on with use, but not beyond 30 days from the sign-in', async () => {
    const cookie = await app.signIn(owner.email, owner.password)
    await age('10 days', '4 days')
    expect(await session(cookie)).not.toBeNull()
    expect(await remaining()).toBeCloseTo(14, 1)
    await age('25 days', '4 days')
    expect(await session(cookie)).not.toBeNull()
    expect(await remaining()).toBeCloseTo(5, 1)
    await age('31 days', '-1 days')
    expect(await session(cookie)).toBeNull()
    expect((await app.call('GET', '/me', { cookie })).status).toBe(401)
  })
})

describe('a one-time password', () => {
  const email = 'late@example.com'
  it('that nobody used in 72 hours opens nothing', async () => {
    const { oneTimePassword } = await asSystem(app.db, null, 'test', (tx, ctx) =>
      createUser(tx, ctx, { email, name: 'Late Person', role: 'viewer' }),
    )
    const { rows } = await app.ownerDb.query<{ hours: number }>(
      `select extract(epoch from "oneTimePasswordUntil" - now())::float / 3600 as hours from auth."user" where email = $1`,
      [email],
    )
    expect(rows[0]!.hours).toBeCloseTo(72, 0)
    await app.ownerDb.query(
      `update auth."user" set "oneTimePasswordUntil" = now() - interval '1 second' where email = $1`,
      [email],
    )
    const late = await app.auth('/sign-in/email', { email, password: oneTimePassword! })
    expect(late.status).toBe(401)
    expect(await late.json()).toMatchObject({ code: 'ONE_TIME_PASSWORD_ENDED' })
    expect(late.headers.getSetCookie()).toEqual([])
    // Who does not know it is not told that there was one.
    const wrong = await app.auth('/sign-in/email', { email, password: 'not-the-password' })
    expect(await wrong.json()).not.toMatchObject({ code: 'ONE_TIME_PASSWORD_ENDED' })
  })

  it('is replaced by another, and has no end once it was replaced', async () => {
    const cookie = await app.signIn(owner.email, owner.password)
    const { items } = (await app.call('GET', `/users?email=${email}`, { cookie })).json
    const given = await app.call('POST', `/users/${items[0]!.id}/one-time-password`, { cookie, body: {} })
    const first = await app.signIn(email, given.json.oneTimePassword)
    const change = { currentPassword: given.json.oneTimePassword, newPassword: 'seven-green-elephants-1' }
    expect((await app.auth('/change-password', change, { cookie: first })).status).toBe(200)
    const { rows } = await app.ownerDb.query(
      `select "mustChangePassword", "oneTimePasswordUntil" from auth."user" where email = $1`,
      [email],
    )
    expect(rows).toEqual([{ mustChangePassword: false, oneTimePasswordUntil: null }])
  })
})
