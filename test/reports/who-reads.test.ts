import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { permissionsOf } from '../../src/permissions.ts'
import { type Shop, openShop } from '../support/shop.ts'

/** A report shows no more than the documents that it is made of. */
describe('who reads a report', () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await openShop()
  })
  afterAll(() => shop.close())

  const reports = [
    '/reports/sales',
    '/reports/purchases',
    '/reports/taxes',
    '/reports/stock-value',
    '/sales-by-month',
  ]
  const files = reports.slice(0, -1).map((path) => `${path}/file`)

  it.each<[string, string | null, string[]]>([
    ['all of them, whoever reads all', null, []],
    [
      'no sales, who is denied invoices',
      'invoice:read',
      ['/reports/sales', '/reports/taxes', '/sales-by-month'],
    ],
    [
      'no sales, who is denied credit notes',
      'credit-note:read',
      ['/reports/sales', '/reports/taxes', '/sales-by-month'],
    ],
    [
      'no purchases, who is denied vendor credits',
      'vendor-credit:read',
      ['/reports/purchases', '/reports/taxes'],
    ],
    ['no money in and out, who is denied payments', 'payment:read', ['/sales-by-month']],
    [
      'no costs, who is denied bills',
      'bill:read',
      ['/reports/sales', '/reports/purchases', '/reports/taxes', '/sales-by-month'],
    ],
  ])('is %s', async (_, denied, refused) => {
    const permissions = [...permissionsOf.viewer].filter((each) => each !== denied)
    const { key } = await shop.api('POST', '/api-keys', { name: 'Figures', role: 'viewer', permissions })
    const as = { ...shop.owner, headers: { authorization: `Bearer ${String(key)}` } }
    const answers = await Promise.all(
      [...reports, ...files].map(async (path) => [
        path,
        (await shop.send('GET', path, undefined, { as })).status,
      ]),
    )
    const expected = [...reports, ...files].map((path) => [
      path,
      refused.includes(path.replace('/file', '')) ? 403 : 200,
    ])
    expect(answers).toEqual(expected)
  })

  it('is what the stock is worth, who keeps the warehouse, as the levels say it', async () => {
    const productId = await shop.product()
    await shop.stock(productId, '4')
    const as = await shop.signInAs('warehouse')
    const read = async (path: string) => (await shop.send('GET', path, undefined, { as })).json
    const { totals } = (await read('/reports/stock-value')) as unknown as { totals: { value: string } }
    expect((await read('/stock/value'))['value']).toBe(totals.value)
    expect((await shop.send('GET', '/reports/stock-value/file', undefined, { as })).status).toBe(200)
  })
})
