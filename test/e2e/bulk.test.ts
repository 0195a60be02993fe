import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityFaults } from './support/axe.ts'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { patience } from './support/desk.ts'
import { read } from './support/read.ts'

describe.skipIf(noBrowser)('with many rows', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  const write = async (page: Page, method: 'post' | 'patch', path: string, data: object) => {
    const headers = { 'zapas-company': 'crimson', origin: zapas.base }
    const answer = await page.request[method](`${zapas.base}/api/v1${path}`, { headers, data })
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
    return (await answer.json()) as { readonly id: string }
  }
  const chooseAll = (page: Page) => page.getByRole('checkbox', { name: 'Select all rows shown' }).check()
  /** What stands in the saved file, line by line, without its heading. */
  const savedBy = async (page: Page, format: string): Promise<string> => {
    await page
      .getByRole('group', { name: 'With the rows chosen' })
      .getByRole('button', { name: 'Export', exact: true })
      .click()
    const asked = page.waitForRequest(
      (request) => request.url().endsWith('/api/v1/exports') && request.method() === 'POST',
    )
    await page.getByRole('menuitem', { name: `Export as ${format}` }).click()
    const request = await asked
    const headers = { 'zapas-company': 'crimson', origin: zapas.base }
    const saved = await page.request.post(request.url(), { headers, data: request.postDataJSON() as object })
    await page.getByRole('link', { name: new RegExp(`\\.${format.toLowerCase()}$`) }).waitFor()
    return saved.text()
  }

  it('documents are mailed; who has no address is told before and skipped, and done when it has one', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson' })
    await write(page, 'patch', '/mail-settings', {
      host: '127.0.0.1',
      port: 9,
      security: 'none',
      internalAllowed: true,
      fromAddress: 'sales@crimson.example',
    })
    const made: string[] = []
    for (const [name, email] of [
      ['Mailed Ltd', 'office@mailed.example'],
      ['Mailed not', null],
    ] as const) {
      const party = await write(page, 'post', '/parties', {
        name,
        roles: ['customer'],
        currency: 'USD',
        email,
      })
      made.push(party.id)
      await write(page, 'post', '/invoices', {
        partyId: party.id,
        currency: 'USD',
        reference: 'to be mailed',
        post: true,
        lines: [{ description: 'Work', quantity: '1', unitPrice: '5.00', taxIds: [] }],
      })
    }
    await page.goto(`${zapas.base}/c/crimson/invoices?q=to+be+mailed`)
    await page.locator('[data-row="1"]').waitFor()
    await chooseAll(page)
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Send (2)' })
    await dialog.getByText('1 will be skipped, with its reason below.').waitFor()
    await dialog.getByText('It has no address to be sent to.').waitFor()
    await dialog.getByText('Together').waitFor()
    expect(await dialog.getByText('Together').innerText()).toContain('5.00')
    expect(await accessibilityFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Send', exact: true }).click()
    await dialog.getByText('1 done, 1 skipped, with its reason').waitFor()
    await dialog.getByRole('link', { name: 'office@mailed.example' }).waitFor()
    await write(page, 'patch', `/parties/${made[1]!}`, { email: 'late@mailed.example' })
    await dialog.getByRole('button', { name: 'Retry the failed' }).click()
    await dialog.getByText('2 done', { exact: true }).waitFor()
    await dialog.getByRole('link', { name: 'late@mailed.example' }).waitFor()
    const { items } = await read<{ items: readonly { readonly to: readonly string[] }[] }>(
      page,
      '/mails?limit=2',
    )
    expect(items.flatMap(({ to }) => to)).toEqual(['late@mailed.example', 'office@mailed.example'])
    expect(faults).toEqual([])
  })

  it('what their state does not allow is told before it is done', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/sales-orders' })
    const rows = page.locator('[data-row]')
    const draft = rows.filter({ hasText: 'Draft' }).first()
    const delivered = rows.filter({ hasText: 'Delivered' }).first()
    for (const row of [draft, delivered]) await row.locator('input').check()
    await page.getByRole('button', { name: 'Deliver', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Deliver (2)' })
    await dialog.getByText('This sales order is draft; this needs it to be confirmed.').waitFor()
    await dialog.getByText('Nothing is left to deliver.').waitFor()
    await dialog.getByText('2 will be skipped, with their reasons below.').waitFor()
    const deliver = dialog.getByRole('button', { name: 'Deliver', exact: true })
    expect(await deliver.getAttribute('aria-disabled')).toBe('true')
    await deliver.click({ force: true })
    await dialog.getByRole('button', { name: 'Not now' }).click()
    expect(faults).toEqual([])
  })

  it('chosen rows become a file, and products are archived and offered again', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson' })
    for (const name of ['Bulk one', 'Bulk two', 'Bulk three'])
      await write(page, 'post', '/products', { sku: name.toUpperCase(), name, taxIds: [] })
    await page.goto(`${zapas.base}/c/crimson/products?q=bulk&sort=name`)
    await page.locator('[data-row="2"]').waitFor()
    await page.locator('[data-row="0"] input').check()
    await page.locator('[data-row="2"] input').check()
    const lines = (file: string) => file.split('\r\n').map((line) => line.split(',')[1])
    expect(lines(await savedBy(page, 'CSV'))).toEqual(['Name', 'Bulk one', 'Bulk two', undefined])
    expect((await savedBy(page, 'XLSX')).slice(0, 2)).toBe('PK')

    await page.getByRole('button', { name: 'Archive', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Archive (2)' })
    await dialog.getByText('What uses them keeps them.').waitFor()
    await dialog.getByRole('button', { name: 'Archive', exact: true }).click()
    await dialog.getByText('2 done', { exact: true }).waitFor()
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
    await expect.poll(() => page.locator('[data-row]').count(), patience).toBe(1)
    await page.goto(`${zapas.base}/c/crimson/products?q=bulk&archived=all`)
    await page.locator('[data-row="2"]').waitFor()
    await chooseAll(page)
    await page.getByRole('button', { name: 'Offer again' }).click()
    const back = page.getByRole('dialog', { name: 'Offer again (2)' })
    await back.getByRole('button', { name: 'Offer again' }).click()
    await back.getByText('2 done', { exact: true }).waitFor()
    expect(faults).toEqual([])
  })

  it('all that match are chosen beyond those shown, and what is done is of just these', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson' })
    for (let i = 0; i < 230; i++)
      await write(page, 'post', '/products', { sku: `MANY-${i}`, name: `Many ${i}`, taxIds: [] })
    await page.goto(`${zapas.base}/c/crimson/products?q=many`)
    await page.locator('[data-row="2"]').waitFor()
    await chooseAll(page)
    await page.getByRole('button', { name: 'Select all 230 that match' }).click()
    await page.getByText('230 selected').waitFor()
    await page.getByRole('button', { name: /^Select all/ }).waitFor({ state: 'detached' })
    expect((await savedBy(page, 'CSV')).trimEnd().split('\r\n')).toHaveLength(231)
    await page.getByRole('button', { name: 'Archive', exact: true }).click()
    await write(page, 'post', '/products', { sku: 'MANY-LATE', name: 'Many late', taxIds: [] })
    const dialog = page.getByRole('dialog', { name: 'Archive (230)' })
    await dialog.getByText('and 30 more').waitFor()
    await dialog.getByRole('button', { name: 'Archive', exact: true }).click()
    await dialog.getByText('230 done', { exact: true }).waitFor({ timeout: 60_000 })
    expect(await read(page, '/stock/products/count?q=many')).toMatchObject({ count: 1 })
    expect(faults).toEqual([])
  })
})
