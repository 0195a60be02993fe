import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityFaults } from './support/axe.ts'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { Desk, patience } from './support/desk.ts'

interface Row {
  readonly id: string
  readonly number: string
}

describe.skipIf(noBrowser)('customer portal', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  it('an invoice is opened by its link on a phone and paid; the open page of the accountant turns to paid', async () => {
    const office = await zapas.open({ as: 'accounting' })
    const desk = new Desk(zapas, office.page)
    const { items } = await desk.api<{ items: Row[] }>('/invoices?paymentStatus=unpaid&sort=dueDate&limit=1')
    const invoice = items[0]!
    await desk.go(`/invoices/${invoice.id}`)
    await desk.button('Make a link').click()
    const shown = office.page.locator('[data-portal-link]')
    const { pathname } = new URL((await shown.textContent())!)
    expect(await accessibilityFaults(office.page, '[aria-label="Customer link"]')).toEqual([])

    const phone = await zapas.open({ path: pathname, as: null, width: 390, dark: true })
    const { page } = phone
    await page.getByRole('heading', { level: 1, name: `Invoice ${invoice.number}` }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByText('Pay by bank transfer').click()
    await page.getByText('Something is not right').click()
    await page.getByLabel('What is not right').fill('One was broken.')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('Not answered yet.').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(wide).toBe(0)

    await page.getByRole('button', { name: 'Test payment, no money moves' }).click()
    await page.getByRole('heading', { name: 'Test payment, no money moves' }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Pay as a test' }).click()
    await page.getByText('paid as a test: no money moved.').waitFor()
    await page.locator('.status[data-status=paid]').waitFor()

    // Nobody touched this page meanwhile.
    await expect
      .poll(() => office.page.locator('[data-page-title]').locator('..').textContent(), patience)
      .toContain('Paid')
    await office.page.getByText('One was broken.').waitFor()
    await office.page.getByText('Test payment, no money moved').waitFor()

    await office.page.getByRole('button', { name: 'Withdraw' }).click()
    await office.page.getByText('Withdrawn by').waitFor()
    await page.goto(zapas.base + pathname)
    await page.getByRole('heading', { name: 'This link does not work any more' }).waitFor()
    expect([...office.faults, ...phone.faults]).toEqual([])
  })

  it('says in Polish why an amount is refused', async () => {
    const office = await zapas.open()
    const desk = new Desk(zapas, office.page)
    const { items } = await desk.api<{ items: (Row & { openAmount: string })[] }>(
      '/invoices?paymentStatus=unpaid&currency=USD&sort=-dueDate&limit=1',
    )
    const { id, number } = items[0]!
    const { url } = await desk.api<{ url: string }>('/portal-links', {
      documentKind: 'invoice',
      documentId: id,
    })
    const { page } = await zapas.open({ path: new URL(url).pathname, as: null, width: 390 })
    // The page speaks the customer's language; this customer's is Polish.
    await page.route('**/api/v1/portal/*', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...((await response.json()) as object), language: 'pl' } })
    })
    await page.reload()
    await page.getByRole('button', { name: 'Zapłać tylko część' }).click()
    for (const wrong of ['1000000', '10,005']) {
      await page.getByRole('textbox', { name: 'Kwota' }).fill(wrong)
      await page.getByRole('button', { name: 'Płatność testowa' }).click()
      const refusal = page.locator('#pay-failure', { hasText: 'Podaj kwotę do' })
      await refusal.waitFor()
      const words = (await refusal.textContent())!
      expect(words).toContain(number)
      expect(words).not.toMatch(/Enter|open/)
    }

    // Nor does the history, read in Polish, say in English who came by the link.
    const polish = await zapas.open({ language: 'pl', path: `/c/crimson/invoices/${id}` })
    await polish.page.getByText(/\(link klienta\) – otwarto/).waitFor()
  })
})
