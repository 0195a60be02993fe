import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Shop, openShop } from '../support/shop.ts'

/** What stands in tables, headers of mails and names of files has no line break; what people write at length has. */
describe('a field of one line', () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await openShop()
  })
  afterAll(() => shop.close())

  it.each<[string, string, string, object]>([
    ['a number', 'PATCH', '/number-series/credit-note', { pattern: 'CN\n{####}' }],
    ['the sender of mails', 'PATCH', '/mail-settings', { fromName: 'Zapas\r\nBcc: everybody@zapas.example' }],
    ['a company', 'PATCH', '/company', { name: 'Acme\u2028Ltd' }],
    ['a party', 'POST', '/parties', { name: 'Acme\nLtd', roles: ['customer'] }],
    ['a code', 'POST', '/products', { sku: 'A\u00851', name: 'A', type: 'service', unit: 'h' }],
    ['a person', 'POST', '/users', { name: 'Ann\nLee', email: 'ann@zapas.example', role: 'sales' }],
  ])('is refused with a line break: %s', async (_, method, path, body) => {
    const { status, json } = await shop.send(method, path, body)
    expect([status, json.code]).toEqual([400, 'invalid-request'])
    expect(json['detail']).toMatch(/^\/(?:pattern|fromName|name|sku) must be one line of text/)
  })

  it('is not what is written at length: notes, an address, the name of a product (S35)', async () => {
    const address = { type: 'billing', line1: 'c/o Ann\nMain Road 1', city: 'Leeds' }
    const party = { name: 'Ann', roles: ['customer'], notes: 'one\ntwo', addresses: [address] }
    expect(await shop.api('POST', '/parties', party)).toMatchObject({ notes: 'one\ntwo' })
    const product = { sku: 'B', name: 'Bolt; M8\nzinc', type: 'service', unit: 'h' }
    expect(await shop.api('POST', '/products', product)).toMatchObject({ name: 'Bolt; M8\nzinc' })
  })
})
