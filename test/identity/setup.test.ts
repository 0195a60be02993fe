import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { firstStart } from '../../src/setup/index.ts'
import { type Installation, owner, startInstallation } from './installation.ts'

let app: Installation
beforeAll(async () => {
  app = await startInstallation({ start: {} })
})
afterAll(() => app.close())

const me = { email: 'Me@Example.com', name: 'Me', password: 'a-long-password' }

describe('a first start', () => {
  it('makes one company with a warehouse, and again nothing', async () => {
    const companies = async () => (await app.ownerDb.query('select slug, name, currency from companies')).rows
    expect(await companies()).toEqual([{ slug: 'my-company', name: 'My company', currency: 'USD' }])
    const again = await Promise.all([firstStart(app.db, { currency: 'EUR' }), firstStart(app.db)])
    expect(again).toEqual([
      { madeCompany: false, madeOwner: false, needsOwner: true },
      { madeCompany: false, madeOwner: false, needsOwner: true },
    ])
    expect(await companies()).toHaveLength(1)
    const warehouses = await app.ownerDb.query('select code from warehouses')
    expect(warehouses.rows).toEqual([{ code: 'MAIN' }])
    const places = await app.ownerDb.query('select type from locations order by type')
    expect(places.rows.map((row) => row.type)).toEqual([
      'adjustment',
      'customer',
      'quarantine',
      'scrap',
      'stock',
      'supplier',
      'transit',
    ])
  })

  it('refuses half an owner and a short password', async () => {
    await expect(firstStart(app.db, { ownerEmail: owner.email })).rejects.toThrow('go together')
    await expect(firstStart(app.db, { ownerEmail: owner.email, ownerPassword: 'short' })).rejects.toThrow(
      '10 to 128',
    )
  })

  it('leaves the owner to the browser: one, also of many at once', async () => {
    const before = await app.call('GET', '/setup')
    expect(before.json).toMatchObject({ needsOwner: true, version: expect.stringMatching(/^\d/) })
    expect((await app.call('GET', '/company')).status).toBe(401)
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        app.call('POST', '/setup/owner', {
          body: {
            ...me,
            email: `${n}@example.com`,
            companyName: 'Acme',
            currency: 'EUR',
            timeZone: 'Europe/Warsaw',
          },
        }),
      ),
    )
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409])
    const won = answers.find((answer) => answer.status === 201)!
    expect(won.json).toMatchObject({ company: { slug: 'my-company', name: 'Acme' } })
    const cookie = await app.signIn(won.json.email, me.password)
    expect((await app.call('GET', '/me', { cookie })).json).toMatchObject({
      role: 'owner',
      company: { name: 'Acme', currency: 'EUR', timeZone: 'Europe/Warsaw' },
    })
    expect((await app.call('GET', '/setup')).json.needsOwner).toBe(false)
    const late = await app.call('POST', '/setup/owner', { body: me })
    expect([late.status, late.json.code]).toEqual([409, 'already-set-up'])
    expect(
      await firstStart(app.db, { ownerEmail: owner.email, ownerPassword: owner.password }),
    ).toMatchObject({
      madeOwner: false,
      needsOwner: false,
    })
  })

  it('does not let strangers try for ever', async () => {
    const answers = []
    for (let n = 0; n < 11; n++) answers.push((await app.call('POST', '/setup/owner', { body: me })).status)
    expect(answers).toContain(429)
  })
})
