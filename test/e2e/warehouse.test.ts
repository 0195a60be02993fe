import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { webFolder } from '../../src/web/index.ts'
import { accessibilityFaults } from './support/axe.ts'
import { type PageOptions, type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { scan } from './support/scanner.ts'

interface Made {
  readonly id: string
  readonly number: string
  readonly lines: readonly {
    readonly id: string
    readonly quantity: string
    readonly rejectedQuantity: string
  }[]
  readonly items: readonly Made[]
  readonly code: string
  readonly state: string
}

const phone = { path: '/w?company=crimson', width: 390, height: 844, touch: true } as const

describe.skipIf(noBrowser)('warehouse mode', () => {
  let zapas: Zapas
  let west: string
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  const call = async (page: Page, path: string, data?: object): Promise<Made> => {
    const headers = { 'zapas-company': 'crimson', origin: zapas.base }
    const url = `${zapas.base}/api/v1${path}`
    const answer = await (data === undefined
      ? page.request.get(url, { headers })
      : page.request.post(url, { headers, data }))
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
    return (await answer.json()) as Made
  }
  let made = 0
  /** A product with a barcode, and a box of 12 with another. */
  const product = async (page: Page, more: object = {}) => {
    const serial = `${++made}`.padStart(3, '0')
    const fields = { sku: `SCAN-${serial}`, barcode: `2000000${serial}`, box: `2900000${serial}` }
    const { id } = await call(page, '/products', {
      sku: fields.sku,
      name: `Lamp ${serial}`,
      barcode: fields.barcode,
      units: [{ unit: 'box', numerator: 12, barcode: fields.box }],
      purchasePrice: '2',
      taxIds: [],
      purchaseTaxIds: [],
      ...more,
    })
    return { id, ...fields }
  }
  const order = async (page: Page, lines: object[], kind = 'purchase-orders') => {
    const { id: partyId } = await call(page, '/parties', {
      name: `Partner ${++made}`,
      roles: ['vendor', 'customer'],
      currency: 'USD',
    })
    const { id } = await call(page, `/${kind}`, { partyId, warehouseId: west, currency: 'USD', lines })
    return call(page, `/${kind}/${id}/confirm`, {})
  }
  const place = async (page: Page, code: string) =>
    (await call(page, `/locations?warehouseId=${west}&code=${code}`)).items[0]!.id
  const stock = async (page: Page, productId: string, code: string, quantity: string, more: object = {}) =>
    call(page, '/stock-adjustments', {
      post: true,
      warehouseId: west,
      reason: 'Opening stock',
      lines: [
        { productId, quantityChange: quantity, unitCost: '2', locationId: await place(page, code), ...more },
      ],
    })

  /** Signed in and started in the second warehouse, which has shelves. */
  const begin = async (options: Partial<PageOptions> = {}, prepare?: (page: Page) => Promise<void>) => {
    const opened = await zapas.open({ ...phone, ...options })
    const { page } = opened
    west ??= (await call(page, '/warehouses?code=WEST')).items[0]!.id
    await prepare?.(page)
    await page.getByRole('button', { name: 'Jurong West' }).click()
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await page.getByRole('navigation').waitFor()
    return opened
  }
  const title = (page: Page) => page.locator('h1')
  const strip = (page: Page) => page.locator('[data-strip]')
  const offline = (context: BrowserContext, is: boolean) => context.setOffline(is)

  it('a receipt by scans: the order, goods, a box, a place, rejected goods, preview, received', async () => {
    let lamp!: Awaited<ReturnType<typeof product>>
    let placed!: Made
    const { page, faults } = await begin({}, async (p) => {
      lamp = await product(p)
      placed = await order(p, [{ productId: lamp.id, quantity: '20', unitPrice: '2.00' }])
    })
    await scan(page, placed.number)
    await title(page).getByText(placed.number).waitFor()
    await scan(page, 'A-01')
    await scan(page, lamp.barcode)
    await scan(page, lamp.box)
    await page.locator(`[data-line="${lamp.sku}"]`).getByText('13 / 20').waitFor()
    await page.getByRole('button', { name: 'Damaged' }).click()
    await scan(page, lamp.barcode)
    await page.locator(`[data-line="${lamp.sku}"]`).getByText('14 / 20').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])

    await page.getByRole('button', { name: 'Check and receive' }).click()
    await page.getByText('0 → 13').waitFor()
    await page.getByText(`Rejected 1 × ${lamp.sku}: Damaged`).waitFor()
    await page.getByText('1 line stays open in part.').waitFor()
    await page.getByRole('button', { name: 'Receive 1 line' }).click()
    const number = await page.locator('[data-number]').innerText()
    const [receipt] = (await call(page, `/receipt-notes?number=${number}`)).items
    expect(receipt).toMatchObject({ state: 'posted', number })
    const { lines } = await call(page, `/receipt-notes/${receipt!.id}`)
    expect(lines.map(({ quantity, rejectedQuantity }) => [quantity, rejectedQuantity])).toEqual([
      ['13', '0'],
      ['0', '1'],
    ])
    expect(lines[0]).toMatchObject({ locationId: await place(page, 'A-01') })
    expect(faults).toEqual([])
  })

  it('twenty scans 50 ms apart are twenty; a page loaded anew goes on where it was', async () => {
    let lamp!: Awaited<ReturnType<typeof product>>
    let placed!: Made
    const { page } = await begin({}, async (p) => {
      lamp = await product(p)
      placed = await order(p, [{ productId: lamp.id, quantity: '50', unitPrice: '2.00' }])
    })
    await scan(page, placed.number)
    await title(page).getByText(placed.number).waitFor()
    // In the page itself, so that the pace is the scanner's and not that of the connection to the browser.
    await page.evaluate(async (code) => {
      for (let i = 0; i < 20; i++) {
        const begun = performance.now()
        for (const key of [...code.split(''), 'Enter'])
          document.activeElement!.dispatchEvent(
            new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
          )
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, 50 - (performance.now() - begun))))
      }
    }, lamp.barcode)
    const line = page.locator(`[data-line="${lamp.sku}"]`)
    await line.getByText('20 / 50').waitFor()

    await page
      .getByRole('button', { name: `Undo ${lamp.sku}` })
      .first()
      .click()
    await line.getByText('19 / 50').waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await line.getByText('19 / 50').waitFor()

    // The quantity may be keyed as well, and a scan into its field is taken out of it again.
    const field = page.locator('[data-current]').getByRole('textbox')
    await field.fill('48')
    await field.press('Enter')
    await line.getByText('48 / 50').waitFor()
    await field.focus()
    await scan(page, lamp.barcode)
    await line.getByText('49 / 50').waitFor()
    await scan(page, lamp.box)
    await page.getByRole('heading', { name: `At most 1 pcs more of ${lamp.sku}` }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    // What comes in while a person decides is kept.
    await scan(page, lamp.barcode)
    await page.getByText('Scans waiting: 1').waitFor()
    await page.getByRole('button', { name: 'Skip' }).click()
    await line.getByText('50 / 50').waitFor()
  })

  it('scans that wait outlive the page, with and without a connection, and each counts once', async () => {
    let lamp!: Awaited<ReturnType<typeof product>>
    let milk!: Awaited<ReturnType<typeof product>>
    let placed!: Made
    const { page, context, faults } = await begin({}, async (p) => {
      lamp = await product(p)
      milk = await product(p, { tracking: 'lot' })
      const line = { quantity: '10', unitPrice: '2.00' }
      placed = await order(p, [
        { productId: lamp.id, ...line },
        { productId: milk.id, ...line },
      ])
    })
    const line = page.locator(`[data-line="${lamp.sku}"]`)
    const again = async () => {
      await page.reload()
      await page.getByRole('button', { name: 'Start', exact: true }).click()
    }
    await scan(page, placed.number)
    await title(page).getByText(placed.number).waitFor()
    await scan(page, lamp.barcode)
    await scan(page, '5900000000022')
    for (let i = 0; i < 3; i++) await scan(page, lamp.barcode)
    await page.getByText('Scans waiting: 3').waitFor()
    for (const without of [false, true]) {
      await offline(context, without)
      await again()
      await page.getByRole('heading', { name: 'Not known: 5900000000022' }).waitFor()
      await page.getByText('Scans waiting: 3').waitFor()
      await line.getByText('1 / 10').waitFor()
    }
    // Leaving the work is no end of them either, and they do not go to what is done meanwhile.
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('button', { name: placed.number }).click()
    await page.getByText('Scans waiting: 3').waitFor()
    await page.getByRole('button', { name: 'Skip' }).click()
    await line.getByText('4 / 10').waitFor()
    await again()
    await line.getByText('4 / 10').waitFor()
    // A product that waits for its lot.
    await scan(page, milk.barcode)
    await page.getByRole('heading', { name: `Scan the lot of ${milk.sku}` }).waitFor()
    await again()
    await page.getByRole('heading', { name: `Scan the lot of ${milk.sku}` }).waitFor()
    await scan(page, 'L-2031')
    await page.locator(`[data-line="${milk.sku}"]`).getByText('1 / 10').waitFor()
    await again()
    await page.locator(`[data-line="${milk.sku}"]`).getByText('1 / 10').waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    expect(faults).toEqual([])
  })

  it('a code that nobody knows, and goods that nobody ordered, stop the scanning and say what to do', async () => {
    let lamp!: Awaited<ReturnType<typeof product>>
    let chair!: Awaited<ReturnType<typeof product>>
    let placed!: Made
    let other!: Made
    const { page } = await begin({}, async (p) => {
      lamp = await product(p)
      chair = await product(p, { barcode: null })
      placed = await order(p, [{ productId: lamp.id, quantity: '5', unitPrice: '2.00' }])
      other = await order(p, [{ productId: chair.id, quantity: '5', unitPrice: '2.00' }])
    })
    await scan(page, placed.number)
    await title(page).getByText(placed.number).waitFor()
    await scan(page, '5900000000008')
    await page.getByRole('heading', { name: 'Not known: 5900000000008' }).waitFor()
    await page.getByLabel('Search the product').fill(chair.sku)
    await page.getByRole('button', { name: chair.sku }).click()
    await page.getByRole('button', { name: `Link the code to ${chair.sku}` }).click()
    await page.getByRole('heading', { name: `${chair.sku} is not ordered on ${placed.number}` }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    expect((await call(page, '/products?barcode=5900000000008')).items).toHaveLength(1)
    await page.getByRole('button', { name: `Go to ${other.number}` }).click()
    await title(page).getByText(other.number).waitFor()
    await scan(page, '5900000000008')
    await page.locator(`[data-line="${chair.sku}"]`).getByText('1 / 5').waitFor()
  })

  it('offline: twelve transfers wait and are sent in order, once, when the connection is back', async () => {
    let lamp!: Awaited<ReturnType<typeof product>>
    const { page, context, faults } = await begin({}, async (p) => {
      lamp = await product(p)
      await stock(p, lamp.id, 'A-01', '40')
    })
    const posts: string[] = []
    page.on('response', (answer) => {
      const request = answer.request()
      if (request.method() === 'POST' && request.url().endsWith('/stock-transfers'))
        posts.push(request.headers()['idempotency-key']!)
    })
    await offline(context, true)
    await strip(page).getByText('Offline').waitFor()
    for (let i = 0; i < 12; i++) {
      await page.getByRole('button', { name: 'Transfer' }).click()
      await title(page).getByText('Scan where the goods lie').waitFor()
      await scan(page, 'A-01')
      for (let n = 0; n <= i % 2; n++) await scan(page, lamp.barcode)
      await scan(page, i % 2 === 0 ? 'A-02' : 'A-03')
      await page.getByRole('button', { name: 'Check and move' }).click()
      await page.getByText('No connection, so no preview.').waitFor()
      await page.getByRole('button', { name: 'Move 1 line' }).click()
      await title(page).getByText('Kept, and sent').waitFor()
      await page.getByRole('button', { name: 'Back' }).click()
    }
    await strip(page).getByText('Offline, 12 waiting').waitFor()
    expect(posts).toEqual([])
    // The page itself starts without a connection, and nothing is lost by that.
    await page.reload()
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await strip(page).getByText('Offline, 12 waiting').waitFor()

    await offline(context, false)
    await strip(page).getByText('Online').waitFor()
    const { items } = await call(page, `/stock-transfers?productId=${lamp.id}&sort=number`)
    expect(items.map(({ state }) => state)).toEqual(Array.from({ length: 12 }, () => 'posted'))
    const documents = []
    for (const { id } of items) documents.push(await call(page, `/stock-transfers/${id}`))
    expect(documents.map(({ lines }) => lines[0]!.quantity)).toEqual(
      Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? '1' : '2')),
    )
    expect(posts).toHaveLength(12)
    expect(new Set(posts).size).toBe(12)
    expect(faults).toEqual([])
  })

  it('a refused command needs a decision, shows the reason and its scans, and can be changed or put aside', async () => {
    let lamp!: Awaited<ReturnType<typeof product>>
    let placed!: Made
    const { page, context } = await begin({}, async (p) => {
      lamp = await product(p)
      placed = await order(p, [{ productId: lamp.id, quantity: '3', unitPrice: '2.00' }])
    })
    await scan(page, placed.number)
    await title(page).getByText(placed.number).waitFor()
    await offline(context, true)
    for (let i = 0; i < 3; i++) await scan(page, lamp.barcode)
    await page.getByRole('button', { name: 'Check and receive' }).click()
    await page.getByRole('button', { name: 'Receive 1 line' }).click()
    await strip(page).getByText('Offline, 1 waiting').waitFor()
    // Meanwhile somebody else receives the order.
    await call(page, `/purchase-orders/${placed.id}/receipt-notes`, { post: true })
    await offline(context, false)
    await page.getByRole('button', { name: '1 needs a decision' }).click()
    const refused = page.locator('[data-refused]')
    await refused.getByText(placed.number).waitFor()
    await refused.getByText('Nothing is left to receive').waitFor()
    await refused.getByText('3 scans behind it').click()
    expect(await refused.getByText(lamp.barcode).count()).toBe(3)
    expect(await accessibilityFaults(page)).toEqual([])
    await refused.getByRole('button', { name: 'Put it aside, nothing is booked' }).click()
    await page.getByRole('button', { name: 'Take it up again' }).click()
    await refused.getByRole('button', { name: 'Change it' }).click()
    await page.waitForURL(`**/w/receive/${placed.id}`)
  })

  it('says in Polish why the work of another phone leaves no room', async () => {
    const { page, context } = await zapas.open({ ...phone, language: 'pl' })
    west ??= (await call(page, '/warehouses?code=WEST')).items[0]!.id
    const lamp = await product(page)
    const placed = await order(page, [{ productId: lamp.id, quantity: '10', unitPrice: '2.00' }])
    await page.getByRole('button', { name: 'Jurong West' }).click()
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await page.getByRole('navigation').waitFor()
    await scan(page, placed.number)
    await title(page).getByText(placed.number).waitFor()
    await offline(context, true)
    for (let i = 0; i < 5; i++) await scan(page, lamp.barcode)
    await page.getByRole('button', { name: 'Sprawdź i przyjmij' }).click()
    await page.getByRole('button', { name: 'Przyjmij 1 pozycję' }).click()
    await call(page, `/purchase-orders/${placed.id}/receipt-notes`, {
      post: true,
      lines: [{ sourceLineId: placed.lines[0]!.id, quantity: '6' }],
    })
    await offline(context, false)
    await page.getByRole('button', { name: 'do decyzji' }).click()
    const refused = page.locator('[data-refused]')
    await refused.getByText('Można przyjąć najwyżej 4: zamówiono 10, przyjęto już 6.').waitFor()
  })

  it('picking goes from place to place, refuses the wrong one, and ends in the preview of the delivery', async () => {
    let lamp!: Awaited<ReturnType<typeof product>>
    let chair!: Awaited<ReturnType<typeof product>>
    let placed!: Made
    const { page } = await begin({}, async (p) => {
      lamp = await product(p)
      chair = await product(p)
      await stock(p, lamp.id, 'B-02', '10')
      await stock(p, chair.id, 'A-03', '10')
      const line = { quantity: '2', unitPrice: '9.00' }
      placed = await order(
        p,
        [
          { productId: lamp.id, ...line },
          { productId: chair.id, ...line },
        ],
        'sales-orders',
      )
    })
    await scan(page, placed.number)
    await title(page).getByText('Go to A-03').waitFor()
    await scan(page, 'B-02')
    await page.getByRole('heading', { name: 'Expected A-03, this is B-02' }).waitFor()
    await page.getByRole('button', { name: 'Go on to A-03' }).click()
    await scan(page, 'A-03')
    await title(page).getByText(`Take 2 × ${chair.sku}`).waitFor()
    await scan(page, chair.barcode)
    await scan(page, chair.barcode)
    await title(page).getByText('Go to B-02').waitFor()
    await scan(page, 'B-02')
    await scan(page, lamp.barcode)
    await title(page).getByText(`Take 1 × ${lamp.sku}`).waitFor()
    await page.getByRole('button', { name: 'Not enough here' }).click()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Too few' }).click()
    await title(page).getByText('is picked').waitFor()
    await page.getByRole('button', { name: 'Check and deliver' }).click()
    await page.getByText(`Short: ${lamp.sku}: Too few`).waitFor()
    await page.getByText('10 → 8').waitFor()
    await page.getByRole('button', { name: 'Deliver 2 lines' }).click()
    const number = await page.locator('[data-number]').innerText()
    const [note] = (await call(page, `/delivery-notes?number=${number}`)).items
    const { lines } = await call(page, `/delivery-notes/${note!.id}`)
    expect(lines.map(({ quantity }) => quantity)).toEqual(['2', '1'])
  })

  it('a count is blind, is left, gone on with on another device, and becomes one adjustment', async () => {
    let lamp!: Awaited<ReturnType<typeof product>>
    let shelf = ''
    const first = await begin({}, async (p) => {
      lamp = await product(p)
      shelf = `Z-${made}`
      await call(p, '/locations', { warehouseId: west, code: shelf })
      await stock(p, lamp.id, shelf, '10')
    })
    await first.page.getByRole('button', { name: 'Count' }).click()
    await first.page.getByRole('button', { name: 'Begin a count' }).click()
    await scan(first.page, shelf)
    await scan(first.page, lamp.barcode)
    await first.page.locator(`[data-counted="${lamp.sku}"]`).getByText('1').waitFor()
    expect(await first.page.getByText('By the books').count()).toBe(0)
    await first.page.getByRole('button', { name: 'Leave it' }).click()
    await first.page.getByText('Begun, to be gone on with').waitFor()

    const { page } = await begin()
    await page.getByRole('button', { name: 'Count' }).click()
    await page.getByRole('button', { name: 'Stock count' }).first().click()
    await page.locator(`[data-counted="${lamp.sku}"]`).getByText('1').waitFor()
    await scan(page, shelf)
    for (let i = 0; i < 7; i++) await scan(page, lamp.barcode)
    await page.locator(`[data-counted="${lamp.sku}"]`).getByText('8').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Check the count' }).click()
    await page.getByText('10 → 8').waitFor()
    await page.getByRole('button', { name: 'Book the count of 1 line' }).click()
    await page.locator('h1', { hasText: 'Done' }).waitFor()
    await strip(page).getByText('Online').waitFor()
    const { items } = await call(page, `/stock-adjustments?productId=${lamp.id}&state=posted`)
    expect(items).toHaveLength(2)
  })

  it('looks up a product, a place and what nobody knows', async () => {
    let lamp!: Awaited<ReturnType<typeof product>>
    const { page } = await begin({}, async (p) => {
      lamp = await product(p)
      await stock(p, lamp.id, 'B-03', '7')
    })
    await scan(page, lamp.barcode)
    const found = page.locator('[data-found]')
    await found.getByText('B-03').waitFor()
    await found.getByText('7 pcs').first().waitFor()
    await scan(page, 'B-03')
    await found.getByText(lamp.sku).waitFor()
    await scan(page, '5900000000015')
    await page.getByText('Not known: 5900000000015').first().waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  it('is accessible in both schemes and languages, fits 320 px, and its targets fit a glove', async () => {
    for (const look of [{}, { dark: true }, { width: 320 }]) {
      const { page, faults } = await begin(look)
      expect(await accessibilityFaults(page)).toEqual([])
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(sideways).toBe(0)
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('button, input, a')]
          .map((each) => ({ text: each.textContent, height: each.getBoundingClientRect().height }))
          .filter(({ height }) => height < 56),
      )
      expect(small).toEqual([])
      expect(faults).toEqual([])
    }
    const { page } = await zapas.open({ ...phone, language: 'pl' })
    await page.getByRole('heading', { name: 'Gdzie pracujesz?' }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  it('can be installed, and its first load stays within 250 kB', async () => {
    const { page } = await zapas.open(phone)
    const manifest = (await (await page.request.get(`${zapas.base}/warehouse.webmanifest`)).json()) as {
      icons: { src: string }[]
    }
    for (const { src } of manifest.icons)
      expect((await page.request.get(zapas.base + src)).status()).toBe(200)
    const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
    const names = loaded.map((name) => name.split('/').at(-1)!).filter((name) => /\.(?:js|css)$/.test(name))
    const files = await readdir(join(webFolder, 'assets'))
    let size = 0
    for (const name of new Set(names))
      if (files.includes(name)) size += gzipSync(await readFile(join(webFolder, 'assets', name))).length
    console.log(`first load of the warehouse mode: ${Math.round(size / 1000)} kB gzip`)
    expect(size).toBeGreaterThan(50_000)
    expect(size).toBeLessThan(250_000)
    expect(names.some((name) => /^(?:camera|ponyfill)-|texts-pl/.test(name))).toBe(false)
  })
})
