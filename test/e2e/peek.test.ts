import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityFaults } from './support/axe.ts'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { read } from './support/read.ts'

interface Order {
  readonly id: string
  readonly number: string | null
  readonly state: string
}

describe.skipIf(noBrowser)('a row that is looked at', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  it('says what it is and what can be done, is acted on in the same dialog, and walks on', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/sales-orders?sort=-id' })
    const { items } = await read<{ items: readonly Order[] }>(page, '/sales-orders?sort=-id&limit=50')
    const at = items.findIndex(({ state }) => state === 'draft')
    await page.locator(`[data-row="${at}"] [data-row-link]`).focus()
    await page.keyboard.press('Space')
    const drawer = page.getByRole('dialog').first()
    await drawer.getByText('Draft').first().waitFor()
    await drawer.getByRole('button', { name: 'More actions' }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])

    await drawer.getByRole('button', { name: 'Confirm', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: /^Confirm/ })
    await dialog.getByText('Reserved').first().waitFor()
    // Letters and Esc are the dialog's: the drawer stays where it is.
    await page.keyboard.press('j')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await drawer.getByRole('button', { name: 'Confirm', exact: true }).click()
    await dialog.getByText('Reserved').first().waitFor()
    await page.keyboard.press('Control+Enter')
    await dialog.waitFor({ state: 'hidden' })
    await drawer.getByText('Confirmed').first().waitFor()
    const { state } = await read<Order>(page, `/sales-orders/${items[at]!.id}`)
    expect(state).toBe('confirmed')

    await page.keyboard.press('ArrowDown')
    await page.locator(`[data-row="${at + 1}"][data-active]`).waitFor()
    const next = items[at + 1]!
    await page.getByRole('dialog', { name: next.number ?? '' }).waitFor()
    await page.keyboard.press('ArrowUp')
    await page.locator(`[data-row="${at}"][data-active]`).waitFor()
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'hidden' })
    const back = page.locator(`[data-row="${at}"] [data-row-link]`)
    expect(await back.evaluate((link) => link === document.activeElement)).toBe(true)
    expect(faults).toEqual([])
  })

  it('keeps what is refused in its place, with the reason', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/sales-orders' })
    const delivered = page.locator('[data-row]').filter({ hasText: 'Delivered' }).first()
    await delivered.locator('[data-row-link]').focus()
    await page.keyboard.press('Space')
    const drawer = page.getByRole('dialog').first()
    const deliver = drawer.getByRole('button', { name: 'Deliver', exact: true })
    expect(await deliver.getAttribute('aria-disabled')).toBe('true')
    await deliver.focus()
    await page.keyboard.press('Enter')
    await page.getByText('Nothing is left to deliver.').last().waitFor()
    expect(faults).toEqual([])
  })
})
