import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityFaults } from './support/axe.ts'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { patience } from './support/desk.ts'
import { read } from './support/read.ts'

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
    // The rows below the first screenful are drawn a little later.
    const { count: before } = await read<{ count: number }>(page, '/parties/count?role=customer')
    await expect.poll(() => rows.count()).toBe(before)
    // Without their balances, which come a little later.
    const links = rows.locator('[data-row-link]')
    const names = await links.allInnerTexts()
    for (const name of ['AAA first', 'AAA second'])
      await post(page, '/parties', { name, roles: ['customer'], currency: 'USD' })
    await page.clock.fastForward(21_000)
    const show = page.getByRole('button', { name: 'Show 2 new' })
    await show.waitFor()
    expect(await links.allInnerTexts()).toEqual(names)
    await show.click()
    await page.locator('[data-row="0"]').getByText('AAA first').first().waitFor()
    await show.waitFor({ state: 'detached' })
    await expect.poll(() => rows.count()).toBe(before + 2)
    expect(await accessibilityFaults(page)).toEqual([])
    expect(faults).toEqual([])
  })

  it('columns are made wider by key and by pointer, pinned, and kept in the address', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/sales-orders', dark: true })
    const customer = page.locator('th[data-column="party"]')
    const width = async () => (await customer.boundingBox())!.width
    await page.locator('[data-row="2"]').waitFor()
    const usual = await width()
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('button', { name: 'More for Customer' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Wider' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/widths=party/)
    await expect.poll(width).toBeGreaterThan(usual + 30)
    await page.getByRole('menuitem', { name: 'Pin' }).click()
    await page.waitForURL(/pinned=party/)
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')

    const edge = (await customer.boundingBox())!
    await page.mouse.move(edge.x + edge.width - 3, edge.y + 10)
    await page.mouse.down()
    await page.mouse.move(edge.x + 600, edge.y + 10, { steps: 3 })
    await page.mouse.up()
    await page.waitForURL(/party%3A60\d|party:60\d/)
    await page.setViewportSize({ width: 900, height: 700 })
    await page.reload()
    await page.locator('[data-row="2"]').waitFor()
    const number = page.locator('[data-row="0"] td').nth(1)
    const before = (await number.boundingBox())!.x
    const region = page.getByRole('region', { name: 'Sales orders' })
    await region.evaluate((area) => area.scrollTo({ left: 300 }))
    expect((await number.boundingBox())!.x).toBeLessThanOrEqual(before)
    expect((await number.boundingBox())!.x).toBeGreaterThan((await region.boundingBox())!.x - 1)
    expect(await accessibilityFaults(page)).toEqual([])
    expect(faults).toEqual([])
  })

  it('columns are moved by their head, let go of with Esc, and moved by the menu as well', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/sales-orders' })
    await page.locator('[data-row="2"]').waitFor()
    const head = (id: string) => page.locator(`th[data-column="${id}"]`)
    const order = () =>
      page
        .locator('th[data-column]')
        .evaluateAll((all) => all.map((each) => each.getAttribute('data-column')).join())
    const usual = await order()
    expect(usual).toBe('number,party,expected,total,goods,money,payment')
    const grab = async (id: string, to: string) => {
      const [from, at] = [(await head(id).boundingBox())!, (await head(to).boundingBox())!]
      await page.mouse.move(from.x + from.width / 2, from.y + 20)
      await page.mouse.down()
      await page.mouse.move(at.x + 12, at.y + 20, { steps: 5 })
    }
    await grab('total', 'expected')
    await page.locator('th[data-column="expected"][data-lands="before"]').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('th[data-lands]').waitFor({ state: 'detached' })
    await page.mouse.up()
    expect(await order()).toBe(usual)

    await grab('total', 'expected')
    await page.mouse.up()
    await page.waitForURL(/columns=number/)
    await expect.poll(order, patience).toBe('number,party,total,expected,goods,money,payment')
    // It was carried, not pressed: nothing is sorted by it.
    expect(await head('total').getAttribute('aria-sort')).toBe('none')
    // The first one is the link of its row and stays.
    await grab('money', 'number')
    await page.locator('th[data-column="party"][data-lands="before"]').waitFor()
    await page.mouse.up()
    await expect.poll(order, patience).toBe('number,money,party,total,expected,goods,payment')

    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('button', { name: 'Move Invoicing to the right' }).click()
    await expect.poll(order, patience).toBe('number,party,money,total,expected,goods,payment')
    await page.getByRole('button', { name: 'Usual columns' }).click()
    await expect.poll(order, patience).toBe(usual)
    expect(faults).toEqual([])
  })

  it('every key of the table of keys does what it says', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/sales-orders?sort=-number' })
    await page.locator('[data-row="4"]').waitFor()
    const focused = (row: number) =>
      page.locator(`[data-row="${row}"] [data-row-link]`).evaluate((link) => link === document.activeElement)
    const onRow = (row: number) => expect.poll(() => focused(row), patience).toBe(true)
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await page.keyboard.press(key)
    }
    // From the heading, where one arrives.
    await press('ArrowDown')
    await onRow(0)
    await press('j', 'j', 'ArrowDown', 'k', 'ArrowUp')
    await onRow(1)
    await press('x')
    await page.getByText('1 selected').waitFor()
    await press('j', 'x')
    await page.getByText('2 selected').waitFor()
    // A box is no field: letters go on after a click on it. Arrows walk from a figure as well.
    await page.locator('[data-row="3"] input').click()
    await page.getByText('3 selected').waitFor()
    await press('j')
    await onRow(3)
    await page.locator('[data-row="3"] [title="Why?"]').first().focus()
    await press('ArrowDown')
    await onRow(4)
    await press('/')
    expect(await page.evaluate('document.activeElement.type')).toBe('search')
    await page.locator('[data-row="1"] [data-row-link]').focus()
    await press('Space')
    await page.getByRole('dialog').getByText('Related documents').waitFor()
    await press('Space')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await onRow(1)
    await press('Enter')
    await page.waitForURL('**/sales-orders/*')
    const { items } = await read<{ items: readonly { readonly id: string }[] }>(
      page,
      '/sales-orders?sort=-number&limit=3',
    )
    const [first, second, third] = items.map(({ id }) => id)
    await page.getByRole('button', { name: 'More actions' }).waitFor()
    expect(page.url()).toContain(second)
    await press(']')
    await page.waitForURL(`**/${third!}`)
    await page.getByRole('button', { name: 'More actions' }).waitFor()
    await press('[')
    await page.waitForURL(`**/${second!}`)
    await page.getByRole('button', { name: 'More actions' }).waitFor()
    await press('[')
    await page.waitForURL(`**/${first!}`)
    expect(faults).toEqual([])
  })

  it('settings that are lists have the other settings beside them', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/settings/company' })
    const topics = page.getByRole('navigation', { name: 'Settings' })
    await topics.getByRole('link', { name: 'Taxes' }).click()
    await page.locator('[data-row="0"] a').click()
    await page.waitForURL('**/taxes/*')
    expect(await topics.getByRole('link', { name: 'Taxes' }).getAttribute('aria-current')).toBe('page')
    await topics.getByRole('link', { name: 'Warehouses' }).click()
    await page.waitForURL('**/warehouses')
    expect(await accessibilityFaults(page)).toEqual([])
    expect(faults).toEqual([])
  })

  it('what is done to many goes on while one looks at other pages, and what failed is tried again', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson' })
    const party = await post(page, '/parties', { name: 'Job customer', roles: ['customer'], currency: 'USD' })
    const product = await post(page, '/products', { sku: 'JOB-1', name: 'Jobs', taxIds: [] })
    for (const reference of ['job one', 'job two'])
      await post(page, '/sales-orders', {
        partyId: party.id,
        currency: 'USD',
        reference,
        backOrders: false,
        lines: [{ productId: product.id, quantity: '1', unitPrice: '1.00', taxIds: [] }],
      })
    await page.goto(`${zapas.base}/c/crimson/sales-orders?q=Job+customer`)
    await page.locator('[data-row="1"]').waitFor()
    await page.getByRole('checkbox', { name: 'Select all rows shown' }).check()
    await page.getByRole('button', { name: 'Confirm' }).click()
    // The server answers the first one only after one went on.
    let go = () => {}
    const held = new Promise<void>((resolve) => (go = resolve))
    await page.route('**/sales-orders/*/confirm', async (route) => {
      await held
      await route.continue()
    })
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Confirm' }).click()
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
    await page.getByRole('link', { name: 'Products', exact: true }).first().click()
    await page.waitForURL('**/products')
    go()
    const jobs = page.getByRole('button', { name: 'Jobs' })
    await page.getByText('Confirm: 0 done, 2 skipped').waitFor()
    await jobs.click()
    await page.getByText('0 done, 2 skipped, with their reasons').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    const lines = [{ productId: product.id, quantityChange: '2', unitCost: '1' }]
    await post(page, '/stock-adjustments', { post: true, reason: 'Found', lines })
    await page.getByRole('button', { name: 'Retry the failed' }).click()
    await page.getByText('2 done', { exact: true }).waitFor()
    await page.getByRole('link', { name: /^SO-/ }).first().click()
    await page.waitForURL('**/sales-orders/*')
    expect(faults).toEqual([])
  })

  it('has rows as high as the person likes them, and of a finger always high ones', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/products' })
    const height = async () => (await page.locator('[data-row="3"]').boundingBox())!.height
    await page.locator('[data-row="3"]').waitFor()
    expect(await height()).toBe(44)
    await page.getByRole('button', { name: 'your settings' }).click()
    await page.getByText('Dense', { exact: true }).click()
    await expect.poll(height, patience).toBe(36)
    expect(faults).toEqual([])
  })

  it('comes back by its crumb to where it was left', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/products', height: 500 })
    const row = page.locator('[data-row="25"]')
    await row.waitFor()
    await row.scrollIntoViewIfNeeded()
    const scrolled = await page.evaluate(() => window.scrollY)
    expect(scrolled).toBeGreaterThan(300)
    await row.getByRole('link').first().click()
    await page.waitForURL('**/products/*')
    await row.waitFor({ state: 'detached' })
    const crumbs = page.getByRole('navigation', { name: 'Where you are' })
    await crumbs.getByRole('link', { name: 'Products' }).click()
    await page.locator('[data-row="25"][data-active]').waitFor()
    await expect.poll(() => page.evaluate(() => window.scrollY), patience).toBe(scrolled)
    expect(faults).toEqual([])
  })
})
