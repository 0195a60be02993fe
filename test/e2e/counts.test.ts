import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityFaults } from './support/axe.ts'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { read } from './support/read.ts'
import { scan } from './support/scanner.ts'

interface Level {
  readonly onHand: string
}
interface Product {
  readonly id: string
}

/** A stock count from its sheet to the adjustment, by keyboard, scanner and on a phone. */
describe.skipIf(noBrowser)('stock counts', () => {
  let zapas: Zapas
  let page: Page
  let faults: readonly string[]
  beforeAll(async () => {
    zapas = await startZapas()
    ;({ page, faults } = await zapas.open({ path: '/c/crimson/stock-counts' }))
  })
  afterAll(() => zapas.close())

  const clean = async () => expect([page.url(), await accessibilityFaults(page)]).toEqual([page.url(), []])
  const field = (sku: string) => page.getByLabel(`Counted of ${sku} in STOCK`)
  const onHand = async (sku: string): Promise<string> => {
    const { items } = await read<{ items: Product[] }>(page, `/products?q=${sku}`)
    const levels = await read<{ items: Level[] }>(page, `/stock/levels?productId=${items[0]!.id}`)
    return String(levels.items.reduce((sum, level) => sum + Number(level.onHand), 0))
  }

  it('are begun for named products, blind', async () => {
    await page.getByRole('link', { name: 'New stock count' }).first().click()
    await page.waitForURL(/\/stock-counts\/new$/)
    await page.getByLabel('Who counts').fill('Ola')
    for (const [i, sku] of ['CAM-HD', 'CHR-1'].entries()) {
      await page.getByRole('button', { name: 'Name a product' }).click()
      const product = page
        .getByRole('group', { name: `Product ${i + 1}` })
        .getByLabel('Product', { exact: true })
      // A new line takes the focus in the next frame.
      await expect.poll(() => product.evaluate((input) => input === document.activeElement)).toBe(true)
      await product.fill(sku)
      const hit = page.getByRole('option', { name: sku })
      await hit.waitFor()
      await product.press('Enter')
      await hit.waitFor({ state: 'hidden' })
    }
    await clean()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.waitForURL(/\/stock-counts\/(?!new)[^/]+$/)
    await page.getByText('0 of 2 lines').waitFor()
    await page.getByText('it is counted blind').waitFor()
    expect(await page.getByRole('columnheader', { name: 'Expected' }).count()).toBe(0)
    await clean()
  })

  it('are filled in by keyboard and scanner, kept when the page is left, and finished', async () => {
    await field('CAM-HD').fill('40')
    await page.keyboard.press('Enter')
    expect(await field('CHR-1').evaluate((input) => input === document.activeElement)).toBe(true)
    for (let i = 0; i < 12; i++) await scan(page, 'CHR-1')
    await expect.poll(() => field('CHR-1').inputValue()).toBe('12')
    await page.getByRole('button', { name: 'Save 2 lines' }).waitFor()
    await page.waitForTimeout(1500) // a copy is kept a second after the last key
    page.once('dialog', (dialog) => void dialog.accept())
    await page.reload()
    await page.getByRole('button', { name: 'Restore' }).click()
    await page.getByRole('button', { name: 'Save 2 lines' }).waitFor()
    await page.keyboard.press('Control+s')
    await page.getByText('2 of 2 lines').waitFor()
    await page.getByRole('button', { name: 'Finish counting' }).click()
    await page.getByRole('dialog').getByText('All lines are counted').waitFor()
    await clean()
    await page.getByRole('dialog').getByRole('button', { name: 'Finish counting' }).click()
    await page.getByText('To approve').first().waitFor()
    await page.getByRole('columnheader', { name: 'Expected' }).waitFor()
    await clean()
  })

  it('have what differs counted again', async () => {
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Count again…' }).click()
    await page.getByLabel('Differs by more than').fill('30')
    await page.getByRole('button', { name: 'Count again what is over the limit' }).click()
    await page.getByText('1 of 2 lines').waitFor()
    await field('CHR-1').fill('9')
    await page.keyboard.press('Control+s')
    await page.getByText('2 of 2 lines').waitFor()
    await page.getByRole('button', { name: 'Finish counting' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Finish counting' }).click()
    await page.getByRole('columnheader', { name: 'First count' }).waitFor()
  })

  it('show what they would change, and book exactly that', async () => {
    const before = await onHand('CAM-HD')
    await page.getByRole('button', { name: 'Approve and book' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('CAM-HD').waitFor()
    await dialog.getByText('CHR-1').waitFor()
    await clean()
    await dialog.getByRole('button', { name: 'Approve and book' }).click()
    await page.getByText('What differed is booked').waitFor()
    expect(before).not.toBe('40')
    expect(await onHand('CAM-HD')).toBe('40')
    await page.getByRole('link', { name: /^ADJ-/ }).first().click()
    await page.waitForURL(/\/stock-adjustments\//)
    await page.goBack()
  })

  it('fit a phone, where a line is a card', async () => {
    await page.setViewportSize({ width: 390, height: 800 })
    await page.goto(`${zapas.base}/c/crimson/stock-counts?view=all`)
    await page.getByText(/^CNT-/).first().click()
    await page.getByText('What differed is booked').waitFor()
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
    expect(wide).toBe(false)
    await clean()
    expect(faults).toEqual([])
  })

  it('are filled in by scans in the warehouse mode, also without a connection, and finished at the desk', async () => {
    const { page: hand, context } = await zapas.open({
      path: '/w?company=crimson',
      width: 390,
      height: 844,
      touch: true,
    })
    const post = async (path: string, data: object): Promise<{ id: string; number: string }> => {
      const headers = { 'zapas-company': 'crimson', origin: zapas.base }
      const answer = await hand.request.post(`${zapas.base}/api/v1${path}`, { headers, data })
      if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
      return (await answer.json()) as { id: string; number: string }
    }
    const warehouses = await read<{ items: Product[] }>(hand, '/warehouses?code=WEST')
    const warehouseId = warehouses.items[0]!.id
    const lamp = await post('/products', {
      sku: 'COUNT-1',
      name: 'Lamp',
      barcode: '2000000900',
      purchasePrice: '2',
      taxIds: [],
      purchaseTaxIds: [],
    })
    const sheet = await post('/stock-counts', { warehouseId, productIds: [lamp.id] })
    await hand.reload()
    await hand.getByRole('button', { name: 'Jurong West' }).click()
    await hand.getByRole('button', { name: 'Start', exact: true }).click()
    await hand.getByRole('button', { name: 'Count' }).click()
    await hand.getByRole('button', { name: sheet.number }).click()
    await context.setOffline(true)
    await hand.getByRole('button', { name: `Send to ${sheet.number}` }).waitFor()
    await scan(hand, 'STOCK')
    for (let i = 0; i < 3; i++) await scan(hand, '2000000900')
    await hand.locator('[data-counted="COUNT-1"]').getByText('3').waitFor()
    expect(await hand.getByText('what the books say').count()).toBe(0)
    await hand.getByRole('button', { name: `Send to ${sheet.number}` }).click()
    await hand.getByText('Kept, and sent when the connection is back').waitFor()
    await context.setOffline(false)
    await hand.locator('h1', { hasText: 'Done' }).waitFor()
    await page.goto(`${zapas.base}/c/crimson/stock-counts/${sheet.id}`)
    await page.getByText('1 of 1 lines').waitFor()
    expect(await field('COUNT-1').inputValue()).toBe('3')
  })
})
