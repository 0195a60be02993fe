import type { Page } from 'playwright-core'
import type { Client } from '../../../bench/client.ts'
import type { Goods } from '../../../bench/goods.ts'
import { home, signIn } from './budget-office.ts'
import type { Budget } from './budget-report.ts'
import { slowDown, takeSeen, timeUntil, usableAfter, watchEvents, watchFor } from './budget-timing.ts'
import { type Look, openWindow } from './chromium.ts'
import { heavyParts, loadedFiles } from './loaded.ts'

/** Of one measuring: where Zapas is, what is in it, how often. */
export interface Place {
  readonly base: string
  readonly api: Client
  readonly goods: Goods
  readonly runs: number
  /** So many times the processor is slowed. */
  readonly slow: number
}

const firstRow = '[data-row="0"] [data-row-link]'
/** Pages beside the list whose further files are counted. */
const pages = [
  '/sales-orders/ID',
  '/sales-orders/new',
  '/stock-adjustments/new',
  '/products',
  '/customers',
  '/receivables',
  '/reports',
  '/payments/new',
  '/stock/levels',
  '/stock/moves',
  '/lots',
  '/price-books',
  '/settings',
  '/settings/users',
  '/settings/print',
  '/settings/mail',
  '/recipes',
  '/rules/new',
  '/webhooks',
  '/events',
]

export async function withWindow<T>(
  place: Place,
  work: (page: Page) => Promise<T>,
  look: Look = {},
): Promise<T> {
  const context = await openWindow(look)
  // What takes too long is told with its figure, on a busy machine too, and not given up.
  context.setDefaultTimeout(120_000)
  try {
    const page = context.pages()[0] ?? (await context.newPage())
    await watchEvents(page)
    await signIn(page, place.base)
    return await work(page)
  } finally {
    await context.close()
  }
}

export async function times<T>(count: number, work: (at: number) => Promise<T>): Promise<T[]> {
  const all: T[] = []
  for (let at = 0; at < count; at++) all.push(await work(at))
  return all
}

/** JS and CSS of a page in kB of gzip, by path. */
async function filesOf(place: Place, page: Page, path: string): Promise<Map<string, number>> {
  await page.goto(place.base + path, { waitUntil: 'networkidle' })
  return new Map([...(await loadedFiles(page))].map(([name, size]) => [name, size / 1000]))
}

export const total = (sizes: Iterable<number>): number => [...sizes].reduce((sum, size) => sum + size, 0)

export async function sizes(place: Place): Promise<Budget[]> {
  return withWindow(place, async (page) => {
    const list = await filesOf(place, page, `${home}/sales-orders`)
    const wrong = [...list.keys()].filter((path) => heavyParts.test(path))
    const order = (await place.api.call('GET', '/sales-orders?limit=1')).items[0]!.id
    const further: [string, number][] = []
    const aside: number[] = []
    for (const path of pages) {
      const files = await filesOf(place, page, home + path.replace('ID', order))
      const more = [...files].filter(([file]) => !list.has(file))
      const sum = (wanted: boolean) =>
        total(more.filter(([file]) => heavyParts.test(file) === wanted).map(([, size]) => size))
      further.push([path, sum(false)])
      aside.push(sum(true))
    }
    const [worst, most] = further.reduce((a, b) => (b[1] > a[1] ? b : a))
    const warehouse = await filesOf(place, page, '/w')
    const kB = { unit: 'kB', judged: 'most' } as const
    return [
      { ...kB, what: 'first load of a list, gzip', limit: 360, values: [total(list.values())] },
      {
        ...kB,
        what: `each further page, gzip (most: \`${worst}\`)`,
        limit: 60,
        values: further.map(([, size]) => size).sort((a, b) => (a === most ? 1 : b === most ? -1 : a - b)),
      },
      {
        ...kB,
        what: 'heavy parts of a page (charts, calendar), loaded behind it, gzip',
        limit: 141,
        values: aside.filter((size) => size > 0),
      },
      {
        ...kB,
        what: 'charts, scanner, calendar, other language in the first load',
        limit: 0,
        values: [wrong.length],
      },
      {
        ...kB,
        what: 'first load of the warehouse mode, gzip',
        limit: 250,
        values: [total(warehouse.values())],
      },
    ]
  })
}

/** Milliseconds from the start of the page until the link of the first row takes a click. */
async function untilRow(page: Page, url: string): Promise<number> {
  await page.goto(url, { waitUntil: 'commit' })
  const usable = await usableAfter(page)
  await page.locator(firstRow).click({ trial: true })
  return usable
}

export async function lists(place: Place): Promise<Budget[]> {
  const url = `${place.base}${home}/sales-orders`
  const both = await times(place.runs, () =>
    withWindow(place, async (page) => {
      await slowDown(page, place.slow)
      await watchFor(page, firstRow)
      const cold = await untilRow(page, url)
      await page.waitForLoadState('networkidle')
      return { cold, warm: await untilRow(page, url), seen: await takeSeen(page) }
    }),
  )
  const ms = { unit: 'ms', judged: 'p75' } as const
  return [
    { ...ms, what: 'list usable, cold', limit: 2000, values: both.map(({ cold }) => cold) },
    { ...ms, what: 'list usable, warm', limit: 800, values: both.map(({ warm }) => warm) },
    {
      what: 'layout shift of a list',
      unit: '',
      judged: 'p75',
      limit: 0.02,
      values: both.map(({ seen }) => total(seen.shifts)),
    },
  ]
}

/** From a row of a list to its document, the pointer on it a moment before. */
export async function opening(place: Place): Promise<Budget[]> {
  const opened = await withWindow(place, async (page) => {
    await slowDown(page, place.slow)
    await untilRow(page, `${place.base}${home}/sales-orders`)
    return times(place.runs, async (at) => {
      await page.waitForLoadState('networkidle')
      const link = page.locator(`[data-row="${at}"] [data-row-link]`)
      // Behind the number stands, for screen readers, whose it is.
      const [number = ''] = (await link.innerText()).split('\n')
      await link.hover()
      // A hand takes so long from pointing to pressing.
      await page.waitForTimeout(150)
      const taken = await timeUntil(page, { event: 'click', selector: 'h1', text: number }, () =>
        link.click(),
      )
      await page.goBack()
      await page.locator(firstRow).waitFor()
      return taken
    })
  })
  const ms = { unit: 'ms', judged: 'p75' } as const
  return [
    { ...ms, what: 'list to document: header painted', limit: 300, values: opened.map(({ shown }) => shown) },
    {
      ...ms,
      what: 'list to document: something changes',
      limit: 100,
      values: opened.map(({ changed }) => changed),
    },
  ]
}

export async function palette(place: Place): Promise<Budget[]> {
  const words = ['Bench product 17', 'Bench product 402', 'Customer 38', 'Vendor 91', 'Bench product 981']
  const values = await withWindow(place, async (page) => {
    await slowDown(page, place.slow)
    await untilRow(page, `${place.base}${home}/sales-orders`)
    // Its code comes when the page is at rest.
    await page.waitForTimeout(4000)
    return times(place.runs, async (at) => {
      const text = words[at % words.length]!
      await page.keyboard.press('Control+k')
      await page.locator('input.mantine-Spotlight-search').fill(text.slice(0, -1))
      await page.waitForTimeout(1500)
      const { shown } = await timeUntil(
        page,
        { event: 'keydown', selector: '.mantine-Spotlight-actionsList[aria-busy="false"]', text },
        () => page.keyboard.press(text.at(-1)!),
      )
      await page.keyboard.press('Escape')
      await page.waitForTimeout(300)
      return shown
    })
  })
  return [{ what: 'palette: key to hits', unit: 'ms', judged: 'p75', limit: 250, values }]
}

/** Documents opened in turn in one window, as somebody does who looks through them. */
export async function fiftyDocuments(place: Place): Promise<Budget[]> {
  const { items } = await place.api.call<{ items: { id: string; number: string }[] }>(
    'GET',
    '/sales-orders?limit=60&sort=-id&state=confirmed',
  )
  const [growth, seen] = await withWindow(place, async (page) => {
    const session = await page.context().newCDPSession(page)
    const heap = async (): Promise<number> => {
      await session.send('HeapProfiler.collectGarbage')
      return (await session.send('Runtime.getHeapUsage')).usedSize / 2 ** 20
    }
    const open = async ({ id, number }: { id: string; number: string }) => {
      await page.evaluate((path) => history.pushState(null, '', path), `${home}/sales-orders/${id}`)
      await page.getByRole('heading', { level: 1, name: number, exact: true }).waitFor()
      await page.waitForLoadState('networkidle')
    }
    await page.goto(`${place.base}${home}/sales-orders/${items[0]!.id}`, { waitUntil: 'networkidle' })
    for (const each of items.slice(1, 6)) await open(each)
    const before = await heap()
    for (const each of items.slice(6, 56)) await open(each)
    return [(await heap()) - before, await takeSeen(page)] as const
  })
  return [
    { what: 'heap growth over 50 documents', unit: 'MB', judged: 'most', limit: 25, values: [growth] },
    {
      what: 'layout shift over 50 documents, each',
      unit: '',
      judged: 'most',
      limit: 0.02,
      values: [total(seen.shifts) / 50],
    },
  ]
}
