import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asSystem, createApiKey, createUser } from '../../src/identity/index.ts'
import { codeOf } from './authenticator.ts'
import { cookieOf, type Installation, owner, startInstallation } from './installation.ts'

let app: Installation
let signedIn: string
beforeAll(async () => {
  app = await startInstallation()
})
afterAll(() => app.close())

describe('a second factor', () => {
  it('is asked for at sign-in once it was proved, and opens the API only then', async () => {
    const cookie = await app.signIn(owner.email, owner.password)
    const enabled = await app.auth('/two-factor/enable', { password: owner.password }, { cookie })
    const { totpURI } = (await enabled.json()) as { totpURI: string }
    const proved = await app.auth('/two-factor/verify-totp', { code: codeOf(totpURI) }, { cookie })
    expect(proved.status, await proved.clone().text()).toBe(200)

    const first = await app.auth('/sign-in/email', owner)
    expect(await first.json()).toMatchObject({ twoFactorRedirect: true })
    const half = cookieOf(first)
    expect((await app.call('GET', '/me', { cookie: half })).status).toBe(401)
    const wrong = await app.auth('/two-factor/verify-totp', { code: '000000' }, { cookie: half })
    expect(wrong.status).toBe(401)
    const again = await app.auth('/two-factor/verify-totp', { code: codeOf(totpURI) }, { cookie: half })
    // Used to prove the app a moment ago.
    expect(await again.json()).toMatchObject({ code: 'CODE_USED' })
    const anew = cookieOf(await app.auth('/sign-in/email', owner))
    const second = await app.auth('/two-factor/verify-totp', { code: codeOf(totpURI, 1) }, { cookie: anew })
    expect(second.status, await second.clone().text()).toBe(200)
    signedIn = cookieOf(second)
    const me = await app.call('GET', '/me', { cookie: signedIn })
    expect(me.json).toMatchObject({ email: owner.email, twoFactorEnabled: true })
  })

  it('is good once, also for two at once: who looked over a shoulder comes too late', async () => {
    const asked = await app.auth(
      '/two-factor/get-totp-uri',
      { password: owner.password },
      { cookie: signedIn },
    )
    const { totpURI } = (await asked.json()) as { totpURI: string }
    // As if the last sign-in had been a while ago: a code stays good into the half minute after its own.
    await app.ownerDb.query('delete from auth.used_codes')
    const code = codeOf(totpURI)
    const use = async (): Promise<number> => {
      const half = cookieOf(await app.auth('/sign-in/email', owner))
      const answer = await app.auth('/two-factor/verify-totp', { code }, { cookie: half })
      if (answer.status === 401) expect(await answer.json()).toMatchObject({ code: 'CODE_USED' })
      return answer.status
    }
    expect(new Set(await Promise.all([use(), use()]))).toEqual(new Set([200, 401]))
    expect(await use()).toBe(401)
  })

  it('is not guessed: after ten wrong codes the account waits, for the right one too', async () => {
    const asked = await app.auth(
      '/two-factor/get-totp-uri',
      { password: owner.password },
      { cookie: signedIn },
    )
    const { totpURI } = (await asked.json()) as { totpURI: string }
    const statuses: number[] = []
    let half = ''
    for (let i = 0; i < 10; i++) {
      // A challenge takes five.
      if (i % 5 === 0) half = cookieOf(await app.auth('/sign-in/email', owner))
      statuses.push((await app.auth('/two-factor/verify-totp', { code: '000000' }, { cookie: half })).status)
    }
    expect(new Set(statuses)).toEqual(new Set([401]))
    half = cookieOf(await app.auth('/sign-in/email', owner))
    const right = await app.auth('/two-factor/verify-totp', { code: codeOf(totpURI, 1) }, { cookie: half })
    expect(right.status).toBe(429)
  })

  it('is kept encrypted', async () => {
    const { rows } = await app.ownerDb.query('select secret from auth."twoFactor"')
    expect(rows).toHaveLength(1)
    expect(rows[0].secret).toMatch(/^[0-9a-f]{64,}$/)
  })
})

describe('a company that requires a second factor', () => {
  let person: { email: string; password: string }
  let cookie: string
  beforeAll(async () => {
    person = { email: 'ewa@example.com', password: 'seven-green-elephants-1' }
    await asSystem(app.db, null, 'test', (tx, ctx) =>
      createUser(tx, ctx, { ...person, name: 'Ewa Nowak', role: 'owner' }),
    )
    cookie = await app.signIn(person.email, person.password)
    const changed = await app.call('PATCH', '/company', { cookie, body: { requireSecondFactor: true } })
    expect(changed.json['requireSecondFactor'], changed.text).toBe(true)
  })

  it('leads whoever has none to set one up and refuses everything else', async () => {
    const refused = await app.call('GET', '/users', { cookie })
    expect([refused.status, refused.json.code]).toEqual([403, 'second-factor-required'])
    expect(refused.json.detail).toContain('/api/auth/two-factor/enable')
    const write = await app.call('PATCH', '/company', { cookie, body: { requireSecondFactor: false } })
    expect([write.status, write.json.code]).toEqual([403, 'second-factor-required'])
    expect((await app.call('GET', '/me', { cookie })).json).toMatchObject({ secondFactorMissing: true })
  })

  it('does not ask it of API keys', async () => {
    const { key } = await asSystem(app.db, null, 'test', async (tx, ctx) =>
      createApiKey(tx, ctx, { name: 'a program', role: 'viewer' }),
    )
    expect((await app.call('GET', '/products', { key })).status).toBe(200)
  })

  it('opens with the proof of a code', async () => {
    const enabled = await app.auth('/two-factor/enable', { password: person.password }, { cookie })
    const { totpURI } = (await enabled.json()) as { totpURI: string }
    // Not yet: who has the secret has not shown that the app works.
    expect((await app.call('GET', '/users', { cookie })).status).toBe(403)
    const proved = await app.auth('/two-factor/verify-totp', { code: codeOf(totpURI) }, { cookie })
    expect(proved.status, await proved.clone().text()).toBe(200)
    const complete = cookieOf(proved)
    expect((await app.call('GET', '/users', { cookie: complete })).status).toBe(200)
    expect((await app.call('GET', '/me', { cookie: complete })).json).toMatchObject({
      secondFactorMissing: false,
      twoFactorEnabled: true,
    })
  })
})
