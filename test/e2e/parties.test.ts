import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityFaults } from './support/axe.ts'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'

describe.skipIf(noBrowser)('a party that is there twice', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  const make = async (page: Page, data: object): Promise<{ id: string }> => {
    const answer = await page.request.post(`${zapas.base}/api/v1/parties`, {
      headers: { 'zapas-company': 'crimson', origin: zapas.base, 'idempotency-key': `${Math.random()}` },
      data: { roles: ['customer'], ...data },
    })
    return (await answer.json()) as { id: string }
  }

  it.each([1280, 390])('is merged into the other after it was shown what moves, at %i px', async (width) => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/customers', width })
    const kept = await make(page, { name: `Stay ${width}` })
    const duplicate = await make(page, {
      name: `Twice ${width}`,
      contacts: [{ name: 'Jan' }],
      addresses: [{ type: 'billing', city: 'Hel' }],
    })
    await page.goto(`${zapas.base}/c/crimson/parties/${duplicate.id}`)
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Merge into another' }).click()
    const dialog = page.getByRole('dialog', { name: `Merge Twice ${width} into another party` })
    await dialog.getByRole('textbox', { name: 'The party that stays' }).fill(`Stay ${width}`)
    await page.getByRole('option', { name: `Stay ${width}` }).click()
    await dialog.getByText('1 contact').waitFor()
    await dialog.getByText('1 address').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Merge', exact: true }).click()
    await page.waitForURL(new RegExp(kept.id))
    await page.getByRole('heading', { name: 'Jan' }).waitFor()
    await page.goto(`${zapas.base}/c/crimson/parties/${duplicate.id}`)
    await page
      .getByRole('status')
      .getByRole('link', { name: `Stay ${width}` })
      .waitFor()
    expect(faults).toEqual([])
  })

  it('is told of while its name or its tax number is typed', async () => {
    const { page } = await zapas.open({ path: '/c/crimson/customers/new' })
    await make(page, { name: 'Łąka i Las', taxNumber: '526-104-08-28' })
    const told = page.getByRole('status').filter({ hasText: 'Perhaps it is there already' })
    await page.getByLabel('Name', { exact: true }).first().fill('laka i')
    await told.getByRole('link', { name: 'Łąka i Las' }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByLabel('Name', { exact: true }).first().fill('Something else')
    await told.waitFor({ state: 'hidden' })
    await page.getByLabel('Tax number, NIP').fill('PL5261040828')
    await told.getByRole('link', { name: 'Łąka i Las' }).waitFor()
  })
})
