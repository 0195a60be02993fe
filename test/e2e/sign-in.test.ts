import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Zapas, noBrowser, owner, startZapas } from './support/browser.ts'

describe.skipIf(noBrowser)('signing in', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  it('leads to where one wanted to go, and keeps what was typed when it is refused', async () => {
    const { page, faults } = await zapas.open({ as: null, path: '/c/crimson/sales-orders' })
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.getByLabel('E-mail').fill(owner.email)
    await page.getByLabel('Password', { exact: true }).fill('a wrong one, surely')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByLabel('E-mail').inputValue()).toBe(owner.email)
    await page.getByLabel('Password', { exact: true }).fill(owner.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'Sales orders' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/c/crimson/sales-orders')
    expect(faults).toEqual([])
  })

  it('never leads to another site', async () => {
    const { page } = await zapas.open({ as: null, path: '/sign-in?next=//example.com/c/' })
    await page.getByLabel('E-mail').fill(owner.email)
    await page.getByLabel('Password', { exact: true }).fill(owner.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL('**/c/*')
    expect(new URL(page.url()).origin).toBe(zapas.base)
  })
})
