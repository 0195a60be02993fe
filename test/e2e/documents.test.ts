import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityFaults } from './support/axe.ts'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'

interface Item {
  readonly id: string
  readonly number: string
}

describe.skipIf(noBrowser)('documents', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  const api = async (page: Page, path: string, data?: object) => {
    const headers = { 'zapas-company': 'crimson', origin: zapas.base }
    const url = `${zapas.base}/api/v1${path}`
    const answer = await (data === undefined
      ? page.request.get(url, { headers })
      : page.request.post(url, { headers, data }))
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
    return (await answer.json()) as Item & { readonly items: readonly Item[] }
  }
  /** A draft order of 10 pieces at 100.00 that are in stock. */
  const draftOrder = async (page: Page) => {
    const party = await api(page, '/parties', { name: 'Corner shop', roles: ['customer'], currency: 'USD' })
    const product = await api(page, '/products', { sku: `LAMP-${Date.now()}`, name: 'Lamp', taxIds: [] })
    const lines = [{ productId: product.id, quantityChange: '20', unitCost: '40' }]
    await api(page, '/stock-adjustments', { post: true, reason: 'Opening stock', lines })
    return api(page, '/sales-orders', {
      partyId: party.id,
      currency: 'USD',
      lines: [{ productId: product.id, quantity: '10', unitPrice: '100.00', taxIds: [] }],
    })
  }
  const dialog = (page: Page) => page.getByRole('dialog')

  it('a list is what its address says: views, filters, words', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/sales-orders' })
    await page.locator('[data-row="0"]').waitFor()
    await page.getByRole('link', { name: 'Drafts' }).click()
    await page.waitForURL('**/sales-orders?view=drafts')
    await page.locator('[data-row="0"]').getByText('Draft').first().waitFor()
    expect(await page.locator('tbody').getByText('Confirmed').count()).toBe(0)

    await page.getByRole('link', { name: 'All', exact: true }).click()
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('button', { name: 'Late' }).click()
    await page.waitForURL('**/sales-orders?late=true')
    await page.getByRole('button', { name: 'Remove filter Late' }).click()
    await page.getByLabel('Find in this list').fill('no such thing at all')
    await page.getByText('No sales orders match').waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).last().click()
    await page.locator('[data-row="3"]').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    expect(faults).toEqual([])
  })

  it('rows are walked, peeked at and opened by keyboard, and one comes back to the same row', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/invoices' })
    await page.locator('[data-row="2"]').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    const second = page.locator('[data-row="1"] [data-row-link]')
    expect(await second.evaluate((link) => link === document.activeElement)).toBe(true)
    await page.keyboard.press('Space')
    await dialog(page).getByText('Related documents').waitFor()
    await page.keyboard.press('Escape')
    await dialog(page).waitFor({ state: 'hidden' })
    await page.keyboard.press('Enter')
    await page.waitForURL('**/invoices/*')
    await page.goBack()
    await page.locator('[data-row="1"][data-active]').waitFor()
    expect(faults).toEqual([])
  })

  it('an order is confirmed, delivered in part, invoiced and paid; each preview says what then comes true', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson' })
    const order = await draftOrder(page)
    await page.goto(`${zapas.base}/c/crimson/sales-orders/${order.id}`)

    await page.getByRole('button', { name: 'Confirm' }).click()
    await dialog(page).getByText('Reserved').waitFor()
    expect(await dialog(page).innerText()).toMatch(/0\s+10\s+\(\+10\)/)
    await page.keyboard.press('Control+Enter')
    await page.getByText('Delivered 0 of 1 line').waitFor()
    const history = page.getByRole('region', { name: 'History' })
    await history.getByText('What changed').first().click()
    const change = history.locator('dl').first()
    await expect.poll(() => change.innerText()).toMatch(/Status\s+Draft Confirmed/)
    expect(await change.innerText()).toMatch(/Total\s+USD\s1,000\.00/)

    await page.getByRole('button', { name: 'Deliver', exact: true }).click()
    const quantity = dialog(page).locator('input[data-quantity]')
    expect(await quantity.inputValue()).toBe('10')
    await quantity.fill('4')
    await dialog(page).getByText('(-4)').first().waitFor()
    expect(await dialog(page).innerText()).toMatch(/On hand\s+20\s+16\s+\(-4\)/)
    // The notice of what was confirmed is another's.
    expect(await accessibilityFaults(page, '[role=dialog]')).toEqual([])
    await page.getByRole('button', { name: 'Deliver 1 line' }).click()
    await page.getByText('Delivered:').waitFor()
    await page.locator('tbody').getByText('6').first().waitFor()

    await page.getByRole('button', { name: 'Invoice', exact: true }).click()
    await dialog(page).getByText('Owes us').waitFor()
    expect(await dialog(page).innerText()).toMatch(/USD\s1,000\.00/)
    await dialog(page).locator('input[data-quantity]').fill('4')
    await dialog(page).getByText('(+USD 400.00)').waitFor()
    await dialog(page).getByRole('button', { name: 'Issue invoice' }).click()
    await page.getByText('Invoice issued:').waitFor()
    await page.getByRole('alert').or(page.getByRole('status')).getByRole('link', { name: /^INV-/ }).click()

    await page.getByText('Paid 0.00 of 400.00').waitFor()
    await page.getByRole('button', { name: 'Record payment' }).click()
    await dialog(page).getByLabel('Amount').fill('150')
    await dialog(page).getByText('(-USD 150.00)').waitFor()
    await dialog(page).getByRole('button', { name: 'Record payment' }).click()
    await page.getByText('Paid 150.00 of 400.00').waitFor()

    await page.getByRole('button', { name: '250.00' }).click()
    await page.getByText('The total, less what payments and credits have settled.').waitFor()
    expect(faults).toEqual([])
  })

  it('what is refused stays and says why, by keyboard too; nothing typed is lost', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson' })
    const order = await draftOrder(page)
    await page.goto(`${zapas.base}/c/crimson/sales-orders/${order.id}`)
    await page.getByRole('button', { name: 'More actions' }).focus()
    await page.keyboard.press('Enter')
    const refused = page.getByRole('menuitem', { name: /Deliver/ })
    expect(await refused.getAttribute('aria-disabled')).toBe('true')
    expect(await refused.innerText()).toContain('Not possible while it is in the state: Draft')
    await page.keyboard.press('Escape')

    await api(page, `/sales-orders/${order.id}/confirm`, {}).catch(() =>
      page.request.post(`${zapas.base}/api/v1/sales-orders/${order.id}/confirm`, {
        headers: { 'zapas-company': 'crimson', origin: zapas.base },
      }),
    )
    await page.reload()
    await page.getByRole('button', { name: 'Deliver', exact: true }).click()
    await dialog(page).locator('input[data-quantity]').fill('11')
    await dialog(page).getByRole('alert').waitFor()
    const verb = dialog(page).locator('[data-dialog-verb]')
    expect(await verb.getAttribute('aria-disabled')).toBe('true')
    await verb.focus()
    await page.keyboard.press('Enter')
    expect(await dialog(page).locator('input[data-quantity]').inputValue()).toBe('11')
    expect(faults).toEqual([])
  })

  it('why goods are rejected is asked for at its field', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson' })
    const party = await api(page, '/parties', { name: 'Rejected', roles: ['vendor'], currency: 'USD' })
    const product = await api(page, '/products', { sku: `REJECT-${Date.now()}`, name: 'Lamp', taxIds: [] })
    const order = await api(page, '/purchase-orders', {
      partyId: party.id,
      currency: 'USD',
      lines: [{ productId: product.id, quantity: '10', unitPrice: '1.00', taxIds: [] }],
    })
    await api(page, `/purchase-orders/${order.id}/confirm`, {})
    await page.goto(`${zapas.base}/c/crimson/purchase-orders/${order.id}`)
    await page.getByRole('button', { name: 'Receive', exact: true }).click()
    const accepted = dialog(page).getByRole('textbox', { name: /^Accepted:/ })
    await accepted.fill('5')
    await dialog(page)
      .getByRole('textbox', { name: /^Rejected:/ })
      .fill('2')
    const reason = dialog(page).getByRole('combobox', { name: 'Why is it rejected?' })
    await expect.poll(() => reason.getAttribute('aria-invalid'), { timeout: 15_000 }).toBe('true')
    expect(await accepted.getAttribute('aria-invalid')).toBeNull()
    await reason.selectOption({ label: 'Damaged' })
    await dialog(page).getByText('(+5)').first().waitFor()
    expect(await reason.getAttribute('aria-invalid')).not.toBe('true')
    expect(faults).toEqual([])
  })

  it('goods on their way are in transit, in the list and on their page', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson' })
    const product = await api(page, '/products', { sku: `WAY-${Date.now()}`, name: 'Lamp', taxIds: [] })
    const stocked = [{ productId: product.id, quantityChange: '20', unitCost: '40' }]
    await api(page, '/stock-adjustments', { post: true, reason: 'Opening stock', lines: stocked })
    const warehouses = (await api(page, '/warehouses')).items as readonly (Item & { isDefault?: boolean })[]
    const adjusted = (await api(page, `/stock/levels?productId=${product.id}`)) as unknown as {
      items: readonly { warehouseId: string }[]
    }
    const from = adjusted.items[0]!.warehouseId
    const transfer = await api(page, '/stock-transfers', {
      post: true,
      viaTransit: true,
      warehouseId: from,
      toWarehouseId: warehouses.find(({ id }) => id !== from)!.id,
      lines: [{ productId: product.id, quantity: '3' }],
    })
    await page.goto(`${zapas.base}/c/crimson/stock-transfers`)
    const row = page.locator('tbody tr', { hasText: transfer.number })
    await row.getByText('In transit').waitFor()
    expect(await row.getByText('Received').count()).toBe(0)
    await row.getByRole('link').first().click()
    await page.getByRole('heading', { level: 1, name: transfer.number }).waitFor()
    const header = page.locator('main header')
    await header.getByText('In transit').waitFor()
    expect(await header.getByText('Received').count()).toBe(0)
    expect(faults).toEqual([])
  })

  it('what was done is not told over what one does next', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson' })
    const order = await draftOrder(page)
    await page.goto(`${zapas.base}/c/crimson/sales-orders/${order.id}`)
    for (const name of ['Confirm', 'Deliver']) {
      await page.getByRole('button', { name, exact: true }).click()
      await dialog(page).locator('[data-dialog-verb][aria-disabled="false"]').waitFor()
      await dialog(page).locator('[aria-live][aria-busy="false"]').waitFor()
      await dialog(page).locator('[data-dialog-verb]').click()
      await dialog(page).waitFor({ state: 'detached' })
    }
    await page.getByRole('button', { name: 'Invoice', exact: true }).click()
    const verb = dialog(page).locator('[data-dialog-verb]')
    await verb.waitFor()
    const told = page.getByRole('status').filter({ hasText: 'Delivered:' })
    await told.waitFor()
    const [notice, button] = [(await told.boundingBox())!, (await verb.boundingBox())!]
    expect(notice.x + notice.width).toBeLessThan(button.x)
    expect(await accessibilityFaults(page, '[role=status]')).toEqual([])
    expect(faults).toEqual([])
  })

  it('a document that is not there says so', async () => {
    const nobody = '01930000-0000-7000-8000-0000000000ff'
    const { page } = await zapas.open({ path: `/c/crimson/invoices/${nobody}` })
    await page.getByText('This document does not exist or you may not see it').waitFor()
  })

  it('many documents get one thing done, each with its result', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson' })
    await draftOrder(page)
    await page.goto(`${zapas.base}/c/crimson/sales-orders?view=drafts`)
    await page.locator('[data-row="1"]').waitFor()
    await page.locator('[data-row="0"] input[type=checkbox]').check()
    await page.getByRole('button', { name: 'Confirm' }).click()
    await dialog(page).getByRole('button', { name: 'Confirm' }).click()
    await dialog(page).getByText('1 done').waitFor()
    await dialog(page).getByRole('link', { name: /^SO-/ }).waitFor()
    expect(faults).toEqual([])
  })

  it.each([
    { width: 1280, dark: true, language: 'en' },
    { width: 390, dark: false, language: 'pl' },
  ] as const)('is accessible at $width px, dark $dark, in $language', async (look) => {
    const { page, faults } = await zapas.open({ ...look, path: '/c/crimson/purchase-orders' })
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.locator('a[href*="/purchase-orders/"]').first().waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    const { items } = await api(page, '/purchase-orders?fulfilment=open')
    await page.goto(`${zapas.base}/c/crimson/purchase-orders/${items[0]!.id}`)
    const receive = page.getByRole('button', {
      name: look.language === 'pl' ? 'Przyjmij' : 'Receive',
      exact: true,
    })
    await receive.last().waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await receive.last().click()
    await dialog(page).locator('input[data-quantity]').first().waitFor()
    expect(await dialog(page).locator('input[data-quantity]').first().inputValue()).toBe('')
    await dialog(page).locator('input[data-quantity]').first().press('=')
    expect(await accessibilityFaults(page)).toEqual([])
    expect(faults).toEqual([])
  })
})
