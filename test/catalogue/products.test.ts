import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CatalogueApp, startCatalogue } from './start.ts'

let app: CatalogueApp
beforeAll(async () => {
  app = await startCatalogue()
})
afterAll(() => app.close())

let n = 0
const make = (more: object = {}) =>
  app.api('POST', '/products', { sku: `P-${n++}`, name: 'Blue mug', ...more })

/** A draft of the documents that use a product, as the rooms above would write it. */
async function orderOf(productId: string, unit = 'pcs') {
  const { id: partyId } = await app.api('POST', '/parties', { name: 'Anna', roles: ['customer'] })
  const { id: warehouseId } = await app.api('POST', '/warehouses', { code: `W${n++}`, name: 'W' })
  const [companyId, orderId] = [app.company.id, randomUUID()]
  await app.ownerDb.query(
    `insert into orders (company_id, id, kind, state, party_id, party, warehouse_id, currency, exchange_rate, minor_digits,
       prices_include_tax, tax_rounding, date, payment_term_days, net, tax, gross, taxes, created_at, created_by)
     values ($1, $2, 'sales-order', 'draft', $3, '{}', $4, 'USD', 1, 2, false, 'document', '2026-11-24', 30, 10, 0, 10, '[]', now(), 'test')`,
    [companyId, orderId, partyId, warehouseId],
  )
  await app.ownerDb.query(
    `insert into order_lines (company_id, id, order_id, kind, position, product_id, stocked, description, unit, quantity,
       base_quantity, unit_price, taxes, amount, net, tax)
     values ($1, $2, $3, 'sales-order', 1, $4, true, 'Blue mug', $5, 1, 1, 10, '[]', 10, 10, 0)`,
    [companyId, randomUUID(), orderId, productId, unit],
  )
  return { partyId, warehouseId, orderId }
}

describe('a product', () => {
  it('needs a SKU and a name only', async () => {
    const made = await app.api('POST', '/products', { sku: ' MUG ', name: ' Blue mug ' })
    expect(made).toMatchObject({
      sku: 'MUG',
      name: 'Blue mug',
      type: 'stocked',
      tracking: 'none',
      valuation: 'average',
      unit: 'pcs',
      salesPrice: null,
      taxIds: [],
      units: [],
      vendors: [],
      archived: false,
      version: 1,
    })
    expect(await app.api('GET', `/products/${made.id}`)).toEqual(made)
  })

  it('keeps everything that was entered, prices to the digit', async () => {
    const tax = await app.api('POST', '/taxes', { name: 'VAT 23 %', rate: '23' })
    const vendor = await app.api('POST', '/parties', { name: 'V', roles: ['vendor'], currency: 'EUR' })
    const entered = {
      sku: 'FULL',
      name: 'Full product',
      description: 'All of it',
      type: 'stocked',
      tracking: 'lot',
      valuation: 'fifo',
      unit: 'kg',
      barcode: '590123',
      category: 'Food',
      salesPrice: '12.50',
      purchasePrice: '0.123456',
      taxIds: [tax.id],
      purchaseTaxIds: [tax.id],
      weight: '1.0',
      tolerancePercent: '2',
      notes: 'Keep cool',
      units: [
        { unit: 'g', numerator: 1, denominator: 1000, barcode: null },
        { unit: 'sack', numerator: 25, denominator: 1, barcode: '590124' },
      ],
      vendors: [
        {
          partyId: vendor.id,
          code: 'V-1',
          name: 'Flour',
          price: '250.00',
          currency: 'EUR',
          unit: 'sack',
          minimumQuantity: '2',
          leadTimeDays: 7,
          preferred: true,
        },
      ],
    }
    expect(await app.api('POST', '/products', entered)).toMatchObject(entered)
  })

  it("takes a vendor's currency for a price without one", async () => {
    const vendor = await app.api('POST', '/parties', { name: 'V', roles: ['vendor'], currency: 'EUR' })
    const made = await make({ vendors: [{ partyId: vendor.id, price: '5' }] })
    expect(made.vendors).toMatchObject([{ price: '5', currency: 'EUR' }])
  })

  it.each([
    [{ type: 'service', tracking: 'lot' }, 'service-not-tracked', '/tracking'],
    [{ units: [{ unit: 'pcs', numerator: 2 }] }, 'unit-twice', '/units/0/unit'],
    [
      {
        units: [
          { unit: 'box', numerator: 2 },
          { unit: 'box', numerator: 3 },
        ],
      },
      'unit-twice',
      '/units/1/unit',
    ],
    [{ taxIds: [randomUUID()] }, 'unknown-tax', '/taxIds/0'],
    [{ vendors: [{ partyId: randomUUID() }] }, 'unknown-party', '/vendors/0/partyId'],
    [{ vendors: [{ partyId: randomUUID(), unit: 'crate' }] }, 'unknown-unit', '/vendors/0/unit'],
    [{ name: '  ' }, 'empty-text', '/name'],
    [{ tolerancePercent: '1000.1' }, 'tolerance-too-big', '/tolerancePercent'],
  ])('is refused with %j', async (fields, code, pointer) => {
    const refused = await app.api(
      'POST',
      '/products',
      { sku: `R-${n++}`, name: 'N', ...fields },
      { expect: 422 },
    )
    expect(refused.code).toBe(code)
    expect(refused.errors[0]!.pointer).toBe(pointer)
  })

  it('does not buy from a customer', async () => {
    const customer = await app.api('POST', '/parties', { name: 'C', roles: ['customer'] })
    const body = { sku: 'X', name: 'X', vendors: [{ partyId: customer.id }] }
    expect((await app.api('POST', '/products', body, { expect: 422 })).code).toBe('not-a-vendor')
  })

  it('has a SKU of its own', async () => {
    const { sku } = await make()
    const refused = await app.api('POST', '/products', { sku, name: 'Another' }, { expect: 409 })
    expect(refused.errors[0]!.pointer).toBe('/sku')
  })

  it('is changed by field, with its version', async () => {
    const made = await make({ units: [{ unit: 'box', numerator: 12 }], salesPrice: '3' })
    const renamed = await app.api('PATCH', `/products/${made.id}`, { name: 'Navy mug' }, { ifMatch: 1 })
    expect(renamed).toMatchObject({ name: 'Navy mug', salesPrice: '3', version: 2, units: made.units })
    const stale = await app.api(
      'PATCH',
      `/products/${made.id}`,
      { name: 'Red mug' },
      { ifMatch: 1, expect: 412 },
    )
    expect(stale.version).toBe(2)
    const same = await app.api('PATCH', `/products/${made.id}`, { name: 'Navy mug' })
    expect(same.version).toBe(2)
    const { rows } = await app.ownerDb.query(
      'select type, before, after from events where object_id = $1 order by id',
      [made.id],
    )
    expect(rows.map((row) => row.type)).toEqual(['product.created', 'product.changed'])
    expect(rows[1]).toMatchObject({ before: { name: 'Blue mug' }, after: { name: 'Navy mug' } })
  })

  it('is not seen by another company, nor are its taxes (R17)', async () => {
    const made = await make()
    const tax = await app.api('POST', '/taxes', { name: 'Ours', rate: '5' })
    const stranger = await app.newCompany()
    const as = { as: stranger, expect: 404 }
    await app.api('GET', `/products/${made.id}`, undefined, as)
    await app.api('PATCH', `/products/${made.id}`, { name: 'Mine' }, as)
    await app.api('DELETE', `/products/${made.id}`, undefined, as)
    await app.api('POST', `/products/${made.id}/archive`, undefined, as)
    const list = await app.api('GET', '/products?archived=all&q=mug', undefined, { as: stranger })
    expect(list.items).toEqual([])
    await app.api(
      'POST',
      '/products',
      { sku: 'A', name: 'A', taxIds: [tax.id] },
      { as: stranger, expect: 422 },
    )
  })
})

describe('the list of products', () => {
  it('filters by SKU, barcode of the product or a unit, category, type and vendor', async () => {
    const vendor = await app.api('POST', '/parties', { name: 'V', roles: ['vendor'] })
    const cup = await make({ sku: 'CUP', barcode: '4001', category: 'Cups' })
    const box = await make({ sku: 'BOX', units: [{ unit: 'box', numerator: 6, barcode: '4002' }] })
    const work = await make({ sku: 'WORK', type: 'service', vendors: [{ partyId: vendor.id }] })
    const found = async (query: string) => (await app.api('GET', `/products?${query}`)).items.map((p) => p.id)
    expect(await found('sku=CUP')).toEqual([cup.id])
    expect(await found('sku=cup')).toEqual([])
    expect(await found('barcode=4001')).toEqual([cup.id])
    expect(await found('barcode=4002')).toEqual([box.id])
    expect(await found('category=Cups')).toEqual([cup.id])
    expect(await found('type=service')).toEqual([work.id])
    expect(await found(`vendorId=${vendor.id}`)).toEqual([work.id])
    expect(await found('q=4002')).toEqual([box.id])
  })

  it.each([
    'name',
    '-name',
    'sku',
    '-sku',
    'salesPrice',
    '-salesPrice',
    'category',
    '-createdAt',
    'id',
    '-id',
  ])('by %s shows every product once, page by page', async (sort) => {
    const as = await app.newCompany()
    for (let i = 0; i < 7; i++) {
      const body = { sku: `K-${i}`, name: `Item ${i % 3}`, salesPrice: i % 2 ? `${i}.50` : null }
      await app.api('POST', '/products', body, { as })
    }
    const whole = await app.api('GET', `/products?sort=${sort}`, undefined, { as })
    expect(whole.items).toHaveLength(7)
    const paged: string[] = []
    let cursor = ''
    for (let pages = 0; pages < 4; pages++) {
      const page = await app.api('GET', `/products?sort=${sort}&limit=2${cursor}`, undefined, { as })
      paged.push(...page.items.map((item) => item.id))
      cursor = `&cursor=${page.nextCursor}`
    }
    expect(paged).toEqual(whole.items.map((item) => item.id))
  })
})

describe('a product that documents use', () => {
  it('cannot be deleted but archived (S32)', async () => {
    const { id } = await make({ name: 'Used mug' })
    await orderOf(id)
    await orderOf(id)
    const refused = await app.api('DELETE', `/products/${id}`, undefined, { expect: 409 })
    expect(refused.code).toBe('in-use')
    expect(refused.uses).toEqual([{ kind: 'sales-order', count: 2 }])
    expect(refused.detail).toMatch(/used by 2 sales orders\. Archive it instead/)
    const archived = await app.api('POST', `/products/${id}/archive`)
    expect(archived).toMatchObject({ archived: true, version: 2 })
    expect((await app.api('POST', `/products/${id}/archive`)).version).toBe(2)
    const names = async (query: string) =>
      (await app.api('GET', `/products?q=used&${query}`)).items.map((p) => p.id)
    expect(await names('')).toEqual([])
    expect(await names('archived=true')).toEqual([id])
    expect(await names('archived=all')).toEqual([id])
    expect(await app.api('POST', `/products/${id}/unarchive`)).toMatchObject({ archived: false })
  })

  it('keeps its unit, type and tracking', async () => {
    const { id } = await make()
    await orderOf(id)
    for (const change of [{ unit: 'kg' }, { type: 'service' }, { tracking: 'lot' }]) {
      const refused = await app.api('PATCH', `/products/${id}`, change, { expect: 409 })
      expect(refused.errors[0]!.pointer).toBe(`/${Object.keys(change)[0]}`)
    }
    await app.api('PATCH', `/products/${id}`, { valuation: 'fifo', name: 'Still free' })
  })

  it('keeps the units that price books have prices of', async () => {
    const { id } = await make({ units: [{ unit: 'box', numerator: 12 }] })
    await app.api('POST', '/price-books', {
      name: 'Boxes',
      currency: 'USD',
      entries: [{ productId: id, unit: 'box', price: '10' }],
    })
    expect(
      (await app.api('PATCH', `/products/${id}`, { units: [] }, { expect: 409 })).errors[0]!.pointer,
    ).toBe('/units')
    const refused = await app.api('DELETE', `/products/${id}`, undefined, { expect: 409 })
    expect(refused.uses).toEqual([{ kind: 'price-book', count: 1 }])
  })

  it('and one that nothing uses is deleted', async () => {
    const { id } = await make({ units: [{ unit: 'box', numerator: 12 }] })
    await app.api('DELETE', `/products/${id}`, undefined, { ifMatch: 7, expect: 412 })
    await app.api('DELETE', `/products/${id}`, undefined, { expect: 204 })
    await app.api('GET', `/products/${id}`, undefined, { expect: 404 })
  })
})
