import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkCompany } from '../src/check.ts'
import { type Chapter, loadDemo } from '../src/demo/index.ts'
import type { OpenApiDocument } from '../src/http/openapi.ts'
import { loadCompany } from '../src/identity/index.ts'
import { addDays, dateIn } from '../src/kernel/dates.ts'
import { decimal } from '../src/kernel/decimal.ts'
import { inTransaction } from '../src/kernel/transaction.ts'
import type { Answered } from './support/api.ts'
import type { Caller } from './support/companies.ts'
import { money, owed, sums } from './support/figures.ts'
import type { LevelAnswer } from './support/shop.ts'
import { type TestApp, startTestApp } from './support/test-app.ts'

/** The first scenario: Crimson, the demo, with the figures of its story (docs/crimson.md). */

let app: TestApp
let owner: Caller
let today: string
let laptop: string
let warehouse: string
/** On hand, reserved, available and incoming of the laptop, after each chapter of the story. */
const told = new Map<Chapter, readonly string[]>()

const figuresOf = (level: LevelAnswer | undefined): readonly string[] =>
  level === undefined ? [] : [level.onHand, level.reserved, level.available, level.incoming]

beforeAll(async () => {
  app = await startTestApp()
  // A person who owns another company when the demo comes.
  const person = await app.sessionAs('owner')
  const { company } = await loadDemo(app.db, {
    async onChapter(chapter, api) {
      const [product] = (await api.get('/products?sku=CB-14')).items
      const { items } = await api.get(`/stock/levels?productId=${product!.id}`)
      told.set(chapter, figuresOf(items[0] as unknown as LevelAnswer))
    },
  })
  const crimson = await loadCompany(app.db, company.id)
  owner = { ...person, company: crimson!, headers: { ...person.headers, 'zapas-company': 'crimson' } }
  today = dateIn(crimson!.timeZone, new Date())
  laptop = (await get('/products?sku=CB-14')).items[0]!.id
  warehouse = (await get('/warehouses?code=MAIN')).items[0]!.id
}, 240_000)
afterAll(() => app.close())

function get<T = Answered>(path: string): Promise<T> {
  return app.api<T>('GET', path, undefined, { as: owner })
}

/** The one document of a party on which the laptop stands, in full. */
async function documentOf(path: string, partyName: string): Promise<Answered> {
  const [party] = (await get(`/parties?q=${encodeURIComponent(partyName)}`)).items
  const { items } = await get(`/${path}?partyId=${party!.id}&limit=200`)
  const whole = await Promise.all(items.map(({ id }) => get(`/${path}/${id}`)))
  const found = whole.filter(({ lines }) => lines.some(({ productId }) => productId === laptop))
  expect(found).toHaveLength(1)
  return found[0]!
}

async function level(): Promise<LevelAnswer> {
  const { items } = await get<{ items: LevelAnswer[] }>(`/stock/levels?productId=${laptop}`)
  expect(items).toHaveLength(1)
  expect(items[0]!.warehouseId).toBe(warehouse)
  return items[0]!
}

const bright = 'Shenzhen Bright'
const premium = 'Premium Computers'

describe('Crimson buys', () => {
  it('200 laptops at 500.00, received, billed 100,000.00 and paid', async () => {
    const order = await documentOf('purchase-orders', bright)
    expect(order.lines.map(({ sku, quantity, unitPrice }) => [sku, quantity, unitPrice])).toEqual([
      ['CB-14', '200', '500'],
    ])
    expect([order.totals.currency, sums(order)]).toEqual(['USD', '100000.00 + 0.00 = 100000.00'])
    expect([order.fulfilment, order.invoicing]).toEqual(['full', 'full'])
    const receipt = await documentOf('receipt-notes', bright)
    expect([receipt.state, receipt.lines[0]!.quantity]).toEqual(['posted', '200'])
    const bill = await documentOf('bills', bright)
    expect([sums(bill), owed(bill)]).toEqual(['100000.00 + 0.00 = 100000.00', '0.00 paid'])
    expect(told.get('bought')).toEqual(['0', '0', '0', '200'])
    expect(told.get('received')).toEqual(['200', '0', '200', '0'])
  })
})

describe('Premium Computers, Australia, buys', () => {
  it('20 at 899.00 AUD by the price book, with 10 % GST: 17,980.00 + 1,798.00 = 19,778.00', async () => {
    const order = await documentOf('sales-orders', premium)
    const [line] = order.lines
    expect([line!.quantity, line!.unitPrice, line!.priceSource]).toEqual(['20', '899', 'price-book'])
    expect(line!.taxes).toMatchObject([{ name: 'GST 10 %', rate: '10', category: 'S' }])
    const book = await get(`/price-books/${String(order.priceBookId)}`)
    expect(book.currency).toBe('AUD')
    expect([order.totals.currency, order.exchangeRate, sums(order)]).toEqual([
      'AUD',
      '0.65',
      '17980.00 + 1798.00 = 19778.00',
    ])
    expect(told.get('ordered')).toEqual(['200', '20', '180', '0'])
  })

  it('gets them, is invoiced and pays', async () => {
    expect(told.get('delivered')).toEqual(['180', '0', '180', '0'])
    const order = await documentOf('sales-orders', premium)
    expect([order.fulfilment, order.invoicing]).toEqual(['full', 'full'])
    const invoice = await documentOf('invoices', premium)
    expect([sums(invoice), owed(invoice)]).toEqual(['17980.00 + 1798.00 = 19778.00', '0.00 paid'])
    expect([invoice.exchangeRate, invoice.exchangeDifference]).toEqual(['0.65', '0'])
    expect(told.get('invoice paid')).toEqual(['180', '0', '180', '0'])
  })
})

describe('what is defective', () => {
  it('goes back to the vendor: ten, credited 5,000.00 and refunded', async () => {
    expect(told.get('sent back')).toEqual(['170', '0', '170', '0'])
    const back = await documentOf('purchase-returns', bright)
    expect([back.state, back.lines[0]!.quantity, back.lines[0]!.reason]).toEqual([
      'posted',
      '10',
      'defective',
    ])
    const credit = await documentOf('vendor-credits', bright)
    expect([sums(credit), owed(credit)]).toEqual(['5000.00 + 0.00 = 5000.00', '0.00 redeemed'])
    expect(money(credit.refundedAmount)).toBe('5000.00')
    const order = await documentOf('purchase-orders', bright)
    expect([order.lines[0]!.returned, order.lines[0]!.credited]).toEqual(['10', '10'])
  })

  it('comes back from the customer: one, credited 988.90 AUD and refunded', async () => {
    expect(told.get('come back')).toEqual(['171', '0', '171', '0'])
    const back = await documentOf('sales-returns', premium)
    expect([back.state, back.lines[0]!.quantity, back.lines[0]!.disposition]).toEqual([
      'posted',
      '1',
      'restock',
    ])
    const credit = await documentOf('credit-notes', premium)
    expect([credit.totals.currency, sums(credit), owed(credit)]).toEqual([
      'AUD',
      '899.00 + 89.90 = 988.90',
      '0.00 redeemed',
    ])
    expect(money(credit.refundedAmount)).toBe('988.90')
    const order = await documentOf('sales-orders', premium)
    expect([order.lines[0]!.returned, order.lines[0]!.credited]).toEqual(['1', '1'])
  })
})

describe('the stock of the laptop', () => {
  it('lacks one, is held for Premium Computers for some days, and is free again', async () => {
    expect(told.get('one missing')).toEqual(['170', '0', '170', '0'])
    expect(told.get('held')).toEqual(['170', '5', '165', '0'])
    expect(told.get('released')).toEqual(['170', '0', '170', '0'])
    const held = await documentOf('stock-reservations', premium)
    expect([held.state, held.lines[0]!.quantity, held.lines[0]!.reserved]).toEqual(['released', '5', '0'])
  })

  it('is 170 x 500.00 = 85,000.00 USD', async () => {
    const { onHand, reserved, available, quarantined, value, averageCost } = await level()
    expect([onHand, reserved, available, quarantined]).toEqual(['170', '0', '170', '0'])
    expect([money(value), money(averageCost)]).toEqual(['85000.00', '500.00'])
  })

  it('went 200, 180, 170, 171, 170 in its ledger', async () => {
    const { items } = await get(`/stock/moves?productId=${laptop}&warehouseId=${warehouse}&sort=id`)
    expect(
      items.map((move) => [move.documentKind, move.onHandChange, move.balanceAfter, move.value]),
    ).toEqual([
      ['receipt-note', '200', '200', '100000'],
      ['delivery-note', '-20', '180', '10000'],
      ['purchase-return', '-10', '170', '5000'],
      ['sales-return', '1', '171', '500'],
      ['stock-adjustment', '-1', '170', '500'],
    ])
  })

  it('cost 9,500.00 for what was sold and stayed sold', async () => {
    const delivery = await documentOf('delivery-notes', premium)
    const back = await documentOf('sales-returns', premium)
    expect([money(delivery.value), money(back.value)]).toEqual(['10000.00', '500.00'])
    expect(
      decimal(String(delivery.value))
        .minus(decimal(String(back.value)))
        .toFixed(2),
    ).toBe('9500.00')
  })
})

describe('the demo', () => {
  it('has numbers in the order of time, and its story first', async () => {
    const first = await Promise.all(
      [
        documentOf('purchase-orders', bright),
        documentOf('receipt-notes', bright),
        documentOf('bills', bright),
        documentOf('purchase-returns', bright),
        documentOf('vendor-credits', bright),
        documentOf('sales-orders', premium),
        documentOf('delivery-notes', premium),
        documentOf('invoices', premium),
        documentOf('sales-returns', premium),
        documentOf('credit-notes', premium),
        documentOf('stock-reservations', premium),
      ].map(async (document) => (await document).number),
    )
    expect(first.filter((number) => !number?.endsWith('-0001'))).toEqual([])
    const payments = (await everything('/payments')).toSorted((a, b) => (a.id < b.id ? -1 : 1))
    expect(payments.slice(0, 4).map((each) => [each.number?.slice(-4), money(each.amount)])).toEqual([
      ['0001', '100000.00'],
      ['0002', '19778.00'],
      ['0003', '988.90'],
      ['0004', '5000.00'],
    ])
  })

  it('lies within the last sixty days, nothing of it ahead', async () => {
    const paths = ['sales-orders', 'purchase-orders', 'delivery-notes', 'receipt-notes', 'invoices', 'bills']
    for (const path of paths) {
      for (const document of await everything(`/${path}`)) {
        const date = String(document.orderDate ?? document.date)
        expect(date >= addDays(today, -60) && date <= today, `${path} of ${date}`).toBe(true)
        expect(new Date(String(document.createdAt)) <= new Date()).toBe(true)
      }
    }
  })

  it.each([
    ['/sales-orders', 'state', ['draft', 'confirmed', 'closed', 'cancelled']],
    ['/sales-orders', 'fulfilment', ['none', 'partial', 'full']],
    ['/sales-orders', 'invoicing', ['none', 'partial', 'full']],
    ['/sales-orders', 'returned', ['none', 'partial', 'full']],
    ['/purchase-orders', 'state', ['draft', 'confirmed', 'closed', 'cancelled']],
    ['/purchase-orders', 'fulfilment', ['none', 'partial', 'full']],
    ['/purchase-orders', 'invoicing', ['none', 'partial', 'full']],
    ['/delivery-notes', 'state', ['draft', 'posted', 'reversed']],
    ['/receipt-notes', 'state', ['draft', 'posted', 'reversed']],
    ['/sales-returns', 'state', ['draft', 'posted', 'reversed']],
    ['/purchase-returns', 'state', ['draft', 'posted']],
    ['/stock-adjustments', 'state', ['draft', 'posted', 'reversed']],
    ['/stock-transfers', 'state', ['draft', 'posted', 'reversed']],
    ['/stock-reservations', 'state', ['active', 'released', 'ordered', 'expired']],
    ['/invoices', 'state', ['draft', 'posted', 'cancelled']],
    ['/invoices', 'paymentStatus', ['open', 'partial', 'paid', 'overdue']],
    ['/bills', 'state', ['draft', 'posted', 'cancelled']],
    ['/bills', 'paymentStatus', ['open', 'partial', 'paid', 'overdue']],
    ['/credit-notes', 'state', ['draft', 'posted', 'cancelled']],
    ['/credit-notes', 'paymentStatus', ['open', 'partial', 'redeemed']],
    ['/vendor-credits', 'state', ['draft', 'posted']],
    ['/vendor-credits', 'paymentStatus', ['open', 'partial', 'redeemed']],
    ['/payments', 'state', ['draft', 'posted', 'cancelled']],
    ['/payments', 'direction', ['in', 'out']],
    ['/products', 'tracking', ['none', 'lot', 'serial']],
    ['/products', 'type', ['stocked', 'service']],
  ])('shows in %s every %s', async (path, field, values) => {
    const found = new Set((await everything(path)).map((row) => row[field]))
    expect(values.filter((value) => !found.has(value))).toEqual([])
  })

  it('has back orders, late deliveries, bills that differ, goods in transit and money on account', async () => {
    const orders = (await everything('/sales-orders')).filter(({ state }) => state === 'confirmed')
    const whole = await Promise.all(orders.map(({ id }) => get(`/sales-orders/${id}`)))
    expect(whole.some(({ lines }) => lines.some((line) => line.backordered !== '0'))).toBe(true)
    expect(orders.some((order) => order.fulfilment !== 'full' && String(order.expectedDate) < today)).toBe(
      true,
    )
    const bills = await everything('/bills')
    const matches = await Promise.all(bills.map(async ({ id }) => (await get(`/bills/${id}`)).match))
    const statuses = new Set(matches.map((match) => (match as { status: string } | null)?.status))
    expect([...statuses]).toEqual(expect.arrayContaining(['matches', 'differs', 'accepted']))
    const transfers = await everything('/stock-transfers')
    const onTheRoad = await Promise.all(
      transfers.map(async ({ id }) => (await get(`/stock-transfers/${id}`)).inTransit),
    )
    expect(onTheRoad).toContain(true)
    const payments = await everything('/payments')
    expect(payments.some((payment) => payment.state === 'posted' && payment.unallocatedAmount !== '0')).toBe(
      true,
    )
  })

  it('has a row in every list of the API', async () => {
    // The demo sends nothing to anybody outside, nothing runs by itself in it, and no file was read into it.
    const isOutside = /webhook|mail|reminder|portal|dispute|online|rule|notice|approval|recurring|\/imports/
    const document = await get<OpenApiDocument>('/openapi.json')
    const empty: string[] = []
    let lists = 0
    for (const [path, { get: read }] of Object.entries(document.paths)) {
      if (read === undefined || path.includes('{') || isOutside.test(path)) continue
      const asked = path.endsWith('/search') ? `${path}?q=laptop` : path
      const { json } = await app.send('GET', asked, undefined, { as: owner })
      if (!Array.isArray(json.items)) continue
      lists++
      if (json.items.length === 0) empty.push(path)
    }
    expect(lists).toBeGreaterThan(30)
    expect(empty).toEqual([])
  })

  it('leaves every figure as the ledgers say', async () => {
    const { id } = owner.company
    const found = await inTransaction(app.db, { companyId: id }, (tx) => checkCompany(tx, id), {
      readOnly: true,
    })
    expect(found).toEqual([])
  })
})

async function everything(path: string): Promise<Answered[]> {
  const found: Answered[] = []
  let cursor: string | null = null
  do {
    const more: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page: Answered = await get(`${path}?limit=200${more}`)
    found.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return found
}
