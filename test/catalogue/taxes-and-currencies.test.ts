import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isoCurrencies, rateOn } from '../../src/catalogue/index.ts'
import type { Context } from '../../src/kernel/context.ts'
import { inTransaction } from '../../src/kernel/transaction.ts'
import { type CatalogueApp, startCatalogue } from './start.ts'

let app: CatalogueApp
beforeAll(async () => {
  app = await startCatalogue()
})
afterAll(() => app.close())

describe('a tax', () => {
  it('is standard unless its rate is 0', async () => {
    const gst = await app.api('POST', '/taxes', { name: 'GST 10 %', rate: '10' })
    expect(gst).toMatchObject({ name: 'GST 10 %', rate: '10', category: 'S', archived: false, version: 1 })
    expect(await app.api('POST', '/taxes', { name: 'None', rate: '0' })).toMatchObject({ category: 'Z' })
  })

  it.each([
    [{ rate: '100.01' }, 'rate-too-big'],
    [{ rate: '5', category: 'E' }, 'rate-of-category'],
  ])('is refused with %j', async (fields, code) => {
    const refused = await app.api('POST', '/taxes', { name: 'T', ...fields }, { expect: 422 })
    expect(refused.code).toBe(code)
  })

  it('that products use cannot be deleted but archived', async () => {
    const tax = await app.api('POST', '/taxes', { name: 'Used', rate: '7' })
    await app.api('POST', '/products', { sku: 'T-1', name: 'T', purchaseTaxIds: [tax.id] })
    const refused = await app.api('DELETE', `/taxes/${tax.id}`, undefined, { expect: 409 })
    expect(refused.uses).toEqual([{ kind: 'product', count: 1 }])
    await app.api('POST', `/taxes/${tax.id}/archive`)
    expect((await app.api('GET', '/taxes?q=used')).items).toEqual([])
    expect((await app.api('GET', '/taxes?q=used&archived=true')).items).toHaveLength(1)
    const free = await app.api('POST', '/taxes', { name: 'Free', rate: '7' })
    await app.api('DELETE', `/taxes/${free.id}`, undefined, { expect: 204 })
  })

  it('is changed with its version', async () => {
    const tax = await app.api('POST', '/taxes', { name: 'Old', rate: '22' })
    expect(await app.api('PATCH', `/taxes/${tax.id}`, { rate: '23' }, { ifMatch: 1 })).toMatchObject({
      rate: '23',
      version: 2,
    })
    await app.api('PATCH', `/taxes/${tax.id}`, { rate: '24' }, { ifMatch: 1, expect: 412 })
  })
})

describe('an exchange rate', () => {
  it('is set by currency and date, in place of the one before', async () => {
    const first = await app.api('POST', '/exchange-rates', {
      currency: 'EUR',
      date: '2026-01-01',
      rate: '1.1',
    })
    const second = await app.api('POST', '/exchange-rates', {
      currency: 'EUR',
      date: '2026-01-01',
      rate: '1.1234567890',
      source: 'ECB',
    })
    expect(second).toMatchObject({ id: first.id, rate: '1.1234567890', source: 'ECB', version: 2 })
    const { items } = await app.api('GET', '/exchange-rates?currency=EUR&date=2026-01-01')
    expect(items).toEqual([second])
    const { rows } = await app.ownerDb.query(
      'select type, before from events where object_id = $1 order by id',
      [first.id],
    )
    expect(rows).toEqual([
      { type: 'exchange-rate.created', before: null },
      { type: 'exchange-rate.changed', before: { rate: '1.1', source: null } },
    ])
    await app.api('DELETE', `/exchange-rates/${first.id}`, undefined, { expect: 204 })
  })

  it('is not of the company currency, and above 0', async () => {
    const set = (currency: string, rate: string) =>
      app.api('POST', '/exchange-rates', { currency, date: '2026-01-01', rate }, { expect: 422 })
    expect((await set('USD', '1')).code).toBe('own-currency')
    expect((await set('PLN', '0.0')).code).toBe('rate-not-positive')
    expect((await set('XXX', '2')).errors[0]!.pointer).toBe('/currency')
  })

  it('holds from its date until the next', async () => {
    for (const [date, rate] of [
      ['2026-02-01', '0.25'],
      ['2026-03-01', '0.26'],
    ]) {
      await app.api('POST', '/exchange-rates', { currency: 'PLN', date, rate })
    }
    const ctx = { company: app.company } as Context
    const on = (currency: string, date: string) =>
      inTransaction(app.db, { companyId: app.company.id }, async (tx) =>
        (await rateOn(tx, ctx, currency, date)).toFixed(),
      )
    expect(await on('USD', '1999-01-01')).toBe('1')
    expect(await on('PLN', '2026-02-28')).toBe('0.25')
    expect(await on('PLN', '2026-03-01')).toBe('0.26')
    expect(await on('PLN', '2030-01-01')).toBe('0.26')
    await expect(on('PLN', '2026-01-31')).rejects.toMatchObject({
      code: 'no-rate',
      facts: { currency: 'PLN', date: '2026-01-31' },
    })
  })
})

describe('a currency', () => {
  it('of ISO 4217 is there from the start, with its decimals', async () => {
    const as = await app.newCompany({ currency: 'THB' })
    const { items } = await app.api('GET', '/currencies', undefined, { as })
    expect(items).toHaveLength(isoCurrencies.length)
    const of = new Map(items.map((currency) => [currency.code, currency]))
    expect(of.get('JPY')).toMatchObject({ minorDigits: 0 })
    expect(of.get('KWD')).toMatchObject({ minorDigits: 3 })
    expect(of.get('CHF')).toMatchObject({ cashRounding: '0.05' })
    expect(of.get('THB')).toMatchObject({ active: true })
    expect(of.get('FKP')).toMatchObject({ active: false })
    const page = await app.api('GET', '/currencies?limit=2', undefined, { as })
    expect(page.items.map((currency) => currency.code)).toEqual(['AED', 'AFN'])
    const next = await app.api('GET', `/currencies?limit=1&cursor=${page.nextCursor}`, undefined, { as })
    expect(next.items.map((currency) => currency.code)).toEqual(['ALL'])
    const found = await app.api('GET', '/currencies?q=bolivar', undefined, { as })
    expect(found.items.map((currency) => currency.code)).toEqual(['VED', 'VES'])
  })

  it('is added with what ISO 4217 says, or with all of its own', async () => {
    await app.api('DELETE', '/currencies/CHF')
    expect(await app.api('POST', '/currencies', { code: 'CHF' })).toMatchObject({
      name: 'Swiss franc',
      minorDigits: 2,
      cashRounding: '0.05',
      active: true,
    })
    await app.api('POST', '/currencies', { code: 'CHF' }, { expect: 409 })
    await app.api('POST', '/currencies', { code: 'QQQ' }, { expect: 422 })
    const own = { code: 'QQQ', name: 'House points', minorDigits: 0 }
    expect(await app.api('POST', '/currencies', own)).toMatchObject(own)
  })

  it('is deleted only when nothing is in it, and stays when it is the company’s', async () => {
    await app.api('POST', '/parties', { name: 'Sven', roles: ['customer'], currency: 'SEK' })
    const refused = await app.api('DELETE', '/currencies/SEK', undefined, { expect: 409 })
    expect(refused.uses).toEqual([{ kind: 'party', count: 1 }])
    expect(await app.api('PATCH', '/currencies/SEK', { active: false })).toMatchObject({ active: false })
    await app.api('PATCH', '/currencies/USD', { active: false }, { expect: 409 })
    await app.api('DELETE', '/currencies/USD', undefined, { expect: 409 })
    await app.api('DELETE', '/currencies/NOK', undefined, { expect: 204 })
  })
})
