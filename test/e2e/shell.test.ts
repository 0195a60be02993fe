import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { kinds } from '../../src/kinds.ts'
import { accessibilityFaults } from './support/axe.ts'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { heavyParts, loadedFiles } from './support/loaded.ts'

/** Pages of others change; what is looked at here is what stands around them. */
const home = '/c/crimson'

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')

describe.skipIf(noBrowser)('the shell', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  it.each([
    [1280, false, 'en'],
    [1280, true, 'pl'],
    [800, false, 'pl'],
    [390, false, 'pl'],
    [390, true, 'en'],
    [320, false, 'pl'],
  ] as const)(
    'at %i px, dark %s, in %s has no accessibility fault and no sideways scroll',
    async (width, dark, language) => {
      const { page, faults } = await zapas.open({ path: home, width, dark, language })
      expect(await accessibilityFaults(page)).toEqual([])
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(wide).toBe(0)
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(language)
      expect(faults).toEqual([])
    },
  )

  it.each([390, 820])('leaves a finger at least 44 px of every target, at %i px', async (width) => {
    const { page } = await zapas.open({ width, touch: true })
    for (const path of ['', '/sales-orders', '/sales-orders/new', '/stock/levels']) {
      await page.goto(zapas.base + home + path)
      await page.locator('[data-page-title]').first().waitFor()
      await page.waitForLoadState('networkidle')
      // A link within a sentence and what stands in the row of a table, which is a target itself, may be smaller.
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('a, button, select, summary, [role=tab], input:not([type=checkbox])')]
          .filter((each) => each.checkVisibility() && getComputedStyle(each).display !== 'inline')
          .filter((each) => each.closest('td') === null && !each.classList.contains('visually-hidden'))
          .map((each) => ({ each, box: each.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 1 && (box.width < 43.9 || box.height < 43.9))
          .map(({ each, box }) => [
            each.getAttribute('aria-label') ?? each.textContent,
            box.width,
            box.height,
          ]),
      )
      expect(small, path).toEqual([])
    }
  })

  it('uses for a list what was asked for before the code of the app', async () => {
    const { page } = await zapas.open({ path: home })
    const warnings: string[] = []
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()))
    await page.goto(`${zapas.base}${home}/sales-orders`)
    await page.locator('[data-page-title]').first().waitFor()
    await page.waitForLoadState('networkidle')
    expect(warnings).toEqual([])
  })

  it('does not scroll sideways at 320 px where a finger gets larger targets', async () => {
    const { page } = await zapas.open({ width: 320, touch: true })
    for (const path of ['', '/sales-orders', '/sales-orders/new']) {
      await page.goto(zapas.base + home + path)
      await page.locator('[data-page-title]').first().waitFor()
      await page.waitForLoadState('networkidle')
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(wide, path).toBe(0)
    }
  })

  it('has no accessibility fault with palette, user menu, shortcuts and phone menu open', async () => {
    const { page } = await zapas.open({ path: home })
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Number, name').fill('a')
    await page.locator('[data-action]').nth(3).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'New', exact: true }).click()
    await page.getByRole('menuitem').first().waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('role')))
      .toBe('menuitem')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'your settings' }).click()
    await page.getByText('Sign out').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Shortcuts of this page' }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    const phone = await zapas.open({ path: home, width: 390, dark: true })
    await phone.page.getByRole('button', { name: 'Menu', exact: true }).click()
    await phone.page.getByRole('dialog').getByText('Reservations').waitFor()
    expect(await accessibilityFaults(phone.page)).toEqual([])
  })

  it('begins with the skip link, and leads the focus to the heading of each page', async () => {
    const { page } = await zapas.open({ path: home })
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Skip to content')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')
    await page.getByRole('link', { name: 'Delivery notes' }).click()
    await page.waitForFunction(() => document.activeElement?.matches('h1[data-page-title]'))
    expect(await page.title()).toMatch(/Delivery notes.* · Crimson$/)
    await page.keyboard.press('g')
    await page.keyboard.press('h')
    await page.waitForURL(`**${home}`)
    await page.waitForFunction(() => document.activeElement?.textContent === 'Home')
  })

  it('finds a document by its number and opens it with Enter', async () => {
    const { page } = await zapas.open({ path: home })
    const orders = (await (
      await page.request.get(`${zapas.base}/api/v1/sales-orders?limit=50`, {
        headers: { 'zapas-company': 'crimson' },
      })
    ).json()) as { items: { id: string; number: string | null }[] }
    const order = orders.items.find(({ number }) => number !== null)!
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Number, name').fill(order.number!)
    await page.locator('[data-action]').first().waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/c/crimson/sales-orders/${order.id}`)
  })

  it('opens the only thing found with Enter, once it answers what is typed', async () => {
    const { page } = await zapas.open({ path: home })
    const headers = { 'zapas-company': 'crimson', origin: zapas.base }
    const made = await page.request.post(`${zapas.base}/api/v1/products`, {
      headers,
      data: { sku: 'PLINTH-1', name: 'Zephyrine plinth', taxIds: [] },
    })
    const { id } = (await made.json()) as { id: string }
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Number, name').fill('zephyrine')
    await page.locator('[data-action]', { hasText: 'PLINTH-1' }).waitFor()
    await page.locator('[aria-busy="false"] [data-action]').first().waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/c/crimson/products/${id}`)
  })

  it('narrows the palette by prefix and keeps no stale answer', async () => {
    const { page } = await zapas.open({ path: home })
    await page.keyboard.press('Control+k')
    const field = page.getByPlaceholder('Number, name')
    await field.fill('>order')
    await page.locator('[data-action]').first().waitFor()
    expect(await page.locator('[data-action]').allInnerTexts()).toEqual([
      'New sales order',
      'New purchase order',
    ])
    await field.fill('zzzzzz-nothing')
    await page.getByText('Nothing found').waitFor()
  })

  it('changes language and colours without losing the page, and remembers both', async () => {
    const { page } = await zapas.open({ path: home })
    await page.getByRole('button', { name: 'your settings' }).click()
    await page.getByText('Polski').click()
    await page.getByRole('heading', { name: 'Pulpit' }).waitFor()
    await page.getByText('Ciemne').click()
    await page.waitForFunction(() => document.documentElement.dataset['mantineColorScheme'] === 'dark')
    await page.reload()
    await page.getByRole('heading', { name: 'Pulpit' }).waitFor()
    expect(
      await page.evaluate(() => [
        document.documentElement.lang,
        document.documentElement.dataset['mantineColorScheme'],
      ]),
    ).toEqual(['pl', 'dark'])
  })

  it('has letter shortcuts that one switch turns off, and none while one types', async () => {
    const { page } = await zapas.open({ path: home })
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Number, name').waitFor()
    await page.keyboard.type('g')
    await page.keyboard.type('i')
    expect(await page.getByPlaceholder('Number, name').inputValue()).toBe('gi')
    await page.keyboard.press('Escape')
    await page.getByPlaceholder('Number, name').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'your settings' }).click()
    await page.getByLabel('Shortcuts of a single letter').press('Space')
    await page.keyboard.press('Escape')
    await page.getByText('Sign out').waitFor({ state: 'hidden' })
    await page.keyboard.press('g')
    await page.keyboard.press('i')
    await page.waitForTimeout(300)
    expect(new URL(page.url()).pathname).toBe(home)
  })

  it('shows a role only what it may see', async () => {
    const { page } = await zapas.open({ path: home, as: 'warehouse' })
    await page.getByRole('link', { name: 'Delivery notes', exact: true }).waitFor()
    expect(await page.getByRole('link', { name: 'Invoices' }).count()).toBe(0)
    expect(await page.getByRole('link', { name: 'Payments' }).count()).toBe(0)
    expect(await page.getByText('First steps').count()).toBe(0)
  })

  it('asks to sign in over the page when the session has ended, and goes on', async () => {
    const { page } = await zapas.open({ path: home })
    await page.context().clearCookies()
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Number, name').fill('laptop')
    const dialog = page.getByRole('dialog', { name: 'Sign in again' })
    await dialog.waitFor()
    await dialog.getByLabel('E-mail').fill('olivia@example.com')
    await dialog.getByLabel('Password', { exact: true }).fill('correct-horse-battery')
    await dialog.getByRole('button', { name: 'Sign in' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.locator('[data-action]').first().waitFor()
    expect(await page.getByPlaceholder('Number, name').inputValue()).toBe('laptop')
  })

  it('asks once to sign in again, whatever was sent before and is refused afterwards', async () => {
    const { page } = await zapas.open({ path: home })
    let signedIn = (): void => {}
    const afterwards = new Promise<void>((resolve) => (signedIn = resolve))
    await page.context().clearCookies()
    // Sent without a session; the refusal comes when there is one again.
    await page.route(
      '**/api/v1/search?*',
      async (request) => {
        const refused = await request.fetch()
        await afterwards
        await request.fulfill({ response: refused })
      },
      { times: 1 },
    )
    await page.keyboard.press('Control+k')
    const sent = page.waitForRequest('**/api/v1/search?*')
    await page.getByPlaceholder('Number, name').fill('laptop')
    await sent
    const dialog = page.getByRole('dialog', { name: 'Sign in again' })
    await dialog.getByLabel('E-mail').fill('olivia@example.com')
    await dialog.getByLabel('Password', { exact: true }).fill('correct-horse-battery')
    await dialog.getByRole('button', { name: 'Sign in' }).click()
    await dialog.waitFor({ state: 'hidden' })
    signedIn()
    await page.locator('[data-action]').first().waitFor()
    expect(await dialog.count()).toBe(0)
  })

  it('says that the server cannot be reached, and when it is back', async () => {
    const { page, context } = await zapas.open({ path: home })
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Number, name').waitFor()
    await context.setOffline(true)
    await page.getByPlaceholder('Number, name').fill('mug')
    await page.getByText('The server cannot be reached').first().waitFor()
    await context.setOffline(false)
    await page.getByText('What you have typed is kept; nothing').waitFor({ state: 'hidden', timeout: 15_000 })
  })

  it.each(['sales-orders', 'products', 'customers'])(
    'the list of %s does not load the other language, charts, the calendar or the sheet of shortcuts',
    async (list) => {
      const { page } = await zapas.open({ path: '/sign-in' })
      const asked: string[] = []
      page.on('request', (request) => asked.push(new URL(request.url()).pathname))
      await page.goto(`${zapas.base}${home}/${list}`, { waitUntil: 'networkidle' })
      // Early, and not once more when the app's code is there.
      expect(asked.filter((path) => path === '/api/v1/me')).toHaveLength(1)
      const scripts = asked.filter((path) => path.endsWith('.js'))
      expect(scripts).toHaveLength(new Set(scripts).size)
      const files = await loadedFiles(page)
      const names = [...files.keys()].join(' ')
      expect(names).toMatch(/\/en-/)
      expect(names).not.toMatch(/[/.]pl-|\/(?:chart|calendar|shortcut-sheet|palette|toasts)-/)
      const total = [...files.values()].reduce((sum, size) => sum + size, 0)
      console.log(
        `first load of ${list}: ${Math.round(total / 1000)} kB of JS and CSS (gzip), ${files.size} files`,
      )
      expect(total).toBeLessThan(360_000)
      // Each costs the browser a request, and a slow one more than its bytes do.
      expect(files.size).toBeLessThan(35)
    },
  )

  it.each(Object.values(kinds).map(({ path }) => path))(
    'asks once for the rows of %s, early',
    async (list) => {
      const { page } = await zapas.open({ path: '/sign-in' })
      const asked: string[] = []
      page.on('request', (request) => asked.push(request.url().replace(zapas.base, '')))
      await page.goto(`${zapas.base}${home}/${list}`, { waitUntil: 'networkidle' })
      await page.getByRole('heading', { level: 1 }).waitFor()
      const rows = `/api/v1/${list}?limit=50`
      expect(asked.filter((url) => url.startsWith(`/api/v1/${list}?`))).toEqual([rows])
      expect(asked.filter((url) => url.startsWith('/api/')).slice(0, 2)).toEqual(['/api/v1/me', rows])
    },
  )

  it('a further page brings little beside what a list has loaded', async () => {
    const { page } = await zapas.open({ path: `${home}/sales-orders` })
    await page.locator('[data-row="0"]').waitFor()
    const order = await page.locator('[data-row="0"] [data-row-link]').getAttribute('href')
    const filesOf = async (path: string) => {
      await page.goto(zapas.base + path, { waitUntil: 'networkidle' })
      return loadedFiles(page)
    }
    const list = await filesOf(`${home}/sales-orders`)
    for (const path of [order!, `${home}/sales-orders/new`, `${home}/reports`]) {
      const more = [...(await filesOf(path))].filter(([file]) => !list.has(file) && !heavyParts.test(file))
      const total = more.reduce((sum, [, size]) => sum + size, 0)
      console.log(`${path} brings ${Math.round(total / 1000)} kB of JS and CSS (gzip)`)
      expect(total).toBeGreaterThan(0)
      expect(total).toBeLessThan(60_000)
    }
  })
})
