import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityFaults } from './support/axe.ts'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'

describe.skipIf(noBrowser)('lists', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  const post = async (page: Page, path: string, data: object) => {
    const headers = { 'zapas-company': 'crimson', origin: zapas.base }
    const answer = await page.request.post(`${zapas.base}/api/v1${path}`, { headers, data })
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
    return (await answer.json()) as { readonly id: string }
  }

  it('rows of others are told, and shown when they are wanted', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/customers' })
    await page.clock.install()
    await page.reload()
    const rows = page.locator('[data-row]')
    await rows.first().waitFor()
    const before = await rows.count()
    const names = await rows.allInnerTexts()
    for (const name of ['AAA first', 'AAA second'])
      await post(page, '/parties', { name, roles: ['customer'], currency: 'USD' })
    await page.clock.fastForward(21_000)
    const show = page.getByRole('button', { name: 'Show 2 new' })
    await show.waitFor()
    expect(await rows.allInnerTexts()).toEqual(names)
    await show.click()
    await page.locator('[data-row="0"]').getByText('AAA first').first().waitFor()
    await show.waitFor({ state: 'detached' })
    expect(await rows.count()).toBeGreaterThanOrEqual(before)
    expect(await accessibilityFaults(page)).toEqual([])
    expect(faults).toEqual([])
  })
})
