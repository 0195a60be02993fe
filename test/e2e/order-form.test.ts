import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityFaults } from './support/axe.ts'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { scan } from './support/scanner.ts'

interface Place {
  readonly city: string | null
  readonly line1: string | null
}
interface Party {
  readonly id: string
  readonly name: string
}

const billing = { type: 'billing', line1: 'ul. Gęsia 12', postalCode: '00-950', city: 'Warszawa' }
const depot = { type: 'shipping', line1: 'Rampa 4', postalCode: '80-001', city: 'Gdańsk', country: 'PL' }

describe.skipIf(noBrowser)('the order form', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  const call = async <T>(page: Page, method: 'GET' | 'POST', path: string, data?: object): Promise<T> => {
    const answer = await page.request.fetch(`${zapas.base}/api/v1${path}`, {
      method,
      headers: {
        'zapas-company': 'crimson',
        origin: zapas.base,
        ...(method !== 'GET' && { 'idempotency-key': `${Math.random()}` }),
      },
      ...(data !== undefined && { data }),
    })
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`)
    return (await answer.json()) as T
  }
  const customer = (page: Page, name: string, addresses: readonly object[]) =>
    call<Party>(page, 'POST', '/parties', { name, roles: ['customer'], addresses })
  const product = async (page: Page) =>
    (
      await call<{ items: { id: string; sku: string; barcode: string | null }[] }>(
        page,
        'GET',
        '/products?limit=1&sort=sku&type=stocked',
      )
    ).items[0]!
  const open = (width = 1280) => zapas.open({ path: '/c/crimson/sales-orders/new', width })
  const choose = async (page: Page, name: string) => {
    await page.getByRole('textbox', { name: 'Customer', exact: true }).fill(name)
    await page.getByRole('option', { name }).first().click()
  }
  const addLine = async (page: Page, sku: string) => {
    await page.getByRole('gridcell').nth(0).focus()
    await page.keyboard.type(sku, { delay: 60 })
    await page.keyboard.press('Enter')
    await page.keyboard.type('2')
    await page.keyboard.press('Enter')
  }
  const saved = async (page: Page) => {
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.waitForURL(/sales-orders\/[0-9a-f-]{36}(?:\?.*)?$/)
    const id = new URL(page.url()).pathname.split('/').at(-1)!
    return call<{ id: string; deliveryAddress: Place }>(page, 'GET', `/sales-orders/${id}`)
  }
  const address = (page: Page) => page.getByLabel('Delivery address')

  it('takes the delivery address of the customer, another of his, or one that is typed', async () => {
    const { page, faults } = await open()
    await customer(page, 'Żółw Ogrody', [billing, depot])
    const { sku } = await product(page)
    await choose(page, 'Żółw Ogrody')
    await expect
      .poll(() => address(page).evaluate((field: HTMLSelectElement) => field.selectedOptions[0]?.textContent))
      .toBe('Rampa 4, 80-001 Gdańsk, Poland')
    await address(page).selectOption({ label: 'ul. Gęsia 12, 00-950 Warszawa' })
    await address(page).selectOption({ label: 'Another address' })
    await page.getByLabel('Street and number').fill('Site 7')
    await page.getByLabel('City').fill('Hel')
    expect(await accessibilityFaults(page)).toEqual([])
    await addLine(page, sku)
    const order = await saved(page)
    expect(order.deliveryAddress).toMatchObject({ line1: 'Site 7', city: 'Hel' })
    await page.getByText('Site 7').waitFor()
    // What was typed is there again when the draft is edited.
    await page.goto(`${zapas.base}/c/crimson/sales-orders/${order.id}/edit`)
    await expect.poll(() => page.getByLabel('City').inputValue()).toBe('Hel')
    expect(faults).toEqual([])
  })

  it('offers what another customer has, and takes over what is ticked', async () => {
    const { page } = await open()
    await customer(page, 'Bocian Ogrody', [{ ...billing, city: 'Radom' }])
    const first = await customer(page, 'Czapla Ogrody', [billing, depot])
    const { sku } = await product(page)
    await choose(page, first.name)
    await addLine(page, sku)
    await choose(page, 'Bocian Ogrody')
    const offer = page.getByRole('status').filter({ hasText: 'Take over from Bocian Ogrody?' })
    await offer.getByLabel('Delivery address: ul. Gęsia 12, 00-950 Radom').waitFor()
    await offer.getByLabel('Prices that are not set by hand').uncheck()
    await offer.getByRole('button', { name: 'Take over' }).click()
    expect((await saved(page)).deliveryAddress).toMatchObject({ city: 'Radom' })
  })

  it('tells of lines that were left unfinished, and leads to the cell', async () => {
    const { page } = await open()
    const { sku } = await product(page)
    const told = page.getByRole('status').filter({ hasText: 'needs attention' })
    await addLine(page, sku)
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Delete')
    expect(await told.count()).toBe(0)
    await page.keyboard.press('ArrowDown')
    await told.getByRole('button', { name: 'Line 1: Enter a quantity above zero' }).click()
    await expect
      .poll(() => page.evaluate("document.activeElement?.getAttribute('data-column')"))
      .toBe('quantity')
    expect(await accessibilityFaults(page, 'form')).toEqual([])
    await page.keyboard.type('3', { delay: 60 })
    await page.keyboard.press('Enter')
    await told.waitFor({ state: 'hidden' })
  })

  it('is filled on a phone: by scanning, and line by line in a form over the whole screen', async () => {
    const { page, faults } = await open(390)
    const name = 'Sroka Ogrody'
    await customer(page, name, [billing])
    const { barcode, sku } = await product(page)
    await choose(page, name)
    await page.getByRole('button', { name: 'Scan', exact: true }).click()
    const sheet = page.getByRole('dialog', { name: 'Scan products' })
    await sheet.waitFor()
    for (let i = 0; i < 2; i++) {
      await scan(page, barcode!)
      await expect.poll(() => sheet.getByRole('list').textContent()).toContain(`${i + 1} `)
    }
    await scan(page, '4006381333931')
    await sheet.getByText('Not known: 4006381333931').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await sheet.getByRole('button', { name: 'Done' }).click()
    // The code that nothing has waits on a line of its own; its link opens the form of the line.
    const told = page.getByRole('status').filter({ hasText: 'needs attention' })
    await told.getByRole('button').click()
    const form = page.getByRole('dialog', { name: 'Line 2' })
    await form.getByRole('button', { name: 'Remove line' }).click()
    await page.locator('[data-field="lines.0"]').click()
    const first = page.getByRole('dialog', { name: 'Line 1' })
    await first.getByLabel('Quantity').fill('')
    await first.getByRole('button', { name: 'Save and next' }).click()
    await page.getByRole('dialog', { name: 'Line 2' }).getByRole('button', { name: 'Previous' }).click()
    await first.getByText('Enter a quantity above zero').waitFor()
    await first.getByLabel('Quantity').fill('5')
    await first.getByRole('button', { name: 'Close' }).click()
    const order = await saved(page)
    const { lines } = await call<{ lines: { sku: string; quantity: string }[] }>(
      page,
      'GET',
      `/sales-orders/${order.id}`,
    )
    expect(lines.map((line) => [line.sku, line.quantity])).toEqual([[sku, '5']])
    expect(faults).toEqual([])
  })
})
