import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cookieOf, type Installation, owner, startInstallation } from './installation.ts'

let app: Installation
beforeAll(async () => {
  app = await startInstallation()
})
afterAll(() => app.close())

describe('signing in', () => {
  it('works as the acceptance does it: e-mail and password, and the cookie opens the API', async () => {
    const cookie = await app.signIn(owner.email, owner.password)
    const me = await app.call('GET', '/me', { cookie })
    expect(me.status, me.text).toBe(200)
    expect(me.json).toMatchObject({
      type: 'user',
      email: owner.email,
      role: 'owner',
      partyId: null,
      mustChangePassword: false,
      company: { slug: 'my-company', currency: 'USD', minorDigits: 2 },
      companies: [{ slug: 'my-company', role: 'owner', demo: false }],
    })
    expect(me.json.permissions).toContain('users:write')
  })

  it('takes the address whatever its case', async () => {
    expect(await app.signIn('Owner@Example.COM', owner.password)).not.toBe('')
  })

  it('refuses a wrong password and an unknown address alike', async () => {
    const wrong = await app.auth('/sign-in/email', { email: owner.email, password: 'not-the-password' })
    const unknown = await app.auth('/sign-in/email', {
      email: 'nobody@example.com',
      password: 'not-the-password',
    })
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(await wrong.json()).toEqual(await unknown.json())
    expect([...wrong.headers.getSetCookie(), ...unknown.headers.getSetCookie()]).toEqual([])
  })

  it('gives a cookie that scripts and other sites cannot use', async () => {
    const response = await app.auth('/sign-in/email', owner)
    const [cookie] = response.headers.getSetCookie()
    expect(cookie).toMatch(/^better-auth\.session_token=/)
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    expect(cookie).toMatch(/Path=\//i)
    expect(cookie).not.toMatch(/Secure/i)
  })

  it('gives a new session every time, so that none can be fixed before', async () => {
    const first = await app.signIn(owner.email, owner.password)
    const response = await app.auth('/sign-in/email', owner, { cookie: first })
    expect(response.status).toBe(200)
    expect(cookieOf(response)).not.toBe(first)
  })

  it('never becomes a session that somebody else chose', async () => {
    const planted = 'better-auth.session_token=planted-by-somebody.c2lnbmF0dXJl'
    const response = await app.auth('/sign-in/email', owner, { cookie: planted })
    expect(cookieOf(response)).not.toContain('planted')
    expect((await app.call('GET', '/me', { cookie: planted })).status).toBe(401)
    const both = `${planted}; ${cookieOf(response)}`
    expect((await app.call('GET', '/me', { cookie: both })).status).toBe(401)
  })

  it('ends with signing out, at once', async () => {
    const cookie = await app.signIn(owner.email, owner.password)
    expect((await app.call('GET', '/me', { cookie })).status).toBe(200)
    expect((await app.auth('/sign-out', {}, { cookie })).status).toBe(200)
    expect((await app.call('GET', '/me', { cookie })).status).toBe(401)
  })

  it('is closed to strangers: nobody registers, nobody signs in from another site', async () => {
    const up = await app.auth('/sign-up/email', {
      email: 'stranger@example.com',
      password: 'a-long-password',
      name: 'S',
    })
    expect(up.status).toBeGreaterThanOrEqual(400)
    const cookie = await app.signIn(owner.email, owner.password)
    const foreign = await app.auth('/sign-in/email', owner, { origin: 'https://evil.example', cookie })
    expect(foreign.status).toBe(403)
  })

  it('does not believe a cookie that was changed', async () => {
    const cookie = await app.signIn(owner.email, owner.password)
    const changed = cookie.replace(/=(.)/, (_, c: string) => `=${c === 'a' ? 'b' : 'a'}`)
    expect((await app.call('GET', '/me', { cookie: changed })).status).toBe(401)
  })

  it('answers 401 without any, and with a cookie of somebody else’s site', async () => {
    expect((await app.call('GET', '/me')).status).toBe(401)
    expect((await app.call('GET', '/me', { cookie: 'theme=dark' })).status).toBe(401)
  })

  it('takes a second factor', async () => {
    const cookie = await app.signIn(owner.email, owner.password)
    const enabled = await app.auth('/two-factor/enable', { password: owner.password }, { cookie })
    expect(enabled.status, await enabled.clone().text()).toBe(200)
    expect(await enabled.json()).toMatchObject({ totpURI: expect.stringMatching(/^otpauth:\/\/totp\/Zapas/) })
  })
})

describe('secure cookies', () => {
  it('are set when the installation has an https address', async () => {
    const secure = await startInstallation({ auth: { baseUrl: 'https://stock.example.com' } })
    try {
      const response = await secure.auth('/sign-in/email', owner, { origin: 'https://stock.example.com' })
      expect(response.status).toBe(200)
      const [cookie] = response.headers.getSetCookie()
      expect(cookie).toMatch(/^__Host-better-auth\.session_token=.*Secure/)
      const me = await secure.call('GET', '/me', { cookie: cookieOf(response) })
      expect(me.status).toBe(200)
    } finally {
      await secure.close()
    }
  })
})

describe('wrong passwords', () => {
  it('are counted per account and forgotten with a success', async () => {
    const limited = await startInstallation({
      auth: { signInLimits: { perAccountAndAddress: 3, perAccount: 100, minutes: 15 } },
    })
    try {
      const attempt = async (password: string): Promise<number> =>
        (await limited.auth('/sign-in/email', { email: owner.email, password })).status
      expect(await attempt('wrong-password-1')).toBe(401)
      expect(await attempt('wrong-password-2')).toBe(401)
      expect(await attempt(owner.password)).toBe(200)
      const many = await Promise.all([1, 2, 3, 4, 5].map((n) => attempt(`wrong-password-${n}`)))
      expect(many.toSorted((a, b) => a - b)).toEqual([401, 401, 401, 429, 429])
      expect(await attempt(owner.password)).toBe(429)
      const other = await limited.auth('/sign-in/email', {
        email: 'other@example.com',
        password: 'wrong-password',
      })
      expect(other.status).toBe(401)
    } finally {
      await limited.close()
    }
  })
})
