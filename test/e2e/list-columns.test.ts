import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityFaults } from './support/axe.ts'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { read } from './support/read.ts'

const lists = [
  'sales-orders',
  'sales-orders?view=waiting',
  'purchase-orders',
  'delivery-notes',
  'receipt-notes',
  'sales-returns',
  'purchase-returns',
  'stock-adjustments',
  'stock-transfers',
  'invoices',
  'bills',
  'credit-notes',
  'vendor-credits',
  'payments',
  'stock-reservations',
  'customers',
  'vendors',
  'products',
  'price-books',
]

interface Rows<Row> {
  readonly items: readonly Row[]
}

describe.skipIf(noBrowser)('columns of lists', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  /** What stands in a column of the row that names a document. */
  const cell = async (page: Page, number: string, column: string) => {
    const heads = await page
      .locator('thead th')
      .evaluateAll((all) => all.map((head) => head.getAttribute('data-column')))
    return page.locator('[data-row]', { hasText: number }).locator('td').nth(heads.indexOf(column))
  }

  it.each(['en', 'pl'] as const)('that are shown fit at 1280 pixels, in %s', async (language) => {
    const { page, faults } = await zapas.open({ width: 1280, language })
    const wide: string[] = []
    for (const list of lists) {
      await page.goto(`${zapas.base}/c/crimson/${list}`)
      await page.locator('[data-row="0"]').waitFor()
      const { room, table } = await page
        .locator('table')
        .evaluate((table) => ({ room: table.parentElement!.clientWidth, table: table.scrollWidth }))
      if (table > room) wide.push(`${list}: ${table} of ${room}`)
    }
    expect(wide).toEqual([])
    expect(faults).toEqual([])
  })

  it('tell how far an order is paid, to whoever may read invoices', async () => {
    const { page } = await zapas.open({ path: '/c/crimson/sales-orders' })
    type Order = { readonly number: string | null; readonly payment: string | null }
    const { items } = await read<Rows<Order>>(page, '/sales-orders?limit=50')
    const paid = items.find(({ payment }) => payment === 'paid')!.number!
    const never = items.find(({ payment, number }) => payment === null && number !== null)!.number!
    await (await cell(page, paid, 'payment')).getByText('Paid').waitFor()
    expect(await (await cell(page, never, 'payment')).innerText()).toBe('')
    const { page: theirs } = await zapas.open({ as: 'warehouse', path: '/c/crimson/sales-orders' })
    await theirs.locator('[data-row="0"]').waitFor()
    expect(await theirs.locator('th[data-column="payment"]').count()).toBe(0)
    expect(await theirs.locator('th[data-column="money"]').count()).toBe(1)
    await theirs.getByRole('button', { name: 'Columns' }).click()
    await theirs.getByRole('button', { name: 'More for Customer' }).waitFor()
    expect(await theirs.getByRole('button', { name: 'More for Payment' }).count()).toBe(0)
  })

  it('lead from a delivery to its order, and say what a receipt rejected', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/receipt-notes' })
    type Receipt = { readonly number: string | null; readonly rejectedLines: number }
    const { items } = await read<Rows<Receipt>>(page, '/receipt-notes?limit=50')
    const refused = items.find(({ rejectedLines }) => rejectedLines === 1)!.number!
    expect(await (await cell(page, refused, 'rejected')).innerText()).toBe('1 line')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.goto(`${zapas.base}/c/crimson/delivery-notes`)
    await page.locator('[data-row="0"] a', { hasText: 'SO-' }).click()
    await page.waitForURL('**/sales-orders/*')
    expect(faults).toEqual([])
  })

  it('count the time that is left of a reservation, to the second on its last day', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/stock-reservations' })
    type Reservation = { readonly id: string; readonly number: string; readonly state: string }
    const { items } = await read<Rows<Reservation>>(page, '/stock-reservations')
    const { number: days } = items.find(({ state }) => state === 'active')!
    const post = async (path: string, data: object) => {
      const headers = { 'zapas-company': 'crimson', origin: zapas.base }
      const answer = await page.request.post(`${zapas.base}/api/v1${path}`, { headers, data })
      if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
      return (await answer.json()) as Reservation
    }
    const party = await post('/parties', { name: 'In a hurry', roles: ['customer'] })
    const product = await post('/products', { sku: 'HURRY-1', name: 'Sand clock', taxIds: [] })
    const lines = [{ productId: product.id, quantityChange: '1', unitCost: '1.00' }]
    await post('/stock-adjustments', { post: true, lines })
    const { number } = await post('/stock-reservations', {
      partyId: party.id,
      reserveUntil: new Date(Date.now() + 3_600_000 + 30_000).toISOString(),
      lines: [{ productId: product.id, quantity: '1' }],
    })
    await page.reload()
    await page.locator('[data-row="0"]').waitFor()
    const left = await cell(page, number, 'left')
    await left.getByText(/^01:00:[0-3]\d left$/).waitFor()
    const first = await left.innerText()
    await expect.poll(() => left.innerText(), { timeout: 5000 }).not.toBe(first)
    expect(await (await cell(page, days, 'left')).innerText()).toMatch(/^\d+ days? left$/)
    expect(await accessibilityFaults(page)).toEqual([])
    expect(faults).toEqual([])
  })

  it('are three lines on a phone', async () => {
    const { page, faults } = await zapas.open({ width: 390, path: '/c/crimson/stock-reservations' })
    const heights: number[] = []
    for (const list of ['stock-reservations', 'delivery-notes', 'sales-returns', 'bills']) {
      await page.goto(`${zapas.base}/c/crimson/${list}`)
      const card = page.getByRole('main').locator('ul li').first()
      await card.getByRole('link').waitFor()
      heights.push((await card.boundingBox())!.height)
    }
    expect(Math.max(...heights)).toBeLessThan(130)
    expect(faults).toEqual([])
  })
})
