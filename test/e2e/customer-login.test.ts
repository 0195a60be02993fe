import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityFaults } from './support/axe.ts'
import { type Zapas, noBrowser, owner, startZapas } from './support/browser.ts'
import { read } from './support/read.ts'

describe.skipIf(noBrowser)('whoever may do little', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  it('as a customer is offered nothing that leads nowhere', async () => {
    const { page, faults } = await zapas.open({ as: 'customer', path: '/sign-in' })
    const refused: string[] = []
    page.on('response', (answer) => {
      if (answer.status() === 403) refused.push(new URL(answer.url()).pathname)
    })
    const visit = async (path: string) => {
      await page.goto(zapas.base + path)
      await page.locator('[data-page-title]').first().waitFor()
      await page.waitForLoadState('networkidle')
    }
    await visit('/c/crimson')
    const nav = page.getByRole('navigation').first()
    await nav.getByRole('link', { name: 'Invoices' }).waitFor()
    expect(await page.getByRole('link', { name: 'Warehouse mode' }).count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Notices' }).count()).toBe(0)
    await visit('/c/crimson/invoices')
    const { items } = await read<{ items: { id: string; number: string }[] }>(page, '/invoices')
    await visit(`/c/crimson/invoices/${items[0]!.id}`)
    const invoice = await read<{
      party: { name: string }
      lines: { sku: string | null }[]
    }>(page, `/invoices/${items[0]!.id}`)
    const { sku } = invoice.lines.find((line) => line.sku !== null)!
    for (const name of [invoice.party.name, sku!]) {
      await page.getByText(name, { exact: true }).first().waitFor()
      expect([name, await page.getByRole('link', { name, exact: true }).count()]).toEqual([name, 0])
    }
    expect(await accessibilityFaults(page)).toEqual([])
    // The palette finds the own documents.
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Number, name').fill(items[0]!.number)
    await page.locator('[data-action]', { hasText: items[0]!.number }).first().waitFor()
    await visit('/w')
    await page.getByRole('heading', { name: 'The warehouse mode is not for your role' }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    expect([refused, faults]).toEqual([[], []])
  })

  it('as a viewer has the bell, the warehouse mode and the links of documents', async () => {
    const { page } = await zapas.open({ as: 'viewer', path: '/c/crimson/invoices' })
    await page.getByRole('link', { name: 'Warehouse mode' }).waitFor()
    await page.getByRole('button', { name: 'Notices' }).waitFor()
    const { items } = await read<{ items: { id: string; partyName: string }[] }>(page, '/invoices')
    await page.goto(`${zapas.base}/c/crimson/invoices/${items[0]!.id}`)
    const { party } = await read<{ party: { name: string } }>(page, `/invoices/${items[0]!.id}`)
    await page.getByRole('link', { name: party.name, exact: true }).first().waitFor()
  })

  it('without a company is told so, and can sign out', async () => {
    const { page } = await zapas.open({ as: 'purchasing' })
    await zapas.ownerDb.query(
      `delete from memberships where user_id = (select id from auth."user" where email = 'purchasing@example.com')`,
    )
    await expectNoCompany(page)
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('E-mail').fill(owner.email)
    await page.getByLabel('Password', { exact: true }).fill(owner.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'Home' }).waitFor()
  })

  /** The server believes for two seconds what it knew of a person. */
  async function expectNoCompany(page: Page): Promise<void> {
    await page.waitForTimeout(2100)
    await page.goto(zapas.base)
    await page.getByRole('heading', { name: 'You belong to no company any more' }).waitFor()
  }
})
