import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { Desk, patience, plain } from './support/desk.ts'

/** What has the focus: its name, and whether anything lies over it (WCAG 2.4.11). */
const focused = `(() => {
  const at = document.activeElement
  const label = at.labels?.[0]?.textContent ?? at.getAttribute('aria-label') ?? at.innerText ?? ''
  const box = at.getBoundingClientRect()
  const over = document.elementFromPoint(
    Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1),
    Math.min(Math.max(box.y + Math.min(box.height / 2, 12), 0), innerHeight - 1),
  )
  const seen = over !== null && (at.contains(over) || over.contains(at))
  return { name: label.trim(), column: at.getAttribute('data-column'), seen }
})()`

interface Focus {
  readonly name: string
  readonly column: string | null
  readonly seen: boolean
}

describe.skipIf(noBrowser)('without a pointer', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  /** Tab, again and again, until the focus is on what is wanted; every stop on the way can be seen. */
  const tabTo = async (page: Page, wanted: (focus: Focus) => boolean, key = 'Tab'): Promise<void> => {
    const seen: string[] = []
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press(key)
      const focus = await page.evaluate<Focus>(focused)
      seen.push(focus.name)
      expect(focus, `hidden by something: ${focus.name}`).toMatchObject({ seen: true })
      if (wanted(focus)) return
    }
    throw new Error(`never reached by ${key}: ${seen.join(' | ')}`)
  }
  /** The next sensible step of the document that is shown. */
  const nextStep = async (desk: Desk) => {
    // The keys of the page are there when its primary button is.
    await desk.page.locator('header [data-action][data-variant="filled"]').first().waitFor()
    await desk.page.keyboard.press('Control+Enter')
    await desk.dialog.waitFor(patience).catch(async () => {
      const focus = await desk.page.evaluate<string>('document.activeElement?.outerHTML.slice(0, 200)')
      throw new Error(`no dialog; focus on ${focus}: ${await desk.page.locator('main').innerText()}`)
    })
  }
  /** A dialog is confirmed once its preview is there. */
  const agree = async (desk: Desk) => {
    await desk.dialog.locator('[aria-live][aria-busy="false"]').waitFor()
    await desk.page.keyboard.press('Control+Enter')
    await desk.verb.waitFor({ state: 'detached' })
  }

  it('an order is entered, confirmed, delivered, invoiced and paid', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson' })
    const desk = new Desk(zapas, page)
    const product = await desk.api<{ id: string }>('/products', {
      sku: 'KEYS-1',
      name: 'Keyboard',
      salesPrice: '50.00',
      taxIds: [],
    })
    await desk.api('/parties', { name: 'Blind Typing', roles: ['customer'], currency: 'USD' })
    await desk.api('/stock-adjustments', {
      post: true,
      reason: 'Opening stock',
      lines: [{ productId: product.id, quantityChange: '20', unitCost: '40' }],
    })

    await page.keyboard.press('c')
    await page.keyboard.press('o')
    await page.waitForURL('**/sales-orders/new')
    await page.getByRole('grid').waitFor()
    await expect.poll(() => page.evaluate('document.activeElement?.tagName'), patience).toBe('H1')
    await tabTo(page, ({ name }) => name === 'Customer')
    await page.keyboard.type('Blind')
    await page.getByRole('option', { name: 'Blind Typing' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await tabTo(page, ({ column }) => column === 'product')
    await page.keyboard.type('KEYS-1', { delay: 45 })
    await page.keyboard.press('Enter')
    await page.keyboard.type('4', { delay: 45 })
    await page.keyboard.press('Enter')
    await expect.poll(() => desk.cell('net').innerText(), patience).toBe('200.00')
    // An empty last line is left by Enter; the foot of the form follows.
    await page.keyboard.press('Enter')
    await tabTo(page, ({ name }) => name.startsWith('Notes'), 'Tab')
    await page.keyboard.type('typed, never clicked')
    await page.keyboard.press('Control+s')

    await page.waitForURL(/sales-orders\/[0-9a-f-]{36}$/)
    await desk.shows('typed, never clicked')
    for (const done of ['Delivered 0 of 1 line', 'Delivered 1 of 1 line', 'Invoiced 1 of 1 line']) {
      await nextStep(desk)
      await agree(desk)
      await desk.shows(done)
    }
    // Notices lie over the corner of the page until they go by themselves.
    await expect.poll(() => page.locator('.mantine-Notification-root').count(), patience).toBe(0)
    await tabTo(page, ({ name }) => plain(name).includes('INV-'))
    await page.keyboard.press('Enter')
    await desk.reads(/^INV-/)
    await nextStep(desk)
    await agree(desk)
    await desk.shows('Paid 200.00 of 200.00')
    await desk.shows('Paid')
    expect(faults).toEqual([])
  })

  it('a dialog keeps the focus in itself and gives it back to what opened it', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/sales-orders?fulfilment=open' })
    await page.locator('[data-row="0"]').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    const desk = new Desk(zapas, page)
    await desk.reads(/^SO-/)
    await tabTo(page, ({ name }) => name === 'Deliver')
    await page.keyboard.press('Enter')
    await desk.dialog.waitFor()
    for (let i = 0; i < 25; i++) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate("document.activeElement.closest('[role=dialog]') !== null")).toBe(true)
    }
    await page.keyboard.press('Escape')
    await desk.dialog.waitFor({ state: 'detached' })
    await expect.poll(async () => (await page.evaluate<Focus>(focused)).name, patience).toBe('Deliver')
    expect(faults).toEqual([])
  })
})
