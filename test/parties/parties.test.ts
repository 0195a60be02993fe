import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findParty } from '../../src/parties/index.ts'
import { inTransaction } from '../../src/kernel/transaction.ts'
import { type CatalogueApp, startCatalogue } from '../catalogue/start.ts'

let app: CatalogueApp
beforeAll(async () => {
  app = await startCatalogue()
})
afterAll(() => app.close())

const make = (more: object = {}) =>
  app.api('POST', '/parties', { name: 'Premium Computers', roles: ['customer'], ...more })

describe('a party', () => {
  it('needs a name and a role only', async () => {
    const made = await make({ currency: 'AUD' })
    expect(made).toMatchObject({
      name: 'Premium Computers',
      roles: ['customer'],
      type: 'organisation',
      currency: 'AUD',
      code: null,
      addresses: [],
      contacts: [],
      archived: false,
      version: 1,
    })
    expect(await app.api('GET', `/parties/${made.id}`)).toEqual(made)
    await app.api('POST', '/parties', { name: 'Nobody', roles: [] }, { expect: 400 })
    await app.api('POST', '/parties', { name: 'Nobody' }, { expect: 400 })
  })

  it('keeps everything that was entered', async () => {
    const { id: priceBookId } = await app.api('POST', '/price-books', { name: 'Own', currency: 'EUR' })
    const entered = {
      code: 'C-1',
      name: 'Anna Müller',
      type: 'person',
      roles: ['customer', 'vendor'],
      currency: 'EUR',
      language: 'de',
      email: 'anna@example.com',
      phone: '+49 1',
      website: 'https://example.com',
      taxNumber: 'DE123',
      paymentTermDays: 14,
      priceGroup: 'gold',
      priceBookId,
      creditLimit: '5000.00',
      notes: 'Calls back',
      addresses: [
        {
          type: 'billing',
          name: null,
          line1: 'Weg 1',
          line2: null,
          city: 'Köln',
          region: null,
          postalCode: '50667',
          country: 'DE',
          default: true,
        },
      ],
      contacts: [
        {
          name: 'Bo',
          email: 'bo@example.com',
          phone: null,
          role: 'purchasing',
          purposes: ['order', 'invoice'],
        },
      ],
    }
    expect(await app.api('POST', '/parties', entered)).toMatchObject(entered)
  })

  it.each([
    [{ currency: 'QQQ' }, 422, '/currency'],
    [{ priceBookId: '0198c0de-1111-7222-8333-444455556666' }, 422, '/priceBookId'],
    [
      {
        addresses: [
          { type: 'billing', default: true },
          { type: 'billing', default: true },
        ],
      },
      422,
      '/addresses/1/default',
    ],
    [{ email: 'not an address' }, 400, '/email'],
    [{ contacts: [{ name: ' ' }] }, 422, '/contacts/0/name'],
  ])('is refused with %j', async (fields, expected, pointer) => {
    const refused = await app.api(
      'POST',
      '/parties',
      { name: 'N', roles: ['vendor'], ...fields },
      { expect: expected },
    )
    expect(refused.errors[0]!.pointer).toBe(pointer)
  })

  it('gives documents its billing address, and its shipping address', async () => {
    const made = await make({
      addresses: [
        { type: 'shipping', city: 'First' },
        { type: 'shipping', city: 'Second', default: true },
        { type: 'billing', city: 'Third' },
      ],
      taxNumber: 'T',
    })
    const { id: companyId } = app.company
    const party = await inTransaction(app.db, { companyId }, (tx) => findParty(tx, companyId, made.id))
    expect(party).toMatchObject({
      customer: true,
      vendor: false,
      taxNumber: 'T',
      address: { city: 'Third' },
      shippingAddress: { city: 'Second' },
    })
  })

  it('is changed by field, with its version', async () => {
    const made = await make({ email: 'a@example.com', contacts: [{ name: 'Bo' }] })
    const changed = await app.api('PATCH', `/parties/${made.id}`, {
      roles: ['vendor', 'customer'],
      email: null,
    })
    expect(changed).toMatchObject({
      roles: ['customer', 'vendor'],
      email: null,
      version: 2,
      contacts: made.contacts,
    })
    await app.api('PATCH', `/parties/${made.id}`, { name: 'x' }, { ifMatch: 1, expect: 412 })
    expect((await app.api('PATCH', `/parties/${made.id}`, { roles: ['customer', 'vendor'] })).version).toBe(2)
  })

  it('that products and price books name cannot be deleted but archived', async () => {
    const made = await make({ name: 'Used vendor', roles: ['vendor'] })
    await app.api('POST', '/products', { sku: 'PV-1', name: 'P', vendors: [{ partyId: made.id }] })
    await app.api('POST', '/price-books', { name: 'For one', currency: 'USD', partyIds: [made.id] })
    const refused = await app.api('DELETE', `/parties/${made.id}`, undefined, { expect: 409 })
    expect(refused.detail).toMatch(/used by 1 price book and 1 product\. Archive it instead/)
    await app.api('POST', `/parties/${made.id}/archive`)
    expect((await app.api('GET', '/parties?q=used+vendor')).items).toEqual([])
    const free = await make()
    await app.api('DELETE', `/parties/${free.id}`, undefined, { expect: 204 })
    await app.api('GET', `/parties/${free.id}`, undefined, { expect: 404 })
  })

  it('is found by role, code, e-mail and price group', async () => {
    const as = await app.newCompany()
    const add = (more: object) =>
      app.api('POST', '/parties', { name: 'N', roles: ['vendor'], ...more }, { as })
    const coded = await add({ code: 'V-9', email: 'Sales@Example.com' })
    const both = await add({
      roles: ['customer', 'vendor'],
      priceGroup: 'gold',
      contacts: [{ name: 'C', email: 'c@x.pl' }],
    })
    const found = async (query: string) =>
      (await app.api('GET', `/parties?sort=id&${query}`, undefined, { as })).items.map((party) => party.id)
    expect(await found('role=vendor')).toEqual([coded.id, both.id])
    expect(await found('role=customer')).toEqual([both.id])
    expect(await found('code=V-9')).toEqual([coded.id])
    expect(await found('email=sales@example.com')).toEqual([coded.id])
    expect(await found('email=C@X.pl')).toEqual([both.id])
    expect(await found('priceGroup=gold')).toEqual([both.id])
    expect(await found('q=c@x')).toEqual([both.id])
    await app.api('POST', '/parties', { name: 'N', roles: ['vendor'], code: 'V-9' }, { as, expect: 409 })
  })

  it('is not seen by another company (R17)', async () => {
    const made = await make()
    const as = { as: await app.newCompany(), expect: 404 }
    await app.api('GET', `/parties/${made.id}`, undefined, as)
    await app.api('PATCH', `/parties/${made.id}`, { name: 'Mine' }, as)
    await app.api('DELETE', `/parties/${made.id}`, undefined, as)
  })
})
