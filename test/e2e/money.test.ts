import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityFaults } from './support/axe.ts'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { read } from './support/read.ts'

interface Ageing {
  readonly items: readonly (Readonly<Record<string, string>> & { partyId: string; partyName: string })[]
  readonly totals: Readonly<Record<string, string>>
}

describe.skipIf(noBrowser)('money', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  const written = (value: string) =>
    new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(
      value as unknown as number,
    )

  it('ages receivables as the API says, and a cell opens the invoices that add up to it', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/receivables', as: 'accounting' })
    const { items, totals } = await read<Ageing>(page, '/receivables')
    const foot = page.locator('tfoot')
    await foot.waitFor()
    expect(await foot.locator('td').allInnerTexts()).toEqual(
      ['notDue', 'days1to30', 'days31to60', 'days61to90', 'over90', 'open', 'credit', 'balance'].map((name) =>
        written(totals[name]!),
      ),
    )
    expect(await page.locator('tbody tr').count()).toBe(items.length)
    expect(await accessibilityFaults(page)).toEqual([])
    const late = items.find((row) => Number(row['days1to30']) > 0)!
    const row = page.locator('tbody tr').filter({ hasText: late.partyName }).first()
    await row.locator('td').nth(1).getByRole('link').click()
    await page.waitForURL(/\/invoices\?.*due=/)
    const { items: due } = await read<{ items: { openAmount: string }[] }>(
      page,
      `/invoices?paymentStatus=unpaid&partyId=${late.partyId}&currency=${late['currency']}&dueTo=${dayBefore(1)}&dueFrom=${dayBefore(30)}`,
    )
    await page.getByRole('heading', { level: 1, name: 'Invoices' }).waitFor()
    const rows = page.locator('tbody tr a[href*="/invoices/"]')
    await expect.poll(() => rows.count()).toBe(due.length)
    expect(due.reduce((sum, each) => sum + Number(each.openAmount), 0)).toBeCloseTo(Number(late['days1to30']))
    expect(faults).toEqual([])
  })

  it('stands on a phone, dark and in Polish', async () => {
    const { page } = await zapas.open({
      path: '/c/crimson/payables',
      width: 390,
      dark: true,
      language: 'pl',
    })
    await page.getByRole('heading', { name: 'Zobowiązania' }).waitFor()
    await page.getByText('Przed terminem').first().waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(wide).toBe(0)
  })

  it('records a payment: proposes the oldest due, keeps the rest on account only when that is said', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/receivables', as: 'accounting' })
    const { items } = await read<Ageing>(page, '/receivables')
    const debtor = items.find((row) => row['currency'] === 'USD' && Number(row['open']) > 0)!
    const amount = (Number(debtor['open']) + 12.5).toFixed(2)
    await page.goto(`${zapas.base}/c/crimson/payments/new?partyId=${debtor.partyId}`)
    await page.getByLabel('Amount').fill(amount)
    const { items: open } = await read<{ items: { number: string; openAmount: string }[] }>(
      page,
      `/invoices?paymentStatus=unpaid&sort=dueDate&partyId=${debtor.partyId}&currency=USD`,
    )
    const first = page.getByLabel(`Settle of ${open[0]!.number}`)
    await first.waitFor()
    expect((await first.inputValue()).replaceAll(',', '')).toBe(String(Number(open[0]!.openAmount)))
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: 'Record money in' }).click()
    await page.getByText('Fix 1 thing').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByLabel('Keep USD 12.50 on account').check()
    await page.getByRole('button', { name: 'Record money in' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(debtor.partyName).first().waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Record money in' }).click()
    await page.waitForURL(/\/payments\/[0-9a-f-]{36}$/)
    const id = page.url().split('/').at(-1)!
    const payment = await read<Record<string, string>>(page, `/payments/${id}`)
    expect([payment['state'], Number(payment['unallocatedAmount']), Number(payment['amount'])]).toEqual([
      'posted',
      12.5,
      Number(amount),
    ])
    const after = await read<Ageing>(page, `/receivables?partyId=${debtor.partyId}`)
    const row = after.items.find((row) => row['currency'] === 'USD')!
    expect([Number(row['open']), Number(row['credit'])]).toEqual([0, Number(debtor['credit']) + 12.5])
    expect(faults).toEqual([])
  })
})

/** So many days before today where Crimson keeps its books. */
function dayBefore(days: number): string {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Singapore' }).format(new Date())
  return new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)
}
