import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { setClock } from '../../src/kernel/clock.ts'
import { type Installation, owner, startInstallation } from './installation.ts'

let app: Installation
let cookie: string
beforeAll(async () => {
  app = await startInstallation()
  cookie = await app.signIn(owner.email, owner.password)
})
afterEach(() => setClock(null))
afterAll(() => app.close())

const make = (body: object) => app.call('POST', '/api-keys', { cookie, body })

describe('an API key', () => {
  it('is shown once, opens its company, and ends at once when it is revoked', async () => {
    const made = await make({ name: 'Web shop', role: 'sales' })
    expect(made.status, made.text).toBe(201)
    const key = made.json.key
    expect(key).toMatch(/^zapas_[0-9a-f]{12}_[0-9a-f]{48}$/)
    const me = await app.call('GET', '/me', { key })
    expect(me.json).toMatchObject({ type: 'key', name: 'Web shop', email: null, role: 'sales' })
    expect(me.json.companies).toHaveLength(1)
    expect((await app.call('GET', '/users', { key })).status).toBe(403)

    const read = await app.call('GET', `/api-keys/${made.json.id}`, { cookie })
    expect(read.json).toMatchObject({
      name: 'Web shop',
      valid: true,
      revokedAt: null,
      createdByName: 'owner',
    })
    expect(read.json.lastUsedAt).not.toBe(null)
    expect(read.text).not.toContain(key)

    expect((await app.call('DELETE', `/api-keys/${made.json.id}`, { cookie })).status).toBe(204)
    const after = await app.call('GET', '/me', { key })
    expect([after.status, after.json.code]).toEqual([401, 'not-signed-in'])
    expect((await app.call('DELETE', `/api-keys/${made.json.id}`, { cookie })).status).toBe(204)
    expect((await app.call('GET', `/api-keys/${made.json.id}`, { cookie })).json.valid).toBe(false)
  })

  it('is not kept: neither in its table nor in the audit trail', async () => {
    const made = await make({ name: 'Secret', role: 'viewer' })
    const secret = made.json.key.split('_')[2]!
    for (const table of ['api_keys', 'events']) {
      const rows = await app.ownerDb.query(`select t::text as row from ${table} t`)
      expect(rows.rows.map((row) => row.row as string).join('\n')).not.toContain(secret)
    }
    const trail = await app.call('GET', `/audit?objectId=${made.json.id}`, { cookie })
    expect(trail.json.items).toHaveLength(1)
    expect(trail.json.items[0]).toMatchObject({
      type: 'api-key.created',
      actor: { type: 'user', name: 'owner' },
      after: { name: 'Secret', role: 'viewer' },
    })
    expect(trail.text).not.toMatch(/hash/)
  })

  it('with a wrong secret, made up or mangled is none, and a cookie beside it does not help', async () => {
    const key = (await make({ name: 'Right', role: 'viewer' })).json.key
    const wrong = key.replace(/.$/, (c) => (c === '0' ? '1' : '0'))
    for (const bad of [wrong, `${key}0`, 'zapas_0123456789ab_', 'nonsense']) {
      expect((await app.call('GET', '/me', { key: bad })).status).toBe(401)
      expect((await app.call('GET', '/me', { key: bad, cookie })).status).toBe(401)
    }
    expect((await app.call('GET', '/me', { headers: { authorization: `Basic ${key}` } })).status).toBe(401)
    expect((await app.call('GET', '/me', { key })).status).toBe(200)
  })

  it('expires', async () => {
    const past = await make({ name: 'Late', role: 'viewer', expiresAt: '2020-01-01T00:00:00Z' })
    expect([past.status, past.json.code]).toEqual([422, 'expired-already'])
    const soon = new Date(Date.now() + 3_600_000)
    const { key } = (await make({ name: 'Soon', role: 'viewer', expiresAt: soon.toISOString() })).json
    setClock(new Date(soon.getTime() + 1))
    expect((await app.call('GET', '/me', { key })).status).toBe(401)
    setClock(null)
    await new Promise((resolve) => setTimeout(resolve, 2050))
    expect((await app.call('GET', '/me', { key })).status).toBe(200)
  })

  it('does what it was limited to', async () => {
    const beyond = await make({ name: 'Beyond', role: 'viewer', permissions: ['invoice:post'] })
    expect([beyond.status, beyond.json.code]).toEqual([422, 'permission-beyond-role'])
    const { key } = (await make({ name: 'Taxes', role: 'viewer', permissions: ['taxes:read'] })).json
    expect((await app.call('GET', '/me', { key })).json.permissions).toEqual(['taxes:read'])
    expect((await app.call('GET', '/taxes', { key })).status).toBe(200)
    const refused = await app.call('GET', '/currencies', { key })
    expect([refused.status, refused.json.detail]).toEqual([
      403,
      'This key is limited: it does not have the permission currencies:read, though its role (viewer) does. Make another key that has it.',
    ])
  })

  it('makes no key that does more than itself', async () => {
    const { key } = (
      await make({
        name: 'Maker',
        role: 'owner',
        permissions: ['api-keys:write', 'api-keys:read', 'taxes:read'],
      })
    ).json
    const more = await app.call('POST', '/api-keys', { key, body: { name: 'More', role: 'viewer' } })
    expect([more.status, more.json.code]).toEqual([403, 'forbidden'])
    const same = await app.call('POST', '/api-keys', {
      key,
      body: { name: 'Less', role: 'viewer', permissions: ['taxes:read'] },
    })
    expect(same.status).toBe(201)
  })

  it('is one of a list, newest first, by validity', async () => {
    const all = await app.call('GET', '/api-keys?limit=3', { cookie })
    expect(all.json.items.map((key) => key.name)).toEqual(['Less', 'Maker', 'Taxes'])
    expect(all.json.nextCursor).not.toBe(null)
    const revoked = await app.call('GET', '/api-keys?valid=false', { cookie })
    expect(revoked.json.items.map((key) => key.name)).toEqual(['Web shop'])
  })
})
