import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decimal, sum } from '../../src/kernel/decimal.ts'
import type { Answered } from '../support/api.ts'
import type { Caller } from '../support/companies.ts'
import { type Shop, openShop } from '../support/shop.ts'

describe('S39 A customer login sees its own documents only', () => {
  let shop: Shop
  let own: Answered[]
  let foreign: Answered[]
  let otherId: string
  /** The same customer signed in with a password, and by API token. */
  let logins: Caller[]

  beforeAll(async () => {
    shop = await openShop()
    otherId = await shop.customer('C2')
    const third = await shop.customer('C3')
    const invoice = async (partyId: string, unitPrice: string): Promise<Answered> => {
      const lines = [{ description: 'Service', quantity: '1', unit: 'pcs', unitPrice }]
      const draft = await shop.api('POST', '/invoices', { partyId, currency: 'USD', lines })
      return shop.api('POST', `/invoices/${draft.id}/post`)
    }
    own = [await invoice(shop.customerId, '10.00'), await invoice(shop.customerId, '20.00')]
    foreign = [
      await invoice(otherId, '100.00'),
      await invoice(otherId, '200.00'),
      await invoice(third, '400.00'),
    ]
    logins = [
      await shop.sessionAs('customer', { partyId: shop.customerId }),
      await shop.signInAs('customer', { partyId: shop.customerId }),
    ]
  })
  afterAll(() => shop.close())

  const list = async (as: Caller, query: string): Promise<readonly Answered[]> =>
    (await shop.api('GET', `/invoices${query}`, undefined, { as })).items
  const total = (invoices: readonly Answered[]): string =>
    sum(invoices.map((invoice) => decimal(invoice.totals.gross))).toFixed(2)

  it('lists 2 rows and 30.00, with and without filters, sorted, paged and counted; none of C2', async () => {
    for (const as of logins) {
      const queries = ['', '?q=', '?sort=date', '?sort=-date', `?partyId=${shop.customerId}`, '?limit=200']
      for (const query of queries) {
        const rows = await list(as, query)
        expect([query, rows.length, total(rows)]).toEqual([query, 2, '30.00'])
      }
      expect(await list(as, `?partyId=${otherId}`)).toEqual([])
      const first = await shop.api('GET', '/invoices?limit=1', undefined, { as })
      const second = await shop.api('GET', `/invoices?limit=1&cursor=${first.nextCursor}`, undefined, { as })
      expect(second.nextCursor).toBeNull()
      expect(total([...first.items, ...second.items])).toBe('30.00')
      expect(await shop.api('GET', '/invoices/count', undefined, { as })).toMatchObject({ count: 2 })
    }
  })

  it('exports its own rows only', async () => {
    const columns = ['number', 'totals.gross'].map((path) => ({ path, title: path, words: {} }))
    for (const as of logins) {
      for (const search of ['', 'limit=200', `partyId=${otherId}`]) {
        const asked = {
          list: 'invoices',
          format: 'csv',
          name: 'mine',
          search,
          columns: JSON.stringify(columns),
        }
        const path = `/exports?${new URLSearchParams(asked).toString()}`
        const file = await fetch(`${shop.base}/api/v1${path}`, { headers: as.headers })
        expect(file.status).toBe(200)
        const [, ...rows] = (await file.text()).trim().split('\r\n')
        const expected = search.startsWith('partyId')
          ? []
          : own.map(({ number, totals }) => `${number},${totals.gross}`)
        expect(rows.toSorted()).toEqual(expected.toSorted())
      }
    }
  })

  it('reads its own; another customer’s is not found, by address and by API token', async () => {
    for (const as of logins) {
      for (const { id } of own) await shop.api('GET', `/invoices/${id}`, undefined, { as })
      for (const { id } of foreign) {
        const answer = await shop.send('GET', `/invoices/${id}`, undefined, { as })
        expect([answer.status, answer.json.code]).toEqual([404, 'not-found'])
      }
    }
  })

  it('does not see drafts, nor what its own documents give away of the company', async () => {
    const draft = await shop.api('POST', '/invoices', {
      partyId: shop.customerId,
      currency: 'USD',
      lines: [{ description: 'Draft', quantity: '1', unit: 'pcs', unitPrice: '1.00' }],
    })
    for (const as of logins) {
      await shop.api('GET', `/invoices/${draft.id}`, undefined, { as, expect: 404 })
      expect(await list(as, '?state=draft')).toEqual([])
    }
  })

  it('has no picker of people, parties, products or stock', async () => {
    for (const as of logins) {
      for (const path of [
        '/users',
        '/parties',
        `/parties/${otherId}`,
        '/products',
        '/stock/levels',
        '/audit',
      ]) {
        await shop.api('GET', path, undefined, { as, expect: 403 })
      }
    }
  })

  it('knows who it is, and cannot change anything', async () => {
    for (const as of logins) {
      const me = await shop.api('GET', '/me', undefined, { as })
      expect(me).toMatchObject({ role: 'customer', partyId: shop.customerId })
      expect((await shop.api('GET', '/companies', undefined, { as })).items).toHaveLength(1)
      await shop.api('POST', '/companies', { name: 'X', currency: 'EUR' }, { as, expect: 403 })
      await shop.api('POST', `/invoices/${own[0]!.id}/cancel`, undefined, { as, expect: 403 })
    }
  })
})
