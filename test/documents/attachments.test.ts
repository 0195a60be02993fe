import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Trade, openTrade } from '../support/trade.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe('files', () => {
  let trade: Trade
  let order: string
  beforeAll(async () => {
    trade = await openTrade()
    const product = await trade.product({ name: 'Lamp' })
    const draft = await trade.api('POST', '/sales-orders', {
      partyId: trade.customerId,
      lines: [{ productId: product, quantity: '1' }],
    })
    order = `/sales-orders/${draft.id}`
  })
  afterAll(() => trade.close())

  interface Sent {
    readonly status: number
    readonly json: Readonly<Record<string, unknown>>
  }
  const send = async (
    path: string,
    name: string,
    content: Uint8Array,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Sent> => {
    const answer = await fetch(`${trade.base}/api/v1${path}/files?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { ...trade.owner.headers, 'content-type': 'application/octet-stream', ...headers },
      body: Buffer.from(content),
    })
    return { status: answer.status, json: (await answer.json()) as Sent['json'] }
  }

  it('are kept byte for byte, listed, renamed, sent as files and taken away; the audit trail knows', async () => {
    const { json } = await send(order, '../..\\Zdjęcie\u202egpj.png', png)
    expect(json).toMatchObject({
      name: 'Zdjęciegpj.png',
      type: 'image/png',
      bytes: png.length,
      sendWithDocument: false,
    })
    const path = `${order}/files/${String(json['id'])}`
    const answer = await fetch(`${trade.base}/api/v1${path}`, { headers: trade.owner.headers })
    expect(Buffer.from(await answer.arrayBuffer()).equals(png)).toBe(true)
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; .*filename\*=UTF-8''Zdj%C4%99cie/)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toContain('sandbox')
    const changed = await trade.api(
      'PATCH',
      path,
      { sendWithDocument: true, name: 'a/b.png' },
      { ifMatch: 1 },
    )
    expect(changed).toMatchObject({ sendWithDocument: true, name: 'b.png', version: 2 })
    await trade.api('PATCH', path, { sendWithDocument: false }, { ifMatch: 1, expect: 412 })
    await trade.api('DELETE', path)
    expect((await trade.api('GET', `${order}/files`)).items).toEqual([])
    await trade.api('GET', path, undefined, { expect: 404 })
    const { items } = await trade.api('GET', `/audit?objectId=${order.split('/').at(-1)}`)
    const types = (items as readonly unknown[] as { type: string }[]).map(({ type }) => type)
    expect(types).toEqual(
      expect.arrayContaining([
        'sales-order.file-added',
        'sales-order.file-changed',
        'sales-order.file-removed',
      ]),
    )
  })

  it('are what their content says, of a kind that is taken, and not too large', async () => {
    const accepted: readonly (readonly [string, Uint8Array, string])[] = [
      ['scan.png', Buffer.from('%PDF-1.7 …'), 'application/pdf'],
      ['photo', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0]), 'image/jpeg'],
      ['prices.csv', Buffer.from('a;ż\n'), 'text/csv'],
      ['invoice.xml', Buffer.from('<?xml version="1.0"?><a/>'), 'text/plain'],
      ['a.xlsx', Buffer.from('PK\x03\x04 [Content_Types].xml xl/workbook.xml'), 'sheet'],
    ]
    for (const [name, content, type] of accepted)
      expect((await send(order, name, content)).json['type']).toContain(type)
    const refused: readonly (readonly [string, Uint8Array])[] = [
      ['page.pdf', Buffer.from('<html><script>alert(1)</script>')],
      ['page.html', Buffer.from('<p>text</p>')],
      ['drawing.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
      ['run.exe', Buffer.from('MZ\x90\0')],
      ['text.txt', Buffer.from([0x61, 0, 0x62])],
      ['a.docx', Buffer.from('PK\x03\x04 evil.exe')],
    ]
    for (const [name, content] of refused) {
      const answer = await send(order, name, content)
      expect([name, answer.status, answer.json['code']]).toEqual([name, 422, 'file-type'])
    }
    expect((await send(order, 'a.pdf', Buffer.alloc(0))).json['code']).toBe('no-file')
    expect((await send(order, 'a.pdf', Buffer.alloc(10 * 1024 * 1024 + 1))).status).toBe(413)
    expect((await send(order, 'a.pdf', png, { 'content-type': 'application/json' })).status).toBe(415)
  })

  it('are attached once however often they are sent, under one key', async () => {
    const before = (await trade.api('GET', `${order}/files`)).items as readonly unknown[]
    const key = { 'idempotency-key': 'photo-of-the-damage' }
    const [first, again] = [await send(order, 'a.png', png, key), await send(order, 'a.png', png, key)]
    expect(again.json['id']).toBe(first.json['id'])
    expect((await trade.api('GET', `${order}/files`)).items).toHaveLength(before.length + 1)
    const other = await send(order, 'a.png', Buffer.from('%PDF-'), key)
    expect(other.json['code']).toBe('idempotency-key-reused')
  })

  it('belong to one document of one kind of one company, and go with a draft that is deleted', async () => {
    const product = await trade.product({ name: 'Chair' })
    const { json } = await send(`/products/${product}`, 'chair.png', png)
    await trade.api('GET', `/products/${product}/files/${String(json['id'])}x`, undefined, { expect: 400 })
    await trade.api('GET', `${order}/files/${String(json['id'])}`, undefined, { expect: 404 })
    await trade.api('GET', `/invoices/${order.split('/').at(-1)}/files`, undefined, { expect: 404 })
    const stranger = await trade.newCompany()
    expect((await send(order, 'a.png', png, stranger.headers)).status).toBe(404)
    expect((await send(`/parties/${trade.customerId}`, 'a.png', png)).status).toBe(200)
    const draft = await trade.api('POST', '/invoices', {
      partyId: trade.customerId,
      lines: [{ description: 'x', quantity: '1', unitPrice: '1' }],
    })
    await send(`/invoices/${draft.id}`, 'a.png', png)
    await trade.api('DELETE', `/invoices/${draft.id}`)
  })

  it('a customer sees those that go out with its documents, and no others', async () => {
    const draft = await trade.api('POST', '/invoices', {
      partyId: trade.customerId,
      lines: [{ description: 'x', quantity: '1', unitPrice: '1' }],
    })
    const invoice = `/invoices/${(await trade.act(`/invoices/${draft.id}/post`)).id}`
    const { json } = await send(invoice, 'terms.pdf', Buffer.from('%PDF-1.7'))
    const customer = await trade.signInAs('customer', { partyId: trade.customerId })
    const seen = async () =>
      (
        (await (
          await fetch(`${trade.base}/api/v1${invoice}/files`, { headers: customer.headers })
        ).json()) as {
          items: { name: string }[]
        }
      ).items.map(({ name }) => name)
    expect(await seen()).toEqual([])
    await trade.api('PATCH', `${invoice}/files/${String(json['id'])}`, { sendWithDocument: true })
    expect(await seen()).toEqual(['terms.pdf'])
  })
})
