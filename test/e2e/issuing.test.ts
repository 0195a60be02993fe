import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityFaults } from './support/axe.ts'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'

/** What an invoice lacks is told before it is issued, and put right from there. */
describe.skipIf(noBrowser)('issuing an invoice', () => {
  let zapas: Zapas
  let page: Page
  let faults: readonly string[]
  beforeAll(async () => {
    zapas = await startZapas()
    ;({ page, faults } = await zapas.open({ path: '/c/crimson' }))
  })
  afterAll(() => zapas.close())

  const post = async (path: string, data: object): Promise<string> => {
    const headers = { 'zapas-company': 'crimson', origin: zapas.base }
    const answer = await page.request.post(`${zapas.base}/api/v1${path}`, { headers, data })
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
    return ((await answer.json()) as { id: string }).id
  }
  const issue = async (id: string) => {
    await page.goto(`${zapas.base}/c/crimson/invoices/${id}`)
    await page.getByRole('button', { name: 'Issue invoice' }).first().click()
    return page.getByRole('dialog')
  }

  it('names the address that is missing, leads to it, and takes it over when it is there', async () => {
    const partyId = await post('/parties', { name: 'Harbour Supplies', type: 'person', roles: ['customer'] })
    const lines = [{ description: 'Work', quantity: '1', unitPrice: '100', taxIds: [] }]
    const id = await post('/invoices', { partyId, lines })
    let dialog = await issue(id)
    await dialog.getByText('The address of the customer is missing').waitFor()
    // Nothing stops it: what applies differs by country.
    expect(
      await dialog.getByRole('button', { name: 'Issue invoice' }).getAttribute('aria-disabled'),
    ).not.toBe('true')
    expect(await accessibilityFaults(page)).toEqual([])
    await dialog.getByRole('link', { name: 'Enter the customer’s address' }).click()
    await page.waitForURL(`**/parties/${partyId}/edit`)
    await page.getByRole('button', { name: 'Add an address' }).click()
    await page.getByLabel('Street and number').first().fill('Quay 7')
    await page.getByLabel('City').first().fill('Hull')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.waitForURL(`**/parties/${partyId}`)

    dialog = await issue(id)
    await dialog.getByText('were changed since this draft was made').waitFor()
    await dialog.getByRole('button', { name: 'Take them over' }).click()
    await dialog.getByText('What the law asks for is there').waitFor()
    await dialog.getByText('were changed since this draft was made').waitFor({ state: 'detached' })
    await dialog.getByRole('button', { name: 'Issue invoice' }).click()
    await page.getByText('Issued').first().waitFor()
    expect(faults).toEqual([])
  })
})
