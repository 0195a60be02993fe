import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createWarehouse,
  findDefaultWarehouse,
  findLocations,
  findLots,
  findLotsByNumber,
  findVirtualLocations,
  findWarehouse,
} from '../../src/catalogue/index.ts'
import { inTransaction } from '../../src/kernel/transaction.ts'
import { type CatalogueApp, startCatalogue } from './start.ts'

let app: CatalogueApp
let companyId: string
let n = 0
beforeAll(async () => {
  app = await startCatalogue()
  companyId = app.company.id
})
afterAll(() => app.close())

const make = (more: object = {}) => app.api('POST', '/warehouses', { code: `W${n++}`, name: 'East', ...more })
const places = async (warehouseId: string) =>
  (await app.api('GET', `/locations?warehouseId=${warehouseId}`)).items

describe('a new company', () => {
  it('has the places outside of every warehouse, and a warehouse comes with its own', async () => {
    const { company } = await app.newCompany()
    const scope = { companyId: company.id }
    const now = new Date()
    const main = await inTransaction(app.db, scope, (tx) => findDefaultWarehouse(tx, company.id))
    const made = await inTransaction(app.db, scope, async (tx) => {
      return createWarehouse(
        tx,
        { companyId: company.id, now },
        { code: 'EAST', name: 'East', allowNegative: true },
      )
    })
    const found = await inTransaction(app.db, scope, (tx) =>
      Promise.all([
        findDefaultWarehouse(tx, company.id),
        findWarehouse(tx, company.id, made.id),
        findLocations(tx, company.id, [made.id, randomUUID()]),
        findVirtualLocations(tx, company.id),
      ]),
    )
    // the oldest stays the default
    expect(found[0]).toEqual(main)
    expect(found[1]).toEqual({
      id: made.id,
      code: 'EAST',
      name: 'East',
      allowNegative: true,
      archived: false,
    })
    expect([...found[2].keys()]).toEqual([made.id])
    expect(found[2].get(made.id)).toMatchObject({
      stock: { id: made.stockLocationId, code: 'STOCK', type: 'stock' },
      quarantine: { id: made.quarantineLocationId, code: 'QUARANTINE', type: 'quarantine' },
    })
    for (const type of ['supplier', 'customer', 'adjustment', 'scrap', 'transit'] as const) {
      expect(found[3][type]).toMatchObject({ type, warehouseId: null })
    }
  })
})

describe('a warehouse', () => {
  it('comes with a place for stock and one for quarantine', async () => {
    const made = await make({ address: { city: 'Perth', country: 'AU' } })
    expect(made).toMatchObject({
      allowNegative: false,
      address: { city: 'Perth', country: 'AU' },
      version: 1,
    })
    expect((await places(made.id)).map((place) => place.code)).toEqual(['QUARANTINE', 'STOCK'])
    await app.api('POST', '/warehouses', { code: made.code, name: 'Again' }, { expect: 409 })
  })

  it('tells the stock room when it comes to allow negative stock', async () => {
    const { id } = await make()
    await app.api('PATCH', `/warehouses/${id}`, { name: 'West' })
    expect(app.allowNegativeChanges).toEqual([])
    await app.api('PATCH', `/warehouses/${id}`, { allowNegative: true }, { ifMatch: 2 })
    await app.api('PATCH', `/warehouses/${id}`, { allowNegative: true, name: 'Far west' })
    expect(app.allowNegativeChanges).toEqual([[id, true]])
    await app.api('PATCH', `/warehouses/${id}`, { name: 'x' }, { ifMatch: 1, expect: 412 })
  })

  it('with goods is neither deleted nor archived', async () => {
    const { id } = await make()
    const product = await app.api('POST', '/products', { sku: `WH-${n++}`, name: 'Thing' })
    await app.ownerDb.query(
      'insert into stock_levels (company_id, product_id, warehouse_id, on_hand, allow_negative) values ($1, $2, $3, 1, false)',
      [companyId, product.id, id],
    )
    expect((await app.api('DELETE', `/warehouses/${id}`, undefined, { expect: 409 })).code).toBe('in-use')
    expect((await app.api('POST', `/warehouses/${id}/archive`, undefined, { expect: 409 })).code).toBe(
      'not-empty',
    )
    await app.ownerDb.query('update stock_levels set on_hand = 0 where warehouse_id = $1', [id])
    expect(await app.api('POST', `/warehouses/${id}/archive`)).toMatchObject({ archived: true })
  })

  it('that is empty is deleted with its places, unless it is the last', async () => {
    const as = await app.newCompany()
    const [first] = (await app.api('GET', '/warehouses', undefined, { as })).items
    const second = await app.api('POST', '/warehouses', { code: 'B', name: 'B' }, { as })
    await app.api('POST', '/locations', { warehouseId: second.id, code: 'B-1' }, { as })
    await app.api('DELETE', `/warehouses/${second.id}`, undefined, { as, expect: 204 })
    for (const [method, path] of [
      ['DELETE', ''],
      ['POST', '/archive'],
    ] as const) {
      const refused = await app.api(method, `/warehouses/${first!.id}${path}`, undefined, { as, expect: 409 })
      expect(refused.code).toBe('last-warehouse')
    }
  })
})

describe('locations', () => {
  it('are a tree without rings', async () => {
    const { id: warehouseId } = await make()
    const add = (code: string, parentId?: string) =>
      app.api('POST', '/locations', { warehouseId, code, parentId })
    const aisle = await add('A')
    const rack = await add('A-1', aisle.id)
    const bin = await add('A-1-1', rack.id)
    expect(bin).toMatchObject({ parentId: rack.id, name: 'A-1-1', type: 'stock', isDefault: false })
    expect((await app.api('GET', `/locations?parentId=${aisle.id}`)).items.map((l) => l.code)).toEqual([
      'A-1',
    ])
    for (const parentId of [aisle.id, bin.id]) {
      const refused = await app.api('PATCH', `/locations/${aisle.id}`, { parentId }, { expect: 422 })
      expect(refused.code).toBe('location-ring')
    }
    expect((await app.api('DELETE', `/locations/${aisle.id}`, undefined, { expect: 409 })).uses).toEqual([
      { kind: 'inner-location', count: 1 },
    ])
    const other = await make()
    const body = { warehouseId: other.id, code: 'X', parentId: aisle.id }
    expect((await app.api('POST', '/locations', body, { expect: 422 })).code).toBe('unknown-location')
    await app.api('PATCH', `/locations/${rack.id}`, { parentId: null })
    await app.api('DELETE', `/locations/${aisle.id}`, undefined, { expect: 204 })
  })

  it('have one default of each type, which can move', async () => {
    const { id: warehouseId } = await make()
    const [quarantine, stock] = await places(warehouseId)
    const bin = await app.api('POST', '/locations', { warehouseId, code: 'BIN', isDefault: true })
    expect(await app.api('GET', `/locations/${stock!.id}`)).toMatchObject({ isDefault: false, version: 2 })
    await app.api('PATCH', `/locations/${stock!.id}`, { isDefault: true })
    expect(await app.api('GET', `/locations/${bin.id}`)).toMatchObject({ isDefault: false })
    for (const [method, path] of [
      ['DELETE', ''],
      ['POST', '/archive'],
    ] as const) {
      const refused = await app.api(method, `/locations/${quarantine!.id}${path}`, undefined, { expect: 409 })
      expect(refused.code).toBe('default-location')
    }
    await app.api('PATCH', `/locations/${stock!.id}`, { isDefault: false }, { expect: 409 })
    expect(await app.api('POST', `/locations/${bin.id}/archive`)).toMatchObject({ archived: true })
  })

  it('are read as far as they are needed', async () => {
    const { id: warehouseId } = await make()
    const bin = await app.api('POST', '/locations', { warehouseId, code: 'B1' })
    await app.api('POST', '/locations', { warehouseId, code: 'B2' })
    const [all, some, defaults] = await inTransaction(app.db, { companyId }, (tx) =>
      Promise.all([
        findLocations(tx, companyId, [warehouseId]),
        findLocations(tx, companyId, [warehouseId], [bin.id]),
        findLocations(tx, companyId, [warehouseId], []),
      ]),
    )
    expect([all, some, defaults].map((found) => found.get(warehouseId)!.byId.size)).toEqual([4, 3, 2])
  })
})

describe('lots', () => {
  it('are listed with what is on hand, and found by number', async () => {
    const { id: warehouseId } = await make()
    const [quarantine, stock] = await places(warehouseId)
    const product = await app.api('POST', '/products', { sku: `L-${n++}`, name: 'Milk', tracking: 'lot' })
    const [early, late] = [randomUUID(), randomUUID()]
    await app.ownerDb.query(
      `insert into lots (company_id, id, product_id, number, serial, expires_on, created_at)
       values ($1, $2, $4, 'L-100', false, '2026-12-01', now()), ($1, $3, $4, 'L-200', false, '2027-01-01', now())`,
      [companyId, early, late, product.id],
    )
    await app.ownerDb.query(
      `insert into stock_balances (company_id, product_id, warehouse_id, location_id, lot_id, quantity, serial, allow_negative)
       values ($1, $2, $3, $4, $6, 7.500, false, false), ($1, $2, $3, $5, $6, 2, false, false)`,
      [companyId, product.id, warehouseId, stock!.id, quarantine!.id, early],
    )
    const list = async (query: string) =>
      (await app.api('GET', `/lots?productId=${product.id}&${query}`)).items.map((lot) => [
        lot.number,
        lot.onHand,
      ])
    expect(await list('')).toEqual([
      ['L-100', '9.5'],
      ['L-200', '0'],
    ])
    expect(await list('inStock=true')).toEqual([['L-100', '9.5']])
    expect(await list('inStock=false')).toEqual([['L-200', '0']])
    expect(await list(`warehouseId=${warehouseId}`)).toEqual([['L-100', '9.5']])
    expect(await list('expiresBefore=2027-01-01&sort=-expiresOn')).toEqual([['L-100', '9.5']])
    expect(await list('q=l-2')).toEqual([['L-200', '0']])
    expect(await app.api('GET', `/lots/count?productId=${product.id}`)).toEqual({ count: 2, capped: false })
    const changed = await app.api('PATCH', `/lots/${late}`, { expiresOn: '2027-02-01', notes: 'New label' })
    expect(changed).toMatchObject({
      expiresOn: '2027-02-01',
      notes: 'New label',
      version: 2,
      sku: product.sku,
    })
    const [byId, byNumber] = await inTransaction(app.db, { companyId }, (tx) =>
      Promise.all([
        findLots(tx, companyId, [early, randomUUID()]),
        findLotsByNumber(tx, companyId, [
          { productId: product.id, number: 'L-200' },
          { productId: product.id, number: 'L-300' },
          { productId: product.id, number: 'L-200' },
        ]),
      ]),
    )
    expect([...byId.keys()]).toEqual([early])
    expect(byNumber.map((lot) => lot.id)).toEqual([late])
  })
})
