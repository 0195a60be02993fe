import { afterAll, beforeAll, expect, it } from 'vitest'
import { readSheet } from 'read-excel-file/node'
import { type Shop, openShop } from '../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const columns = [
  { path: 'name', title: 'Name' },
  { path: 'sku', title: '=Code' },
  { path: 'salesPrice', title: 'Price' },
  { path: 'type', title: 'Rodzaj', words: { stocked: 'Towar' } },
]
const address = (asked: Record<string, unknown>) =>
  `/exports?${new URLSearchParams({
    list: 'products',
    ...asked,
    columns: JSON.stringify(asked['columns'] ?? columns),
  }).toString()}`

it('all rows of a filter become a CSV file that no spreadsheet runs, in the order of the list', async () => {
  const names = Array.from({ length: 230 }, (_, i) => `Cable ${String(i).padStart(3, '0')}`)
  for (const [i, name] of names.entries())
    await shop.product({ name, sku: i === 0 ? '=1+1' : `00${i}`, salesPrice: '1234567890123.123456' })
  await shop.product({ name: 'Something else' })
  const answer = await shop.send(
    'GET',
    address({ format: 'csv', search: 'q=cable&sort=-name', name: 'Kable' }),
  )
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="Kable \d{4}-\d\d-\d\d\.csv"/,
  )
  const [head, ...lines] = answer.text.replace('\ufeff', '').trimEnd().split('\r\n')
  expect(head).toBe("Name,'=Code,Price,Rodzaj")
  expect(lines.map((line) => line.split(',')[0])).toEqual(names.toReversed())
  expect(lines.at(-1)).toBe("Cable 000,'=1+1,1234567890123.123456,Towar")
})

it('a workbook holds figures as figures, dates as dates, and codes as they are written', async () => {
  await shop.stock(await shop.product({ sku: '00042' }), '5')
  const { id } = await shop.order([
    { productId: await shop.product({ sku: '00043' }), quantity: '3', unitPrice: '1.10' },
  ])
  await shop.api('PATCH', `/sales-orders/${id}`, {
    reference: '=HYPERLINK("http://x")',
    orderDate: '2026-11-24',
  })
  const asked = address({
    list: 'sales-orders',
    format: 'xlsx',
    columns: [
      { path: 'orderDate', title: 'Date' },
      { path: 'party.name', title: 'Customer' },
      { path: 'totals.gross', title: 'Total' },
      { path: 'number', title: 'Number' },
      { path: 'reference', title: 'Reference' },
    ],
  })
  const answer = await fetch(`${shop.base}/api/v1${asked}`, { headers: shop.owner.headers })
  expect(answer.status).toBe(200)
  const rows = await readSheet(Buffer.from(await answer.arrayBuffer()))
  expect(rows).toEqual([
    ['Date', 'Customer', 'Total', 'Number', 'Reference'],
    [new Date('2026-11-24T00:00:00Z'), 'Premium Computers', 3.3, null, '=HYPERLINK("http://x")'],
  ])
})

it('refuses what the list refuses, and what its reader may not read', async () => {
  const refused = async (asked: Record<string, unknown>, as = shop.owner) => {
    const { status, json } = await shop.send('GET', address(asked), undefined, { as })
    return [status, json.code]
  }
  expect(await refused({ format: 'csv', list: 'nothing' })).toEqual([400, 'invalid-request'])
  expect(await refused({ format: 'csv', search: 'colour=red' })).toEqual([400, 'invalid-request'])
  expect(await refused({ format: 'csv', columns: [{ path: 'units', title: 'Units' }] })).toEqual([
    422,
    'unknown-column',
  ])
  expect(await refused({ format: 'csv', columns: [] })).toEqual([400, 'invalid-request'])
  const keeper = await shop.signInAs('warehouse')
  const number = [{ path: 'number', title: 'Number' }]
  expect(await refused({ format: 'csv', list: 'invoices', columns: number }, keeper)).toEqual([
    403,
    'forbidden',
  ])
  const other = await shop.newCompany()
  const { text } = await shop.send('GET', address({ format: 'csv' }), undefined, { as: other })
  expect(text.trimEnd().split('\r\n')).toHaveLength(1)
})

it('shows what a row says only by an id, by several fields, or in some of its states', async () => {
  const rowsOf = async (list: string, search: string, asked: readonly object[], as = shop.owner) => {
    const { status, text } = await shop.send(
      'GET',
      address({ format: 'csv', list, search, columns: asked }),
      undefined,
      { as },
    )
    expect(status, text).toBe(200)
    return text.replace('\ufeff', '').trimEnd().split('\r\n').slice(1)
  }
  const second = await shop.warehouse('SEC')
  const productId = await shop.product()
  await shop.stock(productId, '5')
  const { id } = await shop.act('/stock-transfers', {
    warehouseId: shop.warehouseId,
    toWarehouseId: second,
    viaTransit: true,
    lines: [{ productId, quantity: '2' }],
  })
  await shop.act(`/stock-transfers/${id}/post`)
  const transfer = [
    {
      path: 'inTransit',
      title: 'Status',
      when: { inTransit: ['true'] },
      words: { true: 'On its way' },
      or: [{ path: 'state', words: { posted: 'Received' } }],
    },
    { path: 'toWarehouseId', as: 'warehouse-name', title: 'To' },
    { path: 'toWarehouseId', as: 'warehouse-code', title: 'Code' },
  ]
  expect(await rowsOf('stock-transfers', '', transfer)).toEqual(['On its way,Warehouse SEC,SEC'])
  await shop.act(`/stock-transfers/${id}/receive`)
  expect(await rowsOf('stock-transfers', '', transfer)).toEqual(['Received,Warehouse SEC,SEC'])

  const { id: partyId } = await shop.api('POST', '/parties', {
    name: 'Owing',
    roles: ['customer', 'vendor'],
    addresses: [
      { type: 'shipping', line1: 'A', city: 'Gdynia', country: 'PL' },
      { type: 'billing', line1: 'B', city: 'Sopot', country: 'PL' },
    ],
  })
  const invoice = await shop.api('POST', '/invoices', {
    partyId,
    lines: [{ productId, quantity: '1', unitPrice: '12.50', taxIds: [] }],
  })
  await shop.act(`/invoices/${invoice.id}/post`)
  const party = [
    { path: 'addresses', as: 'city', title: 'City' },
    { path: 'id', as: 'receivable', title: 'Balance' },
    { path: 'id', as: 'receivable-overdue', title: 'Overdue' },
    { path: 'roles', title: 'Roles', words: { customer: 'Customer', vendor: 'Vendor' } },
    { path: 'addresses', as: 'count', title: 'Addresses' },
    { path: 'addresses.city', title: 'Cities' },
  ]
  expect(await rowsOf('parties', 'q=Owing', party)).toEqual([
    'Sopot,12.5,,"Customer, Vendor",2,"Gdynia, Sopot"',
  ])
  // Who may not read invoices learns nothing of them from the file.
  const keeper = await shop.signInAs('warehouse')
  expect(await rowsOf('parties', 'q=Owing', party.slice(0, 2), keeper)).toEqual(['Sopot,'])
})

it('refuses fields that it does not know wherever they are named', async () => {
  const pointerOf = async (column: object) => {
    const asked = { format: 'csv', columns: [{ title: 'Name', ...column }] }
    const { status, json } = await shop.send<{ errors: { pointer: string }[] }>('GET', address(asked))
    return [status, json.errors[0]!.pointer]
  }
  expect(await pointerOf({ path: 'nothing' })).toEqual([422, 'columns/0/path'])
  expect(await pointerOf({ path: 'name', or: [{ path: 'nothing' }] })).toEqual([422, 'columns/0/or/0/path'])
  expect(await pointerOf({ path: 'name', when: { nothing: ['1'] } })).toEqual([422, 'columns/0/when/nothing'])
  expect(await pointerOf({ path: 'name', as: 'anything' })).toEqual([400, 'columns/0/as'])
})

it('chosen rows become a file in the order in which they were chosen, archived ones where they are asked for', async () => {
  const ids: string[] = []
  for (let i = 0; i < 203; i++) ids.push(await shop.product({ name: `Chosen ${i}` }))
  const [first, second] = [ids[0]!, ids[1]!]
  await shop.act(`/products/${second}/archive`)
  const save = (wanted: readonly string[], more: object = {}) =>
    shop.api<string>('POST', '/exports', {
      list: 'products',
      format: 'csv',
      columns: [{ path: 'name', title: 'Name' }],
      ids: wanted,
      ...more,
    })
  const lines = (file: string) => file.replace('\ufeff', '').trimEnd().split('\r\n').slice(1)
  expect(lines(await save([ids[202]!, ...ids], { search: 'archived=all' }))).toEqual([
    'Chosen 202',
    ...ids.map((_, i) => `Chosen ${i}`),
  ])
  expect(lines(await save([second, first]))).toEqual(['Chosen 0'])
  const { items } = await shop.api('GET', `/products?ids=${ids[5]!},${ids[3]!}&sort=-name`)
  expect(items.map(({ name }) => name)).toEqual(['Chosen 5', 'Chosen 3'])
})

it('of chosen rows refuses what the list does not have', async () => {
  const id = await shop.product()
  const body = { list: 'products', format: 'csv', columns: [{ path: 'name', title: 'Name' }], ids: [id] }
  const refused = async (more: object, status: number) => {
    const { errors } = await shop.api('POST', '/exports', { ...body, ...more }, { expect: status })
    return errors[0]!.pointer
  }
  expect(await refused({ columns: [{ path: 'secret', title: 'S' }] }, 422)).toBe('/columns/0/path')
  expect(await refused({ list: 'stock/levels', columns: [{ path: 'onHand', title: 'S' }] }, 400)).toBe(
    '/list',
  )
  expect(await refused({ ids: ['1'] }, 400)).toBe('/ids/0')
  expect(await refused({ ids: [] }, 400)).toBe('/ids')
  const { errors } = await shop.api('GET', '/products?ids=1', undefined, { expect: 400 })
  expect(errors).toEqual([{ pointer: 'ids', message: 'must be up to 200 ids with commas between' }])
})
