import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decimal, sum } from '../../src/kernel/decimal.ts'
import { dynamic, sql } from '../../src/kernel/sql.ts'
import { inTransaction } from '../../src/kernel/transaction.ts'
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

  it('finds its own by number, count and reference, in lists and in the palette; what is of others is not found', async () => {
    const drafted = await shop.api('POST', '/sales-orders', {
      partyId: otherId,
      reference: 'Świerk 7',
      lines: [{ description: 'Service', quantity: '1', unit: 'pcs', unitPrice: '1.00' }],
    })
    const order = await shop.api('POST', `/sales-orders/${drafted.id}/confirm`)
    const countOf = (document: Answered): string => document.number!.slice(-4)
    for (const as of logins) {
      const palette = async (q: string) =>
        (await shop.api('GET', `/search?q=${encodeURIComponent(q)}`, undefined, { as })).items.map(
          ({ label }) => label,
        )
      for (const document of [...own, ...foreign, order]) {
        // The digits at the end are enough, so the number of an order finds the invoice of the same count.
        const hits = own.filter((invoice) => countOf(invoice) === countOf(document))
        for (const q of [document.number!, countOf(document)]) {
          expect(await list(as, `?q=${q}`)).toMatchObject(hits.map(({ id }) => ({ id })))
          for (const [path, count] of [
            ['/invoices', hits.length],
            ['/sales-orders', 0],
            ['/delivery-notes', 0],
          ] as const)
            expect(await shop.api('GET', `${path}/count?q=${q}`, undefined, { as })).toMatchObject({ count })
          expect([q, await palette(q)]).toEqual([q, hits.map(({ number }) => number)])
        }
      }
      expect(await palette('INV')).toEqual(own.map(({ number }) => number).toReversed())
      for (const q of ['SO', 'Świerk', 'Service']) expect([q, await palette(q)]).toEqual([q, []])
    }
  })

  it('is shown by the database how far its company’s numbers have come, and nothing more for the search', async () => {
    await shop.newCompany()
    const scope = { companyId: shop.company.id, partyId: shop.customerId }
    const ask = (text: string) =>
      inTransaction(shop.db, scope, (tx) =>
        tx.all(dynamic({ found: 'text?' }, sql([text] as never)), undefined),
      )
    const counters = await ask('select distinct company_id::text as found from number_counters')
    expect(counters).toEqual([{ found: shop.company.id }])
    for (const forbidden of [
      'select kind as found from number_counters',
      'select pattern as found from number_series',
      `select document_ids('invoices', null, null, '%', null, null, null, 9)::text as found`,
    ])
      await expect(ask(forbidden)).rejects.toThrow('permission denied')
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
