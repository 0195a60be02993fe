import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setClock } from '../../src/kernel/clock.ts'
import { inTransaction } from '../../src/kernel/transaction.ts'
import { sql, statement } from '../../src/kernel/sql.ts'
import type { Answered } from '../support/api.ts'
import { type Shop, openShop } from '../support/shop.ts'

const stranger = { as: null } as const

let shop: Shop
let otherId: string
let own: Answered
let second: Answered
let foreign: Answered
beforeAll(async () => {
  shop = await openShop()
  otherId = await shop.customer('Rival')
  own = await invoice(shop.customerId, '100.00')
  second = await invoice(shop.customerId, '20.00')
  foreign = await invoice(otherId, '400.00')
  // With a webhook, what a customer does is queued for it as well.
  const webhook = { name: 'Shop', url: 'https://shop.example.com/', events: ['*'] }
  await shop.api('POST', '/webhooks', webhook)
})
afterAll(() => shop.close())

async function invoice(partyId: string, unitPrice: string): Promise<Answered> {
  const lines = [{ description: 'Service', quantity: '1', unit: 'pcs', unitPrice }]
  const draft = await shop.api('POST', '/invoices', { partyId, currency: 'USD', lines })
  return shop.api('POST', `/invoices/${draft.id}/post`)
}

async function linkTo(body: object): Promise<{ id: string; token: string }> {
  const made = await shop.api('POST', '/portal-links', body)
  return { id: made.id, token: /\/p\/([\w-]{43})$/.exec(made.url as string)![1]! }
}
const toInvoice = (id: string) => linkTo({ documentKind: 'invoice', documentId: id })

const get = (token: string, path = '') => shop.send('GET', `/portal/${token}${path}`, undefined, stranger)
const post = (token: string, path: string, body: object, key?: string | null) =>
  shop.send('POST', `/portal/${token}${path}`, body, { ...stranger, ...(key !== undefined && { key }) })

describe('a link to a document', () => {
  it('shows that document, as it is printed, to whoever has it, and nothing else (S39)', async () => {
    const { token } = await toInvoice(own.id)
    const seen = await get(token)
    expect(seen.status).toBe(200)
    expect(seen.json).toMatchObject({
      customer: 'Premium Computers',
      document: { id: own.id, kind: 'invoice' },
      openItems: [{ id: own.id, openAmount: '100' }],
      pay: { stripe: false, test: false },
    })
    expect(seen.headers.get('referrer-policy')).toBe('no-referrer')
    expect(seen.headers.get('x-robots-tag')).toBe('noindex, nofollow')
    expect(seen.headers.get('cache-control')).toBe('no-store')
    const document = await get(token, `/documents/${own.id}`)
    expect(document.json).toMatchObject({ number: own.number, status: 'open', openAmount: '100' })
    expect(document.text).not.toMatch(/cost|createdBy|exchangeRate|partyId|warehouse/)
    const pdf = await get(token, `/documents/${own.id}/pdf`)
    expect([pdf.status, pdf.text.slice(0, 5)]).toEqual([200, '%PDF-'])
    for (const { id } of [second, foreign]) {
      for (const path of ['', '/pdf', '/bank'])
        expect((await get(token, `/documents/${id}${path}`)).status).toBe(404)
      for (const [path, body] of [
        ['/disputes', { text: 'Mine?' }],
        ['/acceptance', { name: 'Me' }],
      ] as const)
        expect((await post(token, `/documents/${id}${path}`, body)).status).toBe(404)
      const pay = await post(token, '/payments', { provider: 'test', documents: [{ id }] })
      expect(pay.status).toBe(404)
    }
    expect((await get(token, '/statement/pdf')).status).toBe(404)
    // It is no sign-in.
    const headers = { authorization: `Bearer ${token}` }
    expect((await shop.send('GET', '/invoices', undefined, { ...stranger, headers })).status).toBe(401)
  })

  it('shows discounts as they are printed, so that quantity and price come to the amount', async () => {
    const lines = [
      { description: 'Lamp', quantity: '1', unitPrice: '99.99' },
      { description: 'Shade', quantity: '2', unitPrice: '5.00', discountPercent: '20' },
    ]
    const draft = await shop.api('POST', '/sales-orders', {
      partyId: await shop.customer('Bargain hunter'),
      warehouseId: shop.warehouseId,
      discountPercent: '3',
      lines,
    })
    const order = await shop.api('POST', `/sales-orders/${draft.id}/confirm`)
    const made = await shop.api('POST', `/sales-orders/${order.id}/invoices`)
    const bill = await shop.api('POST', `/invoices/${made.id}/post`)
    const ofOrder = await linkTo({ documentKind: 'sales-order', documentId: order.id })
    expect((await get(ofOrder.token, `/documents/${order.id}`)).json).toMatchObject({
      discount: { before: '107.99', percent: '3', amount: '3.24' },
      net: '104.75',
      lines: [
        { unitPrice: '99.99', discountPercent: '0', discount: null, amount: '99.99' },
        { unitPrice: '5', discountPercent: '20', discount: null, amount: '8' },
      ],
    })
    const { token } = await toInvoice(bill.id)
    expect((await get(token, `/documents/${bill.id}`)).json).toMatchObject({
      discount: null,
      net: '104.75',
      lines: [
        { unitPrice: '99.99', discountPercent: '3', discount: null, amount: '96.99' },
        { unitPrice: '5', discountPercent: '22.4', discount: null, amount: '7.76' },
      ],
    })
  })

  it('is bound by the database, whatever is asked of it there', async () => {
    const count = statement(
      null as unknown as string,
      { invoices: 'int', payments: 'int', parties: 'int', events: 'int', links: 'int' },
      () => sql`select (select count(*) from invoices)::int as invoices, (select count(*) from payments)::int as payments,
        (select count(*) from parties)::int as parties, (select count(*) from events)::int as events,
        (select count(*) from orders)::int as links`,
    )
    const { id } = await toInvoice(own.id)
    const scope = { companyId: shop.company.id, partyId: shop.customerId }
    const seen = (documents: string[] | null) =>
      inTransaction(shop.db, { ...scope, link: { id, documents } }, (tx) => tx.one(count, undefined))
    expect(await seen([own.id])).toEqual({ invoices: 1, payments: 0, parties: 1, events: 0, links: 0 })
    expect(await seen([foreign.id])).toMatchObject({ invoices: 0 })
    expect(await seen(null)).toMatchObject({ invoices: 2, parties: 1 })
    for (const forbidden of [
      'portal_links',
      'portal_uses',
      'online_payment_events',
      'online_refunds',
      'webhooks',
      'users',
    ]) {
      const read = statement(null as unknown as string, {}, () =>
        sql([`select 1 from ${forbidden}`] as never),
      )
      await expect(
        inTransaction(shop.db, { ...scope, link: { id, documents: null } }, (tx) => tx.all(read, undefined)),
      ).rejects.toThrow(/permission denied|does not exist/)
    }
    const keys = statement(
      null as unknown as string,
      {},
      () => sql`select stripe_key from online_payment_settings`,
    )
    await expect(
      inTransaction(shop.db, { ...scope, link: { id, documents: null } }, (tx) => tx.all(keys, undefined)),
    ).rejects.toThrow('permission denied')
  })

  it('is over when it expires or is revoked, and then no other than one that never was', async () => {
    const made = await linkTo({ documentKind: 'invoice', documentId: own.id, days: 2 })
    expect((await get(made.token)).status).toBe(200)
    const never = await get('x'.repeat(43))
    const plain = ({ json }: { json: Answered }) => ({ ...json, requestId: '' })
    setClock(() => new Date(Date.now() + 3 * 86_400_000))
    const over = await get(made.token)
    setClock(null)
    expect([over.status, plain(over)]).toEqual([404, plain(never)])
    const revoked = await toInvoice(own.id)
    await shop.api('POST', `/portal-links/${revoked.id}/revoke`)
    await shop.api('POST', `/portal-links/${revoked.id}/revoke`)
    expect(plain(await get(revoked.token))).toEqual(plain(never))
    expect(plain(await get('short'))).toEqual(plain(never))
  })

  it('is kept as a hash only, and every use is noted', async () => {
    const { id, token } = await toInvoice(second.id)
    await get(token)
    await get(token)
    await get(token, `/documents/${second.id}/pdf`)
    const { rows } = await shop.ownerDb.query('select * from portal_links where id = $1', [id])
    expect(JSON.stringify(rows)).not.toContain(token)
    const { items } = await shop.api('GET', `/portal-links/${id}/uses`)
    expect(items.map((use) => [use.action, use.times, use.address])).toEqual(
      expect.arrayContaining([
        ['opened', 2, '127.0.0.0'],
        ['downloaded', 1, '127.0.0.0'],
      ]),
    )
    const listed = await shop.api('GET', `/portal-links?documentId=${second.id}`)
    expect(listed.items[0]).toMatchObject({ id, uses: 3 })
    const history = await shop.api('GET', `/audit?objectId=${second.id}`)
    expect(history.items.map((each) => each.type)).toEqual(
      expect.arrayContaining(['invoice.link-made', 'invoice.link-opened', 'invoice.link-downloaded']),
    )
  })

  it('notes what was done by it, not what was refused or only asked once more', async () => {
    const { id, token } = await toInvoice(second.id)
    const uses = async () =>
      (await shop.api('GET', `/portal-links/${id}/uses`)).items.map(({ action, times }) => [action, times])
    const refused = [
      await get(token, `/documents/${foreign.id}`),
      await get(token, `/documents/${foreign.id}/pdf`),
      await post(token, `/documents/${second.id}/acceptance`, { name: 'Me' }),
      await post(token, `/documents/${second.id}/disputes`, { text: '  ' }),
      await post(token, '/payments', { provider: 'test', documents: [{ id: foreign.id }] }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 409, 422, 404])
    expect(await uses()).toEqual([])
    const headers = { 'idempotency-key': 'the-very-same-dispute' }
    for (const replayed of [null, 'true']) {
      const path = `/portal/${token}/documents/${second.id}/disputes`
      const answer = await shop.send('POST', path, { text: 'Too much' }, { ...stranger, headers })
      expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([200, replayed])
    }
    expect(await uses()).toEqual([['disputed', 1]])
  })

  it('is not made for a draft, by another company, nor by whoever may not see the document', async () => {
    const lines = [{ description: 'Service', quantity: '1', unit: 'pcs', unitPrice: '1.00' }]
    const draft = await shop.api('POST', '/invoices', { partyId: shop.customerId, currency: 'USD', lines })
    const body = { documentKind: 'invoice', documentId: draft.id }
    expect((await shop.send('POST', '/portal-links', body)).json.code).toBe('not-for-customers')
    const other = await shop.newCompany()
    const theirs = await shop.send('POST', '/portal-links', { ...body, documentId: own.id }, { as: other })
    expect(theirs.status).toBe(404)
    const both = { ...body, documentId: own.id, partyId: shop.customerId }
    expect((await shop.send('POST', '/portal-links', both)).json.code).toBe('no-target')
  })
})

describe('a link to a customer', () => {
  it('shows what is open of this customer, and his statement', async () => {
    const { token } = await linkTo({ partyId: shop.customerId })
    const { json } = await get(token)
    expect(json.document).toBeNull()
    expect((json.openItems as Answered[]).map((each) => each.number)).toEqual([own.number, second.number])
    expect((await get(token, `/documents/${second.id}`)).status).toBe(200)
    expect((await get(token, `/documents/${foreign.id}`)).status).toBe(404)
    const statementPdf = await get(token, '/statement/pdf?currency=USD')
    expect(statementPdf.text.slice(0, 5)).toBe('%PDF-')
  })
})

describe('an order', () => {
  it('is accepted as it is, once; after a change it is another one', async () => {
    const productId = await shop.product()
    const draft = await shop.order([{ productId, quantity: '2', unitPrice: '10.00' }])
    const { token } = await linkTo({ documentKind: 'sales-order', documentId: draft.id })
    const path = `/documents/${draft.id}/acceptance`
    expect((await get(token, `/documents/${draft.id}`)).json).toMatchObject({
      canAccept: true,
      accepted: null,
    })
    const answers = await Promise.all([
      post(token, path, { name: 'Ada' }, 'k1'),
      post(token, path, { name: 'Ada' }, 'k1'),
      post(token, path, { name: 'Ada' }),
    ])
    for (const { status, json } of answers)
      expect([status, json.canAccept, (json.accepted as Answered).name]).toEqual([200, false, 'Ada'])
    const events = async () =>
      (await shop.api('GET', `/audit?objectId=${draft.id}`)).items.filter(
        (e) => e.type === 'sales-order.accepted',
      )
    expect(await events()).toHaveLength(1)
    expect((await shop.api('GET', `/sales-orders/${draft.id}/acceptances`)).items).toMatchObject([
      { name: 'Ada', amount: '20', current: true },
    ])
    const lines = [{ productId, quantity: '3', unitPrice: '10.00' }]
    await shop.api('PATCH', `/sales-orders/${draft.id}`, { lines })
    expect((await get(token, `/documents/${draft.id}`)).json).toMatchObject({
      canAccept: true,
      accepted: null,
    })
    // Without an Idempotency-Key nothing is stored, and the answer is read before the commit all the same.
    const again = await post(token, path, { name: 'Ada' }, null)
    expect([again.status, (again.json.accepted as Answered).name]).toEqual([200, 'Ada'])
    const accepted = (await shop.api('GET', `/sales-orders/${draft.id}/acceptances`)).items
    expect(accepted.map((each) => each.current)).toEqual([true, false])
  })
})

describe('a dispute', () => {
  it('is about a line, is seen by the house, and is answered', async () => {
    const { token } = await toInvoice(own.id)
    const line = own.lines[0]!.id
    const disputes = `/documents/${own.id}/disputes`
    const wrong = await post(token, disputes, { lineId: second.lines[0]!.id, text: 'No' })
    expect([wrong.status, wrong.json.errors[0]?.pointer]).toEqual([422, '/lineId'])
    const words = { lineId: line, text: 'Only half was done.', name: 'Ada' }
    const made = await post(token, disputes, words, null)
    expect(made.json.disputes).toMatchObject([
      { lineId: line, text: 'Only half was done.', resolvedAt: null },
    ])
    const [seen] = (await shop.api('GET', `/portal-disputes?documentId=${own.id}`)).items
    expect(seen).toMatchObject({ lineText: 'Service', name: 'Ada' })
    const answer = { resolution: 'We credit the half.' }
    await shop.api('POST', `/portal-disputes/${seen!.id}/resolve`, answer)
    await shop.api('POST', `/portal-disputes/${seen!.id}/resolve`, answer, { expect: 409 })
    expect((await get(token, `/documents/${own.id}`)).json.disputes).toMatchObject([answer])
    const many = await Promise.all(
      Array.from({ length: 22 }, (_, i) => post(token, disputes, { text: `Question ${i}` })),
    )
    expect(many.some((each) => each.json.code === 'too-many-disputes')).toBe(true)
  })
})

describe('bank transfer', () => {
  it('comes with the fields to copy and the code to scan', async () => {
    await shop.api('PATCH', '/print-settings', { account: 'DE89370400440532013000', bank: 'Commerzbank' })
    await shop.api('POST', '/exchange-rates', { currency: 'EUR', date: '2020-01-01', rate: '1.1' })
    const lines = [{ description: 'Service', quantity: '1', unit: 'pcs', unitPrice: '30.00' }]
    const draft = await shop.api('POST', '/invoices', { partyId: shop.customerId, currency: 'EUR', lines })
    const posted = await shop.api('POST', `/invoices/${draft.id}/post`)
    const { token } = await toInvoice(posted.id)
    const { transfer } = (await get(token, `/documents/${posted.id}/bank`)).json as unknown as {
      transfer: { account: string; plainAccount: string; title: string; code: number[][][] }
    }
    expect(transfer).toMatchObject({
      account: 'DE89 3704 0044 0532 0130 00',
      plainAccount: 'DE89370400440532013000',
      title: posted.number,
    })
    expect(transfer.code.length).toBeGreaterThan(20)
  })
})
