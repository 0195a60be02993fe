import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { type CatalogueApp, startCatalogue } from './start.ts'

let app: CatalogueApp
let mug: Answered
let n = 0
beforeAll(async () => {
  app = await startCatalogue()
  mug = await app.api('POST', '/products', {
    sku: 'MUG',
    name: 'Mug',
    salesPrice: '9',
    purchasePrice: '4',
    units: [
      { unit: 'box', numerator: 12 },
      { unit: 'half', numerator: 1, denominator: 2 },
    ],
  })
})
afterAll(() => app.close())

const party = (more: object = {}) =>
  app.api('POST', '/parties', { name: `Party ${n++}`, roles: ['customer'], ...more })
const book = (more: object) =>
  app.api('POST', '/price-books', { name: `Book ${n++}`, currency: 'USD', ...more })
const which = (query: Record<string, string>, productId = mug.id) =>
  app.api('GET', `/price-books/which?${new URLSearchParams({ productId, ...query }).toString()}`)
/** A product of its own, so that the books of other tests do not reach it. */
const product = (more: object = {}) =>
  app.api('POST', '/products', {
    sku: `PB-${n++}`,
    name: 'Thing',
    units: [{ unit: 'box', numerator: 12 }],
    ...more,
  })

describe('a price book', () => {
  it('keeps its entries with units and breaks filled in', async () => {
    const made = await book({ entries: [{ productId: mug.id, price: '8.50' }], validTo: '2020-01-01' })
    expect(made).toMatchObject({
      side: 'sales',
      pricesIncludeTax: false,
      partyIds: [],
      priceGroups: [],
      priority: 0,
      entryCount: 1,
      entries: [{ productId: mug.id, unit: 'pcs', minQuantity: '0', price: '8.50', margin: '0' }],
    })
    const { items } = await app.api('GET', `/price-books?q=${encodeURIComponent(made.name)}`)
    expect(items[0]).toMatchObject({ id: made.id, entryCount: 1, productCount: 1 })
    expect(items[0]).not.toHaveProperty('entries')
  })

  it.each([
    [{ validFrom: '2026-02-01', validTo: '2026-01-31' }, 'ends-before-start', '/validTo'],
    [{ partyIds: [randomUUID()] }, 'unknown-party', '/partyIds/0'],
    [{ entries: [{ productId: randomUUID(), price: '1' }] }, 'unknown-product', '/entries/0/productId'],
  ])('is refused with %j', async (fields, code, pointer) => {
    const refused = await app.api(
      'POST',
      '/price-books',
      { name: 'N', currency: 'USD', ...fields },
      { expect: 422 },
    )
    expect(refused.code).toBe(code)
    expect(refused.errors[0]!.pointer).toBe(pointer)
  })

  it('tells its entries apart by product, unit and break', async () => {
    const entries = [
      { productId: mug.id, price: '1', minQuantity: '5' },
      { productId: mug.id, price: '2', minQuantity: '5.00', unit: 'pcs' },
    ]
    const body = { name: 'Twice', currency: 'USD', entries }
    expect((await app.api('POST', '/price-books', body, { expect: 422 })).code).toBe('entry-twice')
    const other = { ...body, entries: [{ productId: mug.id, price: '1', unit: 'crate' }] }
    expect((await app.api('POST', '/price-books', other, { expect: 422 })).code).toBe('unknown-unit')
    const below = { ...body, entries: [{ productId: mug.id, price: '1', margin: '-1.01' }] }
    expect((await app.api('POST', '/price-books', below, { expect: 422 })).code).toBe('negative-price')
  })

  it('is changed as a whole, and says what changed', async () => {
    const thing = await product()
    const made = await book({
      entries: [
        { productId: thing.id, price: '3' },
        { productId: thing.id, price: '2', minQuantity: '10' },
      ],
    })
    const changed = await app.api('PATCH', `/price-books/${made.id}`, {
      notes: 'Spring',
      entries: [
        { productId: thing.id, price: '3' },
        { productId: thing.id, price: '1.90', minQuantity: '10' },
        { productId: thing.id, price: '20', unit: 'box' },
      ],
    })
    expect(changed).toMatchObject({ notes: 'Spring', version: 2, entryCount: 3, productCount: 1 })
    const { rows } = await app.ownerDb.query(
      "select before, after from events where object_id = $1 and type = 'price-book.changed'",
      [made.id],
    )
    expect(rows[0].before.entries).toHaveLength(1)
    expect(rows[0].after.entries).toHaveLength(2)
    await app.api('PATCH', `/price-books/${made.id}`, { notes: 'x' }, { ifMatch: 1, expect: 412 })
    const refused = await app.api('PATCH', `/price-books/${made.id}`, { currency: 'EUR' }, { expect: 409 })
    expect(refused.code).toBe('prices-not-converted')
  })

  it('that a party has cannot be deleted but archived', async () => {
    const made = await book({})
    await party({ priceBookId: made.id })
    const refused = await app.api('DELETE', `/price-books/${made.id}`, undefined, { expect: 409 })
    expect(refused.uses).toEqual([{ kind: 'party', count: 1 }])
    expect(await app.api('POST', `/price-books/${made.id}/archive`)).toMatchObject({ archived: true })
    const { id } = await book({ entries: [{ productId: mug.id, price: '1' }], validTo: '2000-01-01' })
    await app.api('DELETE', `/price-books/${id}`, undefined, { expect: 204 })
  })
})

describe('which price applies', () => {
  it("is the product's own without a book, in the company's currency only", async () => {
    const thing = await product({ salesPrice: '9', purchasePrice: '4' })
    expect(await which({}, thing.id)).toMatchObject({ price: '9', source: 'product', currency: 'USD' })
    expect(await which({ unit: 'box' }, thing.id)).toMatchObject({ price: '108', source: 'product' })
    expect(await which({ side: 'purchase' }, thing.id)).toMatchObject({ price: '4', source: 'product' })
    const foreign = await which({ currency: 'EUR' }, thing.id)
    expect(foreign).toMatchObject({ price: null, source: 'none' })
    expect(foreign.explanation).toMatch(/own price is in USD and is not converted/)
  })

  it('is price plus margin, in the currency of the book, never converted (S19)', async () => {
    const thing = await product({ salesPrice: '700' })
    await book({ currency: 'AUD', entries: [{ productId: thing.id, price: '10.00', margin: '4.00' }] })
    await app.api('POST', '/exchange-rates', { currency: 'AUD', date: '2026-01-01', rate: '0.65' })
    const before = await which({ currency: 'AUD' }, thing.id)
    await app.api('POST', '/exchange-rates', { currency: 'AUD', date: '2026-01-01', rate: '0.80' })
    const after = await which({ currency: 'AUD' }, thing.id)
    expect(before).toMatchObject({ price: '14', source: 'price-book' })
    expect(after).toEqual(before)
  })

  it('goes by reach: chosen, own, named, group, everybody', async () => {
    const thing = await product()
    const entries = (price: string) => [{ productId: thing.id, price }]
    const own = await book({ entries: entries('2') })
    const member = await party({ priceGroup: 'gold', priceBookId: own.id })
    const named = await party({ priceGroup: 'gold' })
    const grouped = await party({ priceGroup: 'gold' })
    const anybody = await party()
    await book({ entries: entries('5'), priority: 9 })
    await book({ entries: entries('4'), priceGroups: ['gold'] })
    await book({ entries: entries('3'), partyIds: [member.id, named.id] })
    const chosen = await book({ entries: entries('1'), partyIds: [grouped.id] })
    const price = async (query: Record<string, string>) => (await which(query, thing.id)).price
    expect(await price({ partyId: member.id, priceBookId: chosen.id })).toBe('1')
    // `own` restricts nobody, so it is also a book for everybody; the one with the higher priority wins there.
    expect(await price({ partyId: member.id })).toBe('2')
    expect(await price({ partyId: named.id })).toBe('3')
    expect(await price({ partyId: anybody.id })).toBe('5')
    expect(await price({})).toBe('5')
    await app.api('POST', `/price-books/${chosen.id}/archive`)
    expect(await price({ partyId: grouped.id })).toBe('4')
    expect((await which({ partyId: named.id }, thing.id)).explanation).toMatch(/a price book for this party/)
  })

  it('goes by validity and currency', async () => {
    const thing = await product()
    await book({
      validFrom: '2026-03-01',
      validTo: '2026-03-31',
      entries: [{ productId: thing.id, price: '1' }],
    })
    const at = async (date: string) => (await which({ date }, thing.id)).price
    expect(await at('2026-02-28')).toBeNull()
    expect(await at('2026-03-01')).toBe('1')
    expect(await at('2026-03-31')).toBe('1')
    expect(await at('2026-04-01')).toBeNull()
  })

  it("takes the highest break that is reached, the line's own unit before the base unit", async () => {
    const thing = await product()
    await book({
      entries: [
        { productId: thing.id, price: '10' },
        { productId: thing.id, price: '9', minQuantity: '24' },
        { productId: thing.id, price: '100', unit: 'box', minQuantity: '5' },
      ],
    })
    const of = async (quantity: string, unit: string) => which({ quantity, unit }, thing.id)
    expect(await of('23.999999', 'pcs')).toMatchObject({ price: '10', minQuantity: '0' })
    expect(await of('24', 'pcs')).toMatchObject({ price: '9', minQuantity: '24' })
    // one box is 12 pieces, two are 24
    expect(await of('1', 'box')).toMatchObject({ price: '120' })
    expect(await of('2', 'box')).toMatchObject({ price: '108', minQuantity: '24' })
    expect(await of('5', 'box')).toMatchObject({ price: '100', minQuantity: '5' })
    await app.api('GET', `/price-books/which?productId=${thing.id}&unit=crate`, undefined, { expect: 422 })
  })

  it("falls through to the next book, then to the vendor's price, then to the product's", async () => {
    const vendor = await party({ roles: ['vendor'], currency: 'EUR' })
    const thing = await product({
      purchasePrice: '4',
      vendors: [{ partyId: vendor.id, price: '30', unit: 'box', currency: 'EUR' }],
    })
    const ask = (more: Record<string, string> = {}) =>
      which({ side: 'purchase', partyId: vendor.id, ...more }, thing.id)
    expect(await ask()).toMatchObject({ price: '2.5', source: 'vendor', currency: 'EUR' })
    expect(await ask({ unit: 'box' })).toMatchObject({ price: '30', source: 'vendor' })
    expect(await ask({ currency: 'USD' })).toMatchObject({ price: '4', source: 'product' })
    const sales = await which({ partyId: vendor.id, currency: 'EUR' }, thing.id)
    expect(sales).toMatchObject({ price: null, source: 'none' })
    await book({
      side: 'purchase',
      currency: 'EUR',
      entries: [{ productId: thing.id, price: '2', minQuantity: '100' }],
    })
    expect(await ask()).toMatchObject({ source: 'vendor' })
    expect(await ask({ quantity: '100' })).toMatchObject({ price: '2', source: 'price-book' })
  })

  it('gives nothing away of another company', async () => {
    const stranger = await app.newCompany()
    await app.api('GET', `/price-books/which?productId=${mug.id}`, undefined, { as: stranger, expect: 404 })
  })
})
