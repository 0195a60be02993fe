import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityFaults } from './support/axe.ts'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { Desk, patience } from './support/desk.ts'

interface Item {
  readonly id: string
  readonly number: string
}

/** A refused action keeps its place, says why, and leads to what it is because of. */
describe.skipIf(noBrowser)('refused actions', () => {
  let zapas: Zapas
  let order: Item
  let delivery: Item
  beforeAll(async () => {
    zapas = await startZapas()
    const { page } = await zapas.open()
    const desk = new Desk(zapas, page)
    const party = await desk.api<Item>('/parties', { name: 'Refused', roles: ['customer'] })
    const product = await desk.api<Item>('/products', { sku: 'REFUSED-1', name: 'Lamp', taxIds: [] })
    const stocked = [{ productId: product.id, quantityChange: '20', unitCost: '40' }]
    await desk.api('/stock-adjustments', { post: true, reason: 'Opening stock', lines: stocked })
    const lines = [{ productId: product.id, quantity: '10', unitPrice: '100.00', taxIds: [] }]
    const { id } = await desk.api<Item>('/sales-orders', { partyId: party.id, lines })
    order = await desk.api<Item>(`/sales-orders/${id}/confirm`, {})
    delivery = await desk.api<Item>(`/sales-orders/${id}/delivery-notes`, { post: true })
  })
  afterAll(() => zapas.close())

  it('say why under the pointer and the focus; Enter opens the way out', async () => {
    const { page, faults } = await zapas.open()
    const desk = new Desk(zapas, page)
    await desk.go(`/sales-orders/${order.id}`)
    const button = page.locator('button[data-action="delivery-notes"]')
    await expect.poll(() => button.getAttribute('aria-disabled'), patience).toBe('true')
    const tooltip = page.getByRole('tooltip')
    await button.hover()
    await tooltip.getByText('Nothing is left to deliver.').waitFor()
    await page.mouse.move(2, 2)
    await tooltip.waitFor({ state: 'detached' })
    await button.focus()
    await tooltip.getByText('Nothing is left to deliver.').waitFor()
    await page.keyboard.press('Enter')
    const link = page.getByRole('link', { name: `Open ${delivery.number}` })
    await link.waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    // The keys reach it, and Escape leads back.
    await expect
      .poll(() => link.evaluate((each) => each.closest('[role="dialog"]')!.contains(document.activeElement)))
      .toBe(true)
    await page.keyboard.press('Escape')
    await link.waitFor({ state: 'detached' })
    await expect.poll(() => button.evaluate((each) => each === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await link.click()
    await desk.reads(new RegExp(`^${delivery.number}$`))
    expect(faults).toEqual([])
  })

  it('in the menu have the reason and the way out below them', async () => {
    const { page, faults } = await zapas.open({ language: 'pl', width: 390, touch: true })
    const desk = new Desk(zapas, page)
    await desk.go(`/sales-orders/${order.id}`)
    await page.getByRole('button', { name: 'Więcej czynności' }).click()
    await page.getByText('Nie zostało nic do wydania.').waitFor()
    await page
      .getByRole('menuitem', { name: `Otwórz ${delivery.number}` })
      .first()
      .click()
    await desk.reads(new RegExp(`^${delivery.number}$`))
    expect(faults).toEqual([])
  })
})
