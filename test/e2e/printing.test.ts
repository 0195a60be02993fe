import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'

describe.skipIf(noBrowser)('printing', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  it('a document is looked at, kept and opened as PDF in a tab of its own', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/invoices?view=all' })
    await page.locator('tr', { hasText: 'Paid' }).locator('[data-row-link]').first().click()
    await page.waitForURL('**/invoices/*')
    const id = page.url().split('/').at(-1)!.split('?')[0]!
    await page.getByRole('button', { name: 'More' }).click()
    const answer = page.waitForResponse((response) => response.url().endsWith(`/invoices/${id}/pdf`))
    await page.getByRole('menuitem', { name: 'Print' }).click()
    const printed = await answer
    await page.getByRole('img', { name: /page 1 of/ }).waitFor()
    const tab = page.waitForEvent('popup')
    await page.getByRole('button', { name: 'Open to print' }).click()
    expect([printed.status(), printed.headers()['content-type']]).toEqual([200, 'application/pdf'])
    const shown = await tab
    // The browser without windows has nothing that shows a PDF, so it keeps the file.
    await Promise.any([shown.waitForURL('blob:**'), shown.waitForEvent('download')])
    const headers = { 'zapas-company': 'crimson' }
    const kept = await page.request.get(`${zapas.base}/api/v1/invoices/${id}/pdfs`, { headers })
    expect(((await kept.json()) as { items: unknown[] }).items).toHaveLength(1)
    expect(faults).toEqual([])
  })
})
