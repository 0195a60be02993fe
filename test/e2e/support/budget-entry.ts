import type { Page } from 'playwright-core'
import { home, orderOf } from './budget-office.ts'
import type { Budget } from './budget-report.ts'
import { type Place, times, total, withWindow } from './budget-runs.ts'
import { interactions, slowDown, takeSeen, timeUntil } from './budget-timing.ts'
import { scan } from './scanner.ts'

const rowsOfPaste = 300

/** Puts 300 rows into the grid of a new order. @returns milliseconds from the paste's 'Insert' to the totals. */
async function paste(place: Place, page: Page): Promise<number> {
  await page.goto(`${place.base}${home}/sales-orders/new`, { waitUntil: 'networkidle' })
  await page.getByRole('gridcell').nth(0).focus()
  const body = Array.from({ length: rowsOfPaste }, (_, i) => `B-${(i % 20) + 1}\t${i + 1}\t1.5`).join('\n')
  await page.evaluate((text) => {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
    document.activeElement!.dispatchEvent(event)
  }, `Code\tQty\tPrice\n${body}`)
  const insert = page.getByRole('dialog').getByRole('button', { name: `Insert ${rowsOfPaste} lines` })
  await insert.waitFor()
  await page.waitForTimeout(500)
  const { shown } = await timeUntil(
    page,
    { event: 'click', selector: '[data-total="net"]', text: '67,725.00' },
    () => insert.click(),
  )
  await page.waitForTimeout(1500)
  return shown
}

/** Milliseconds from 200 keys in the grid to the next picture. */
async function keys(page: Page): Promise<number[]> {
  await takeSeen(page)
  for (let i = 0; i < 50; i++) {
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press(String(i % 10))
    await page.keyboard.press('5')
    await page.keyboard.press('Escape')
  }
  const slow = (await takeSeen(page)).events
    .filter(({ name }) => name === 'keydown')
    .map(({ duration }) => duration)
  // The browser tells of none that took less than 16 ms.
  return [...Array.from({ length: Math.max(0, 200 - slow.length) }, () => 8), ...slow]
}

/** The longest frames while 300 lines go by. */
async function scroll(page: Page): Promise<number[]> {
  return page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const grid = document.querySelector('[role="grid"]')!
        const frames: number[] = []
        grid.scrollTop = 0
        let last = performance.now()
        const step = () => {
          const now = performance.now()
          frames.push(now - last)
          last = now
          grid.scrollTop += 120
          if (grid.scrollTop + grid.clientHeight < grid.scrollHeight - 1) requestAnimationFrame(step)
          else resolve(frames.slice(2))
        }
        requestAnimationFrame(step)
      }),
  )
}

export async function grid(place: Place): Promise<Budget[]> {
  const rest = await withWindow(place, async (page) => {
    await paste(place, page)
    return keys(page)
  })
  const slow = await withWindow(place, async (page) => {
    await slowDown(page, place.slow)
    const pasted = await times(place.runs, () => paste(place, page))
    const typed = await keys(page)
    const frames = await scroll(page)
    const added = await times(place.runs, async (at) => {
      await page.keyboard.press('Control+End')
      await page.keyboard.type(`B-${at + 100}`, { delay: 60 })
      await page.waitForTimeout(1500)
      const count = await page.getByRole('grid').getAttribute('aria-rowcount')
      const { shown } = await timeUntil(
        page,
        { event: 'keydown', selector: '[role="grid"]', attribute: 'aria-rowcount', not: count! },
        () => page.keyboard.press('Enter'),
      )
      await page.waitForTimeout(800)
      return shown
    })
    return { pasted, typed, frames, added, seen: await takeSeen(page) }
  })
  const ms = { unit: 'ms' } as const
  return [
    { ...ms, judged: 'p95', what: 'key to paint, 300 lines', limit: 50, values: rest },
    {
      ...ms,
      judged: 'p95',
      what: `key to paint, 300 lines, processor slowed ${place.slow} times`,
      limit: 100,
      values: slow.typed,
    },
    { ...ms, judged: 'p75', what: 'a line more at 300', limit: 100, values: slow.added },
    { ...ms, judged: 'most', what: 'frames while 300 lines go by', limit: 50, values: slow.frames },
    { ...ms, judged: 'p75', what: 'paste of 300 rows to totals', limit: 1500, values: slow.pasted },
  ]
}

export async function preview(place: Place): Promise<Budget[]> {
  const order = await orderOf(place.api, place.goods, 100)
  return withWindow(place, async (page) => {
    await slowDown(page, place.slow)
    await page.goto(`${place.base}${home}/sales-orders/${order}`, { waitUntil: 'networkidle' })
    const deliver = page.locator('button[data-action="delivery-notes"]').first()
    await deliver.waitFor()
    await takeSeen(page)
    const shown = await times(place.runs, async () => {
      // As a hand does it: there first, then down, then up. At once, the three would wait for each other.
      await deliver.hover()
      await page.waitForTimeout(200)
      const taken = await timeUntil(
        page,
        { event: 'click', selector: '[role="dialog"] [aria-live="polite"][aria-busy="false"]' },
        () => deliver.click({ delay: 60 }),
      )
      await page.waitForTimeout(600)
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      return taken.shown
    })
    const seen = await takeSeen(page)
    return [
      { what: 'preview of a delivery of 100 lines', unit: 'ms', judged: 'p75', limit: 500, values: shown },
      {
        what: 'slowest events of interactions (INP)',
        unit: 'ms',
        judged: 'p95',
        limit: 200,
        values: interactions(seen),
      },
      {
        what: 'layout shift in the dialog',
        unit: '',
        judged: 'most',
        limit: 0,
        values: [total(seen.shifts)],
      },
    ]
  })
}

/** From the scanner's Enter to the sound of what came of it, in the warehouse mode. */
export async function scanner(place: Place): Promise<Budget[]> {
  const values = await withWindow(
    place,
    async (page) => {
      await slowDown(page, place.slow)
      await page.goto(`${place.base}/w`, { waitUntil: 'networkidle' })
      await page.getByRole('button', { name: 'Start', exact: true }).click()
      await page.getByRole('navigation').waitFor()
      await page.getByText('Look up', { exact: true }).click()
      await page.waitForTimeout(1500)
      return times(Math.max(20, place.runs), async (at) => {
        await page.evaluate(() => {
          const end = (event: KeyboardEvent) => {
            if (event.key === 'Enter') Object.assign(globalThis, { budgetEnter: performance.now() })
          }
          document.addEventListener('keydown', end, { capture: true })
          performance.clearMarks('zapas-told')
        })
        await scan(page, `B-${at + 1}`)
        const told = await page.waitForFunction(
          () => performance.getEntriesByName('zapas-told').at(-1)?.startTime,
        )
        const begun = await page.evaluate(
          () => (globalThis as unknown as { budgetEnter: number }).budgetEnter,
        )
        await page.waitForTimeout(200)
        return Math.max(0, (await told.jsonValue())! - begun)
      })
    },
    { width: 390, touch: true },
  )
  return [{ what: 'scan to sound', unit: 'ms', judged: 'p75', limit: 100, values }]
}
