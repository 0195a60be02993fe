import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CatalogueApp, startCatalogue } from './start.ts'

let app: CatalogueApp
beforeAll(async () => {
  app = await startCatalogue()
})
afterAll(() => app.close())

it('finds products by the very sku, barcode of product or unit, and code of the vendor asked for', async () => {
  const vendor = await app.api('POST', '/parties', { name: 'V', roles: ['vendor'] })
  const make = (body: object) => app.api('POST', '/products', { name: 'Mug', ...body })
  const mug = await make({
    sku: 'M-1',
    barcode: '5001',
    units: [{ unit: 'box', numerator: 12, barcode: '5012' }],
  })
  const cup = await make({
    sku: 'M-2',
    barcode: 'M-1',
    vendors: [{ partyId: vendor.id, code: 'X9', unit: null }],
  })
  const gone = await make({ sku: 'M-3', barcode: '5003' })
  await app.api('POST', `/products/${gone.id}/archive`)
  const codes = ['M-1', '5001', '5012', 'X9', 'M-3', 'm-1', 'M']
  const answer = await app.api('POST', '/products/match', { codes, partyId: vendor.id })
  const found = (answer as unknown as { matches: { code: string; productId: string }[] }).matches
  expect(found.sort((a, b) => a.code.localeCompare(b.code))).toEqual([
    { code: '5001', productId: mug.id, unit: 'pcs', by: 'barcode' },
    { code: '5012', productId: mug.id, unit: 'box', by: 'barcode' },
    { code: 'M-1', productId: mug.id, unit: 'pcs', by: 'sku' },
    { code: 'X9', productId: cup.id, unit: 'pcs', by: 'vendor-code' },
  ])
  expect(answer['products']).toHaveLength(2)
  const without = await app.api('POST', '/products/match', { codes: ['X9'] })
  expect(without).toEqual({ matches: [], products: [] })
})

it('finds nothing of another company', async () => {
  await app.api('POST', '/products', { sku: 'OURS', name: 'Ours' })
  const as = await app.newCompany()
  expect(await app.api('POST', '/products/match', { codes: ['OURS'] }, { as })).toEqual({
    matches: [],
    products: [],
  })
})
