import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityFaults } from './support/axe.ts'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { patience } from './support/desk.ts'
import { scan } from './support/scanner.ts'

describe.skipIf(noBrowser)('topics of the settings', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  it('show Zapas as another role sees it, and change nothing meanwhile', async () => {
    const { page } = await zapas.open({ path: '/c/crimson/settings/roles' })
    await page.getByLabel('Role', { exact: true }).selectOption('warehouse')
    await page.getByRole('button', { name: 'See as this role' }).click()
    const bar = page.getByRole('status').filter({ hasText: 'Nothing can be changed meanwhile' })
    await bar.waitFor()
    const navigation = page.getByRole('navigation', { name: 'Navigation' })
    await navigation.getByRole('link', { name: 'Transfers' }).waitFor()
    expect(await navigation.getByRole('link', { name: 'Invoices' }).count()).toBe(0)
    expect(await accessibilityFaults(page)).toEqual([])
    // Also on a page that is opened anew, whose first questions are asked before the app is there.
    await page.goto(`${zapas.base}/c/crimson/delivery-notes`)
    await bar.waitFor()
    await bar.getByRole('button', { name: 'Back to my own view' }).click()
    await navigation.getByRole('link', { name: 'Invoices' }).waitFor()
    expect(await bar.count()).toBe(0)
  })

  it('tell when a person was last seen', async () => {
    const { page } = await zapas.open({ path: '/c/crimson/settings/users' })
    await page.getByRole('columnheader', { name: 'Last seen' }).waitFor()
    expect(
      await page
        .getByRole('row', { name: /Olivia/ })
        .getByRole('cell')
        .last()
        .textContent(),
    ).toMatch(/\d{4}/)
    expect(await accessibilityFaults(page)).toEqual([])
  })

  it('save the audit as a file, as its filters leave it', async () => {
    const { page } = await zapas.open({ path: '/c/crimson/settings/audit?kind=party' })
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('menuitem', { name: 'Export as CSV' }).click()
    const link = page.getByRole('link', { name: 'Audit.csv' }).first()
    await link.waitFor()
    const [file] = await Promise.all([page.waitForEvent('download'), link.click()])
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n')
    expect(lines[0]).toContain('Time,Who,Kind of who,Event,Kind')
    expect(lines.length).toBeGreaterThan(2)
    expect(lines.slice(1).every((line) => line.includes(',party.'))).toBe(true)
    expect(lines[1]).toContain('""archived""')
  })

  it('are found by what is in them; units lead to their products', async () => {
    const { page } = await zapas.open({ path: '/c/crimson/settings' })
    await page.getByRole('textbox', { name: 'Search the settings' }).fill('pallets')
    await page.getByRole('link', { name: /^Units/ }).click()
    const row = page.getByRole('row', { name: /^box/ })
    await row.waitFor()
    expect(await row.textContent()).toMatch(/\d+ pcs/)
    expect(await accessibilityFaults(page)).toEqual([])
    await row.getByRole('link').first().click()
    await page.waitForURL(/products\?.*unit=/)
    await page.getByRole('table').getByRole('row').nth(1).waitFor()
  })

  it('try the scanner of this device, with its prefix', async () => {
    const { page } = await zapas.open({ path: '/c/crimson/settings/scanner' })
    await page.getByLabel('Character that the scanner sends first').fill('~')
    await scan(page, '~X1')
    await page.getByText('Read: X1').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.reload()
    expect(await page.getByLabel('Character that the scanner sends first').inputValue()).toBe('~')
  })

  it('of one’s own follow to another browser', async () => {
    const here = await zapas.open({ path: '/c/crimson', as: 'sales' })
    await here.page.getByRole('button', { name: /your settings/ }).click()
    const kept = here.page.waitForResponse(
      (answer) => answer.url().endsWith('/me/preferences') && answer.request().method() === 'PATCH',
    )
    await here.page.getByText('Dark', { exact: true }).click()
    expect((await kept).ok()).toBe(true)
    const there = await zapas.open({ path: '/c/crimson', as: 'sales' })
    await expect
      .poll(() => there.page.evaluate('document.documentElement.dataset.mantineColorScheme'), patience)
      .toBe('dark')
  })
})
