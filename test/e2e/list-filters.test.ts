import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityFaults } from './support/axe.ts'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { patience } from './support/desk.ts'
import { read } from './support/read.ts'

interface Invoice {
  readonly number: string
  readonly totals: { readonly gross: string }
}

describe.skipIf(noBrowser)('filters of lists', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  it('by amount are entered, shown, kept in the address and the file, and changed', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/invoices' })
    const { items } = await read<{ items: readonly Invoice[] }>(page, '/invoices?limit=200&sort=gross')
    const totals = items.map(({ totals: { gross } }) => gross)
    const [low, high] = [totals[Math.floor(totals.length / 3)]!, totals[Math.floor(totals.length / 2)]!]
    const fitting = totals.filter((total) => Number(total) >= Number(low) && Number(total) <= Number(high))
    await page.locator('[data-row="2"]').waitFor()
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Total', exact: true }).click()
    const from = page.getByRole('textbox', { name: 'From' })
    await from.waitFor()
    expect(await from.evaluate((field) => field === document.activeElement)).toBe(true)
    await from.fill(high)
    await page.getByRole('textbox', { name: 'To', exact: true }).fill(low)
    await page.keyboard.press('Enter')
    await page.getByText('At least').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await from.fill(low)
    await page.getByRole('textbox', { name: 'To', exact: true }).fill(high)
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.searchParams.get('total') === `${low}..${high}`)
    const rows = page.locator('[data-row]')
    await expect.poll(() => rows.count(), patience).toBe(fitting.length)
    await page.getByRole('button', { name: /^Total is [\d,.]+ to [\d,.]+$/ }).waitFor()
    await page.getByText(new RegExp(`^${fitting.length} rows?$`)).waitFor()

    await page.getByRole('button', { name: /^Export/ }).click()
    const asked = page.waitForResponse((answer) => answer.url().includes('/api/v1/exports?'))
    await page.getByRole('menuitem', { name: 'Export as CSV' }).click()
    const search = new URLSearchParams(new URL((await asked).url()).searchParams.get('search')!)
    expect([search.get('grossFrom'), search.get('grossTo')]).toEqual([low, high])

    await page.getByRole('button', { name: /^Total is/ }).click()
    await page.getByRole('textbox', { name: 'To', exact: true }).fill('')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /^Total is at least/ }).waitFor()
    await page.reload()
    await page.getByRole('button', { name: /^Total is at least/ }).waitFor()
    expect(faults).toEqual([])
  })

  it('by date offer today, this month, the last 30 days and a range', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/sales-orders' })
    await page.locator('[data-row="0"]').waitFor()
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Date', exact: true }).click()
    for (const name of ['Today', 'This month', 'Last 30 days'])
      await page.getByRole('button', { name, exact: true }).waitFor()
    await page.getByRole('textbox', { name: 'From' }).fill('2026-01-02')
    await page.getByRole('textbox', { name: 'To', exact: true }).fill('2026-01-03')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await page.waitForURL((url) => url.searchParams.get('date') === '2026-01-02..2026-01-03')
    expect(faults).toEqual([])
  })

  it('on a phone stand in a sheet, amounts too', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/payments', width: 390 })
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    const sheet = page.getByRole('dialog', { name: 'Filter' })
    const amount = sheet.getByRole('group', { name: 'Amount', exact: true })
    await amount.getByRole('textbox', { name: 'From' }).fill('1000000000')
    await amount.getByRole('button', { name: 'Show', exact: true }).click()
    await page.waitForURL(/amount=1000000000/)
    await sheet.getByRole('button', { name: 'Show results' }).click()
    await page.getByText('No payments match').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    expect(faults).toEqual([])
  })
})
