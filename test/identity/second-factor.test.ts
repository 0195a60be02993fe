import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cookieOf, type Installation, owner, startInstallation } from './installation.ts'

let app: Installation
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
    const second = await app.auth('/two-factor/verify-totp', { code: codeOf(totpURI) }, { cookie: half })
    expect(second.status, await second.clone().text()).toBe(200)
    const me = await app.call('GET', '/me', { cookie: cookieOf(second) })
    expect(me.json).toMatchObject({ email: owner.email, twoFactorEnabled: true })
  })

  it('is kept encrypted', async () => {
    const { rows } = await app.ownerDb.query('select secret from auth."twoFactor"')
    expect(rows).toHaveLength(1)
    expect(rows[0].secret).toMatch(/^[0-9a-f]{64,}$/)
  })
})

/** The present code of an authenticator app (RFC 6238). */
function codeOf(uri: string): string {
  const secret = fromBase32(new URL(uri).searchParams.get('secret')!)
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const digest = createHmac('sha1', secret).update(counter).digest()
  const offset = digest.at(-1)! & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

function fromBase32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = Array.from(text.replaceAll('=', ''))
    .map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0'))
    .join('')
  const bytes = bits.match(/.{8}/g) ?? []
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)))
}
