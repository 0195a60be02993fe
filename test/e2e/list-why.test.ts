import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decimal, sum } from '../../src/kernel/decimal.ts'
import { accessibilityFaults } from './support/axe.ts'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { patience } from './support/desk.ts'

describe.skipIf(noBrowser)('figures in rows of lists', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  const plain = (text: string): string => text.replaceAll(/[^\d.-]/g, '').replace(/^-?$/, '0')
  /** Asks the figure of a column of this row by keyboard; the parts add up to it and it is given the focus back. */
  const ask = async (page: Page, row: number, column: number, part: RegExp) => {
    const cell = page.locator(`[data-row="${row}"] td`).nth(column)
    const figure = plain(await cell.innerText())
    await cell.getByRole('button').focus()
    await page.keyboard.press('Enter')
    const popover = page.getByRole('dialog')
    await popover.getByText(part).first().waitFor()
    const sums = popover.locator('tbody tr')
    const figures = (await sums.locator('td').allInnerTexts()).map((text) => decimal(plain(text)))
    const together = figures.at(-1)!
    expect(sum(figures.slice(0, -1)).toFixed(), 'parts').toBe(together.toFixed())
    expect(together.toFixed(), 'figure').toBe(decimal(figure).toFixed())
    return { popover, cell }
  }
  const leave = async (page: Page, cell: Awaited<ReturnType<typeof ask>>['cell']) => {
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    const focused = () => cell.getByRole('button').evaluate((button) => button === document.activeElement)
    await expect.poll(focused, patience).toBe(true)
  }
  const columnOf = async (page: Page, id: string): Promise<number> => {
    const heads = page.locator('thead th')
    const ids = await heads.evaluateAll((all) => all.map((head) => head.getAttribute('data-column')))
    return ids.indexOf(id)
  }

  it('of documents: totals are what they are made of, what is open is less what settled it', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/invoices?paymentStatus=partial' })
    const row = page.locator('[data-row="0"]')
    await row.waitFor()
    const { height } = (await row.boundingBox())!
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    const total = await ask(page, 0, await columnOf(page, 'total'), /^Net and all taxes together\.$/)
    expect(asked.some((url) => url.includes('reasons'))).toBe(true)
    expect(await accessibilityFaults(page)).toEqual([])
    expect((await row.boundingBox())!.height).toBe(height)
    await leave(page, total.cell)
    const open = await ask(page, 0, await columnOf(page, 'open'), /^The total, less what/)
    await open.popover.getByRole('link').first().click()
    await page.waitForURL('**/payments/*')
    expect(faults).toEqual([])
  })

  it('of products: all warehouses together, each a link', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/products?sort=sku' })
    await page.locator('[data-row="0"]').waitFor()
    const { popover, cell } = await ask(page, 0, await columnOf(page, 'onHand'), /Together/)
    expect(await popover.getByRole('link').count()).toBeGreaterThan(0)
    expect(await accessibilityFaults(page)).toEqual([])
    await leave(page, cell)
    expect(page.url()).toContain('/products?')
    expect(faults).toEqual([])
  })

  it('of customers: the balance by how long it is due, each part the invoices that make it', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/customers' })
    await page.locator('[data-row="0"]').waitFor()
    const column = await columnOf(page, 'balance')
    const balances = page.locator(`[data-row] td:nth-child(${column + 1})`)
    await expect.poll(() => balances.getByRole('button').count(), patience).toBeGreaterThan(0)
    const texts = await balances.allInnerTexts()
    const at = texts.findIndex((text) => /^[\d.,]+$/.test(text))
    const { popover } = await ask(page, at, column, /^What is open, by the days/)
    expect(await accessibilityFaults(page)).toEqual([])
    await popover.getByRole('link').first().click()
    await page.waitForURL(/\/invoices\?.*partyId=/)
    await page.locator('[data-row="0"]').waitFor()
    expect(faults).toEqual([])
  })
})
