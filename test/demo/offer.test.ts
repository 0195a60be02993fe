import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../../src/app.ts'
import { asSystem, createApiKey, createUser } from '../../src/identity/index.ts'
import { type Installation, owner, startInstallation } from '../identity/installation.ts'

/** The demo as it is offered at the first start: loaded by an owner, looked at, deleted. */

let app: Installation
let cookie: string
beforeAll(async () => {
  app = await startInstallation({ routes })
  cookie = await app.signIn(owner.email, owner.password)
}, 240_000)
afterAll(() => app.close())

const password = 'another-long-password'

async function signInAs(email: string, role: string, company: string): Promise<string> {
  await asSystem(app.db, company, 'test', (tx, ctx) =>
    createUser(tx, ctx, { email, name: email, password, role }),
  )
  return app.signIn(email, password)
}

const load = (as = cookie) => app.call('POST', '/setup/demo', { cookie: as, company: undefined })

/** How many rows of each company there are in each table. */
async function rowsByCompany(): Promise<Map<string, number>> {
  const { rows: tables } = await app.ownerDb.query<{ name: string }>(
    `select attrelid::regclass::text as name from pg_attribute join pg_class on pg_class.oid = attrelid
     where attname = 'company_id' and relkind = 'r' and relnamespace = 'public'::regnamespace`,
  )
  const found = new Map<string, number>()
  for (const { name } of tables) {
    const { rows } = await app.ownerDb.query<{ company: string; count: string }>(
      `select company_id as company, count(*) from ${name} group by 1`,
    )
    for (const { company, count } of rows) found.set(`${name} ${company}`, Number(count))
  }
  return found
}

describe('the offer', () => {
  it('is for people who own a company', async () => {
    const { key } = await asSystem(app.db, 'my-company', 'test', async (tx, ctx) =>
      createApiKey(tx, ctx, { name: 'key', role: 'owner' }),
    )
    expect((await app.call('POST', '/setup/demo')).status).toBe(401)
    expect((await app.call('POST', '/setup/demo', { key })).status).toBe(403)
    const seller = await signInAs('seller@example.com', 'sales', 'my-company')
    expect((await load(seller)).status).toBe(403)
    expect((await app.call('GET', '/setup')).json.demoLoaded).toBe(false)
  })

  it('makes the demo once, of two who ask together', { timeout: 240_000 }, async () => {
    const answers = await Promise.all([load(), load()])
    const [refused, made] = answers.toSorted((a, b) => b.status - a.status)
    expect([made!.status, made!.json]).toEqual([
      201,
      { id: expect.any(String), slug: 'crimson', name: 'Crimson', demo: true, role: 'owner', made: true },
    ])
    expect([refused!.status, refused!.json.code]).toEqual([409, 'demo-loading'])
    const again = await load()
    expect([again.status, again.json.made, again.json.id]).toEqual([201, false, made!.json.id])
    expect((await app.call('GET', '/setup')).json.demoLoaded).toBe(true)
  })

  it('gives it to whoever asked, beside his own company, which stays the first', async () => {
    const { json } = await app.call('GET', '/me', { cookie })
    expect(json.company.slug).toBe('my-company')
    expect(json.companies.map(({ slug, demo, role }) => [slug, demo, role])).toEqual([
      ['my-company', false, 'owner'],
      ['crimson', true, 'owner'],
    ])
    const { key } = await asSystem(app.db, 'crimson', 'test', async (tx, ctx) =>
      createApiKey(tx, ctx, { name: 'key', role: 'viewer' }),
    )
    const byKey = await app.call('GET', '/companies', { key })
    expect(byKey.json.items).toMatchObject([{ slug: 'crimson', demo: true, role: 'viewer' }])
    expect((await app.call('GET', '/me', { key })).json.companies).toMatchObject([{ demo: true }])
    const orders = await app.call('GET', '/sales-orders/count', { cookie, company: 'crimson' })
    expect(orders.json.count).toBeGreaterThan(30)
    expect((await app.call('GET', '/sales-orders/count', { cookie })).json.count).toBe(0)
  })

  it('tells an owner of another company that it is there, and shows nothing of it', async () => {
    await app.call('POST', '/companies', { cookie, body: { name: 'Other', currency: 'EUR' } })
    const other = await signInAs('other@example.com', 'owner', 'other')
    const answer = await load(other)
    expect([answer.status, answer.json.code]).toEqual([409, 'demo-loaded'])
    expect((await app.call('DELETE', '/companies/crimson', { cookie: other })).status).toBe(404)
  })
})

describe('a demo company', () => {
  it('is one from the beginning or never', async () => {
    const real = await app.call('GET', '/company', { cookie })
    await expect(
      asSystem(app.db, 'my-company', 'test', async (tx) => {
        await tx.command('update companies set demo = true')
      }),
    ).rejects.toThrow('decided when it is made')
    await expect(
      asSystem(app.db, 'my-company', 'test', async (tx) => {
        await tx.command(`select delete_demo_company('${real.json.id}')`)
      }),
    ).rejects.toThrow('only a demo company')
  })

  it('is not deleted from another company by the application', async () => {
    const demo = await app.call('GET', '/company', { cookie, company: 'crimson' })
    await expect(
      asSystem(app.db, 'my-company', 'test', async (tx) => {
        await tx.command(`select delete_demo_company('${demo.json.id}')`)
      }),
    ).rejects.toThrow('only a demo company')
  })

  it('is deleted by its owner only, and no other company is', async () => {
    const guest = await signInAs('guest@example.com', 'accounting', 'crimson')
    const byGuest = await app.call('DELETE', '/companies/crimson', { cookie: guest })
    expect([byGuest.status, byGuest.json.detail]).toEqual([403, expect.stringContaining('owner')])
    const { key } = await asSystem(app.db, 'crimson', 'test', async (tx, ctx) =>
      createApiKey(tx, ctx, { name: 'key', role: 'owner' }),
    )
    expect((await app.call('DELETE', '/companies/crimson', { key })).status).toBe(403)
    const real = await app.call('DELETE', '/companies/my-company', { cookie })
    expect([real.status, real.json.code]).toEqual([409, 'not-a-demo'])
    expect((await app.call('DELETE', `/companies/${randomUUID()}`, { cookie })).status).toBe(404)
  })

  it('goes with everything in it, and nothing else goes', { timeout: 240_000 }, async () => {
    const { json } = await app.call('GET', '/company', { cookie, company: 'crimson' })
    const before = await rowsByCompany()
    const started = performance.now()
    const gone = await app.call('DELETE', '/companies/crimson', { cookie })
    expect([gone.status, gone.text]).toEqual([204, ''])
    expect(performance.now() - started).toBeLessThan(10_000)
    const after = await rowsByCompany()
    const kept = [...before].filter(([row]) => !row.endsWith(json.id))
    expect(kept.length).toBeLessThan(before.size)
    const [trail] = kept.filter(([row]) => row.startsWith('events ') && after.get(row) !== before.get(row))
    expect([...after]).toEqual(kept.map(([row, count]) => [row, row === trail?.[0] ? count + 1 : count]))
    const events = await app.call('GET', '/audit?type=company.deleted', { cookie })
    expect(events.json.items).toMatchObject([{ before: { slug: 'crimson', name: 'Crimson' } }])
    expect((await app.call('GET', '/company', { cookie, company: 'crimson' })).status).toBe(404)
  })

  it('comes back under another slug where a company has that name', { timeout: 240_000 }, async () => {
    await app.call('POST', '/companies', { cookie, body: { name: 'Crimson', currency: 'EUR' } })
    expect((await load()).json).toMatchObject({ slug: 'crimson-2', demo: true, made: true })
    // Its owner may stand in it.
    const path = '/companies/crimson-2'
    const gone = await app.call('DELETE', path, {
      cookie,
      company: 'crimson-2',
      headers: { 'idempotency-key': randomUUID() },
    })
    expect(gone.status).toBe(204)
    const left = [...(await rowsByCompany()).keys()].map((row) => row.split(' ')[1]!)
    const { rows } = await app.ownerDb.query<{ id: string }>('select company_id as id from companies')
    expect(new Set(left)).toEqual(new Set(rows.map(({ id }) => id)))
  })
})
