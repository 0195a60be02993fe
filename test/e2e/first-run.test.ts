import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityFaults } from './support/axe.ts'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'

describe.skipIf(noBrowser)('the first run', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas({ demo: false, owner: false })
  })
  afterAll(() => zapas.close())

  it('leads from nothing to a company that can work', async () => {
    const { page, faults } = await zapas.open({ as: null, path: '/' })
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    const heading = (name: string) => page.getByRole('heading', { name }).waitFor()

    await heading('Make the owner account')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByLabel('Your name').fill('Samson')
    await page.getByLabel('E-mail').fill('samson@example.com')
    await page.getByLabel('Password', { exact: true }).fill('correct-horse-battery')
    await button('Make the account').click()

    await heading('Your company')
    await page.getByLabel('Name', { exact: true }).fill('Zielona Góra Tools')
    await page.getByRole('combobox', { name: 'Country' }).click()
    await page.getByRole('combobox', { name: 'Country' }).fill('Pola')
    await page.getByRole('option', { name: 'Poland' }).click()
    await page.getByLabel('NIP (optional)').fill('526-025-09-96')
    await button('Save and go on').click()
    await page.getByText('The check digit does not fit').waitFor()
    expect(
      await page.getByLabel('NIP (optional)').evaluate((field) => field === document.activeElement),
    ).toBe(true)
    await page.getByLabel('NIP (optional)').fill('526-025-09-95')
    await page.getByLabel('City (optional)').fill('Zielona Góra')
    expect(await accessibilityFaults(page)).toEqual([])
    await button('Save and go on').click()

    await heading('Currency and tax')
    expect(await page.getByRole('combobox', { name: 'Currency' }).inputValue()).toBe('PLN Polish Zloty')
    await button('Back').click()
    await heading('Your company')
    expect(await page.getByLabel('City (optional)').inputValue()).toBe('Zielona Góra')
    await button('Save and go on').click()
    await heading('Currency and tax')
    await page.getByLabel('5%').uncheck()
    expect(await accessibilityFaults(page)).toEqual([])
    await button('Save and go on').click()

    await heading('Your first warehouse')
    const warehouse = page.getByLabel('Name', { exact: true })
    expect(await warehouse.inputValue()).toBe('Main warehouse')
    await warehouse.fill('')
    await button('Save and go on').click()
    await page.getByText('Enter the name of the warehouse').waitFor()
    await warehouse.fill('Hala 1')
    await button('Save and go on').click()

    await heading('How do you want to begin?')
    expect(await accessibilityFaults(page)).toEqual([])
    await button('Start with my company').click()
    await heading('Home')
    await page.getByText('First steps: 0 of 7 done').waitFor()
    expect(await page.title()).toBe('Home · Zielona Góra Tools')

    const read = async (path: string) =>
      (await (await page.request.get(`${zapas.base}/api/v1${path}`)).json()) as Record<string, unknown>
    expect(await read('/company')).toMatchObject({
      currency: 'PLN',
      country: 'PL',
      taxNumber: '526-025-09-95',
      address: { city: 'Zielona Góra' },
    })
    const names = async (path: string) =>
      ((await read(path))['items'] as { name: string }[]).map(({ name }) => name).toSorted()
    expect(await names('/taxes')).toEqual(['VAT 0 %', 'VAT 23 %', 'VAT 8 %'])
    expect(await names('/warehouses')).toEqual(['Hala 1'])
    const { items: series } = (await read('/number-series')) as unknown as {
      items: { kind: string; pattern: string }[]
    }
    expect(series.find(({ kind }) => kind === 'invoice')?.pattern).toBe('FS-{YYYY}-{####}')
    expect(faults).toEqual([])
  })

  it('offers the demo, and the list of first steps ticks itself', async () => {
    const { page } = await zapas.open({ as: null, path: '/sign-in?next=/c/my-company' })
    await page.getByLabel('E-mail').fill('samson@example.com')
    await page.getByLabel('Password', { exact: true }).fill('correct-horse-battery')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('First steps: 0 of 7 done').waitFor()
    const made = await page.request.post(`${zapas.base}/api/v1/parties`, {
      data: { name: 'First customer', roles: ['customer'] },
      headers: { origin: zapas.base },
    })
    expect(made.status()).toBe(201)
    await page.reload()
    await page.getByText('First steps: 1 of 7 done').waitFor()
    await page.goto(`${zapas.base}/setup?step=4`)
    await page.getByRole('button', { name: 'Open the demo' }).click()
    await page.waitForURL('**/c/crimson', { timeout: 90_000 })
    await page.getByText('Demo', { exact: true }).first().waitFor()
  })
})
