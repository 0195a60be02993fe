import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { accessibilityFaults } from './support/axe.ts'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { read } from './support/read.ts'

describe.skipIf(noBrowser)('home', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  const card = (page: Page, title: RegExp) => page.getByRole('region', { name: title })

  it('tells an owner sales, money, debts, stock and what is late, as the API has them', async () => {
    const { page, faults } = await zapas.open()
    const { totals } = await read<{ totals: Record<string, string> }>(page, '/receivables')
    const owed = card(page, /^Customers owe/)
    await owed.getByText('Over 90 days').waitFor()
    const written = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
    expect(await owed.innerText()).toContain(written.format(Number(totals['days1to30'])))
    const { value } = await read<{ value: string }>(page, '/stock/value')
    await card(page, /^The stock is worth/).waitFor()
    expect(await card(page, /^The stock is worth/).innerText()).toContain(written.format(Number(value)))
    await card(page, /invoiced this month/)
      .locator('svg.recharts-surface')
      .first()
      .waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    expect(faults).toEqual([])
  })

  it('has a table beside each picture, whose figures open their invoices', async () => {
    const { page } = await zapas.open()
    const sales = card(page, /invoiced this month/)
    await sales.getByRole('button', { name: 'As a table' }).click()
    expect(await sales.locator('tbody tr').count()).toBe(6)
    expect(await accessibilityFaults(page)).toEqual([])
    await sales.locator('tbody tr').last().getByRole('link').click()
    await page.waitForURL(/\/invoices\?/)
  })

  it('gives a warehouse its work, and nothing of money', async () => {
    const { page } = await zapas.open({ as: 'warehouse', width: 390, dark: true, language: 'pl' })
    await card(page, /czeka/).getByText('Zamówienia do przyjęcia').waitFor()
    const text = await page.locator('#content').innerText()
    expect(text).toContain('Zamówienia do wydania')
    expect(text).not.toMatch(/Należności|Faktury|Marża/)
    expect(await accessibilityFaults(page)).toEqual([])
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(wide).toBe(0)
    const { count } = await read<{ count: number }>(page, '/purchase-orders/count?fulfilment=open')
    const row = page.getByRole('listitem').filter({ hasText: 'Zamówienia do przyjęcia' })
    expect(await row.innerText()).toContain(String(count))
  })

  it('shows a failure in its own card, and the others stay', async () => {
    const { page, context } = await zapas.open({ path: '/c/crimson/account' })
    let broken = true
    await context.route('**/api/v1/stock/value', (route) =>
      broken ? route.fulfill({ status: 503, json: { detail: 'The database is away.' } }) : route.continue(),
    )
    await page.goto(`${zapas.base}/c/crimson`)
    await page.getByText('The database is away.').waitFor()
    await card(page, /^Customers owe/).waitFor()
    broken = false
    await page.getByRole('button', { name: 'Try again' }).click()
    await card(page, /^The stock is worth/).waitFor()
  })
})
