import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../src/kernel/ids.ts'
import { dynamic, sql } from '../../src/kernel/sql.ts'
import { inTransaction } from '../../src/kernel/transaction.ts'
import { type Installation, owner, startInstallation } from './installation.ts'

let app: Installation
let cookie: string
let key: string
beforeAll(async () => {
  app = await startInstallation()
  cookie = await app.signIn(owner.email, owner.password)
  key = (await app.call('POST', '/api-keys', { cookie, body: { name: 'First', role: 'owner' } })).json.key
})
afterAll(() => app.close())

describe('companies', () => {
  it('are made by an owner, complete and his', async () => {
    const made = await app.call('POST', '/companies', {
      cookie,
      body: { name: 'Żabka & Syn', currency: 'PLN' },
    })
    expect(made.status, made.text).toBe(201)
    expect(made.json).toMatchObject({ slug: 'zabka-syn', name: 'Żabka & Syn', role: 'owner' })
    const again = await app.call('POST', '/companies', {
      cookie,
      body: { name: 'Zabka Syn', currency: 'EUR' },
    })
    expect(again.json.slug).toBe('zabka-syn-2')
    const own = await app.call('GET', '/companies', { cookie })
    expect(own.json.items.map((company) => company.slug)).toEqual(['my-company', 'zabka-syn', 'zabka-syn-2'])
    const me = await app.call('GET', '/me', { cookie, company: 'zabka-syn' })
    expect(me.json).toMatchObject({ role: 'owner', company: { slug: 'zabka-syn', currency: 'PLN' } })
    const currencies = await app.call('GET', '/currencies?limit=200', { cookie, company: 'zabka-syn' })
    const digits = new Map(
      currencies.json.items.map((each) => [each.code as string, each.minorDigits as number]),
    )
    expect(['EUR', 'USD', 'CZK', 'CNY', 'INR', 'JPY', 'KWD'].map((code) => digits.get(code))).toEqual([
      2, 2, 2, 2, 2, 0, 3,
    ])
    const series = await app.call('GET', '/number-series', { cookie, company: made.json.id })
    expect(series.json.items).toHaveLength(15)
    const audit = await app.call('GET', '/audit', { cookie, company: 'zabka-syn' })
    expect(audit.json.items.map((entry) => entry.type)).toEqual([
      'user.added',
      'warehouse.created',
      'company.created',
    ])
    const unknown = await app.call('POST', '/companies', { cookie, body: { name: 'X', currency: 'XXX' } })
    expect([unknown.status, unknown.json.code]).toEqual([422, 'unknown-currency'])
    const taken = await app.call('POST', '/companies', {
      cookie,
      body: { name: 'X', slug: 'zabka-syn', currency: 'EUR' },
    })
    expect([taken.status, taken.json.code]).toEqual([409, 'already-exists'])
  })

  it('begin with the prefixes and names of their country, and follow it until something has a number', async () => {
    const make = async (slug: string, country?: string) => {
      const body = { name: slug, slug, currency: 'PLN', ...(country !== undefined && { country }) }
      const made = await app.call('POST', '/companies', { cookie, body })
      expect(made.status, made.text).toBe(201)
      return made.json.id as string
    }
    const patterns = async (company: string) => {
      const { json } = await app.call('GET', '/number-series', { cookie, company })
      return Object.fromEntries(json.items.map(({ kind, pattern }) => [kind, pattern]))
    }
    const tell = async (company: string, country: string | null) =>
      expect((await app.call('PATCH', '/company', { cookie, company, body: { country } })).status).toBe(200)
    const zielona = await make('zielona', 'PL')
    expect(await patterns('zielona')).toMatchObject({
      'sales-order': 'ZS-{YYYY}-{####}',
      'delivery-note': 'WZ-{YYYY}-{####}',
      'stock-adjustment': 'PW-RW-{YYYY}-{####}',
      invoice: 'FS-{YYYY}-{####}',
      'credit-note': 'KFS-{YYYY}-{####}',
    })
    const names = await inTransaction(app.db, { companyId: zielona }, (tx) =>
      tx.all(dynamic({ name: 'text' }, sql`select name from warehouses where code = 'MAIN'`), undefined),
    )
    expect(names).toEqual([{ name: 'Magazyn główny' }])

    await make('later')
    const pattern = 'F/{####}/{YYYY}'
    await app.call('PATCH', '/number-series/invoice', { cookie, company: 'later', body: { pattern } })
    await app.call('PATCH', '/number-series/purchase-order', {
      cookie,
      company: 'later',
      body: { nextNumber: 7 },
    })
    await tell('later', 'PL')
    expect(await patterns('later')).toMatchObject({
      'sales-order': 'ZS-{YYYY}-{####}',
      'purchase-order': 'PO-{YYYY}-{####}',
      invoice: pattern,
    })
    await tell('later', 'DE')
    expect(await patterns('later')).toMatchObject({ 'sales-order': 'SO-{YYYY}-{####}', invoice: pattern })
  })

  it('are not made by keys, nor by who owns none', async () => {
    expect((await app.call('POST', '/companies', { key, body: { name: 'K', currency: 'EUR' } })).status).toBe(
      403,
    )
    await app.call('POST', '/users', {
      cookie,
      body: { email: 'v@example.com', name: 'V', role: 'viewer', password: 'some-long-password' },
    })
    const viewer = await app.signIn('v@example.com', 'some-long-password')
    const made = await app.call('POST', '/companies', {
      cookie: viewer,
      body: { name: 'V', currency: 'EUR' },
    })
    expect(made.status).toBe(403)
  })

  it('are as good as none to who does not belong to them', async () => {
    const viewer = await app.signIn('v@example.com', 'some-long-password')
    const foreign = await app.call('GET', '/me', { cookie: viewer, company: 'zabka-syn' })
    const none = await app.call('GET', '/me', { cookie: viewer, company: 'no-such-company' })
    expect([foreign.status, none.status]).toEqual([404, 404])
    expect(foreign.json.detail).toBe(none.json.detail)
    const ofKey = await app.call('GET', '/me', { key, company: 'zabka-syn' })
    expect([ofKey.status, ofKey.json.detail]).toEqual([404, none.json.detail])
    expect((await app.call('GET', '/me', { key, company: 'my-company' })).status).toBe(200)
  })

  it('do not see each other’s rows, users, keys and events', async () => {
    const tax = await app.call('POST', '/taxes', { cookie, body: { name: 'VAT', rate: '23', category: 'S' } })
    expect(tax.status, tax.text).toBe(201)
    const there = { cookie, company: 'zabka-syn' }
    expect((await app.call('GET', `/taxes/${tax.json.id}`, there)).status).toBe(404)
    expect(
      (await app.call('PATCH', `/taxes/${tax.json.id}`, { ...there, body: { name: 'Mine' } })).status,
    ).toBe(404)
    expect((await app.call('GET', '/taxes', there)).json.items).toEqual([])
    expect((await app.call('GET', '/users', there)).json.items).toHaveLength(1)
    expect((await app.call('GET', '/api-keys', there)).json.items).toEqual([])
    const viewerId = (await app.call('GET', '/users?email=v@example.com', { cookie })).json.items[0]!.id
    expect((await app.call('GET', `/users/${viewerId}`, there)).status).toBe(404)
    const events = await app.call('GET', `/audit?objectId=${tax.json.id}`, there)
    expect(events.json.items).toEqual([])
  })

  it('are kept apart by the database itself, whatever a query says', async () => {
    const other = (await app.call('GET', '/me', { cookie, company: 'zabka-syn' })).json.company.id as string
    const counts = (companyId: string | null) =>
      inTransaction(app.db, { companyId }, (tx) =>
        tx.one(
          dynamic(
            { taxes: 'int', members: 'int', keys: 'int', companies: 'int' },
            sql`select (select count(*)::int from taxes), (select count(*)::int from memberships),
              (select count(*)::int from api_keys), (select count(*)::int from companies)`,
          ),
          undefined,
        ),
      )
    expect(await counts(other)).toEqual({ taxes: 0, members: 1, keys: 0, companies: 1 })
    expect(await counts(newId())).toEqual({ taxes: 0, members: 0, keys: 0, companies: 0 })
    expect(await counts(null)).toEqual({ taxes: 0, members: 0, keys: 0, companies: 0 })
    const foreign = inTransaction(app.db, { companyId: newId() }, async (tx) => {
      tx.write(dynamic({}, sql`update memberships set role = 'owner' where company_id = ${other}`), undefined)
      await tx.all(
        dynamic(
          {},
          sql`insert into memberships (company_id, user_id, role, created_at) select ${other}::uuid, id, 'owner', now() from auth."user"`,
        ),
        undefined,
      )
    })
    await expect(foreign).rejects.toThrow(/row-level security/)
  })

  it('have settings, changed by their owner with If-Match', async () => {
    const read = await app.call('GET', '/company', { cookie })
    expect(read.json).toMatchObject({
      name: 'My company',
      currency: 'USD',
      minorDigits: 2,
      version: 1,
      demo: false,
    })
    expect(read.headers.get('etag')).toBe('"1"')
    const changed = await app.call('PATCH', '/company', {
      cookie,
      body: {
        name: ' Acme ',
        timeZone: 'Asia/Dhaka',
        salesTolerancePercent: '2.50',
        address: { city: 'Dhaka' },
      },
      headers: { 'if-match': '"1"' },
    })
    expect(changed.status, changed.text).toBe(200)
    expect(changed.json).toMatchObject({
      name: 'Acme',
      timeZone: 'Asia/Dhaka',
      salesTolerancePercent: '2.5',
      version: 2,
    })
    expect((await app.call('GET', '/me', { cookie })).json.company).toMatchObject({ timeZone: 'Asia/Dhaka' })
    const stale = await app.call('PATCH', '/company', {
      cookie,
      body: { name: 'B' },
      headers: { 'if-match': '"1"' },
    })
    expect(stale.status).toBe(412)
    const zone = await app.call('PATCH', '/company', { cookie, body: { timeZone: 'Mars/Olympus' } })
    expect([zone.status, zone.json.code]).toEqual([422, 'unknown-time-zone'])
    const entry = (await app.call('GET', '/audit?type=company.changed', { cookie })).json.items[0]!
    expect(entry).toMatchObject({ before: { name: 'My company' }, after: { name: 'Acme' } })
  })

  it('keep their currency once there are documents or rates', async () => {
    const euro = await app.call('PATCH', '/company', { cookie, body: { currency: 'EUR' } })
    expect(euro.json).toMatchObject({ currency: 'EUR', minorDigits: 2 })
    await app.call('POST', '/exchange-rates', {
      cookie,
      body: { currency: 'USD', date: '2026-01-01', rate: '0.9' },
    })
    const back = await app.call('PATCH', '/company', { cookie, body: { currency: 'USD' } })
    expect([back.status, back.json.code]).toEqual([409, 'currency-in-use'])
  })
})
