import type { CDPSession, Page } from 'playwright-core'

/** Of the page under measure: a slow phone's processor and line, as the budgets mean it. */
export async function slowDown(page: Page, times: number, line = true): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: times })
  if (line) {
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 40,
      downloadThroughput: 20_000_000 / 8,
      uploadThroughput: 20_000_000 / 8,
    })
  }
  return session
}

interface Until {
  /** What begins it. */
  readonly event: 'click' | 'keydown' | 'paste'
  /** What ends it: an element, whose text or attribute says what is wanted. */
  readonly selector: string
  readonly text?: string
  /** Its attribute, and what it must not be any more. */
  readonly attribute?: string
  readonly not?: string
}

/** Milliseconds from an event in the page to the first change of anything, and to the frame that shows what is waited for. */
export async function timeUntil(
  page: Page,
  until: Until,
  act: () => Promise<unknown>,
): Promise<{ changed: number; shown: number }> {
  await page.evaluate((wanted) => {
    const told = new Promise<{ changed: number; shown: number }>((resolve, reject) => {
      let changed = 0
      const begin = () => {
        const begun = performance.now()
        const watch = new MutationObserver(() => {
          changed ||= performance.now() - begun
        })
        watch.observe(document.body, { subtree: true, childList: true, attributes: true })
        const look = () => {
          const found = [...document.querySelectorAll(wanted.selector)].some((element) => {
            if (wanted.text !== undefined && !(element.textContent ?? '').includes(wanted.text)) return false
            if (wanted.attribute === undefined) return true
            const value = element.getAttribute(wanted.attribute)
            return value !== null && value !== wanted.not
          })
          const passed = performance.now() - begun
          if (found) {
            watch.disconnect()
            resolve({ changed: changed || passed, shown: passed })
          } else if (passed > 60_000) {
            reject(new Error(`nothing matches ${JSON.stringify(wanted)}`))
          } else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      }
      document.addEventListener(wanted.event, begin, { capture: true, once: true })
    })
    Object.assign(globalThis, { budgetTime: told })
  }, until)
  await act()
  return page.evaluate(() => (globalThis as unknown as { budgetTime: Promise<never> }).budgetTime)
}

/**
 * From now on every page tells when an element is there, painted, and the page free to take a click on it. Measured in
 * the page itself: a driver that asks for it again and again takes a third of a slowed processor.
 */
export async function watchFor(page: Page, selector: string): Promise<void> {
  await page.addInitScript((wanted) => {
    const told = new Promise<number>((resolve) => {
      const watch = new MutationObserver(() => {
        if (document.querySelector(wanted) === null) return
        watch.disconnect()
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))
      })
      watch.observe(document, { subtree: true, childList: true })
    })
    Object.assign(globalThis, { budgetUsable: told })
  }, selector)
}

/** Milliseconds from the start of the page until what {@link watchFor} looks for could be clicked. */
export const usableAfter = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as { budgetUsable: Promise<number> }).budgetUsable)

/** Begins to collect how long events take to the next picture, and how far the page jumps. */
export async function watchEvents(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = { events: [] as object[], shifts: [] as number[] }
    Object.assign(globalThis, { budgetSeen: seen })
    new PerformanceObserver((list) => {
      for (const each of list.getEntries()) {
        const { name, duration, interactionId = 0 } = each as PerformanceEntry & { interactionId?: number }
        seen.events.push({ name, duration, interactionId })
      }
    }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit)
    new PerformanceObserver((list) => {
      for (const each of list.getEntries() as (PerformanceEntry & {
        hadRecentInput: boolean
        value: number
      })[])
        if (!each.hadRecentInput) seen.shifts.push(each.value)
    }).observe({ type: 'layout-shift', buffered: true })
  })
}

export interface Seen {
  readonly events: readonly {
    readonly name: string
    readonly duration: number
    readonly interactionId: number
  }[]
  readonly shifts: readonly number[]
}

/** What was collected since the last time it was asked for. */
export async function takeSeen(page: Page): Promise<Seen> {
  // Entries come a moment after their frame.
  await page.waitForTimeout(400)
  return page.evaluate(() => {
    const { budgetSeen } = globalThis as unknown as { budgetSeen: { events: object[]; shifts: number[] } }
    return { events: budgetSeen.events.splice(0), shifts: budgetSeen.shifts.splice(0) } as Seen
  })
}

/** The slowest event of each interaction. */
export function interactions({ events }: Seen): number[] {
  const by = new Map<number, number>()
  for (const { interactionId, duration } of events)
    if (interactionId !== 0) by.set(interactionId, Math.max(by.get(interactionId) ?? 0, duration))
  return [...by.values()]
}

/**
 * How fast a browser is here and now: how many times a second it writes and reads JSON of 1,000 rows. Times of two days
 * compare only beside it.
 */
export async function speedOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const rows = Array.from({ length: 1000 }, (_, at) => ({
      id: `row ${at}`,
      at,
      figures: [at, at / 3, 'of a row'],
    }))
    const round = () => JSON.parse(JSON.stringify(rows)) as unknown
    const begun = performance.now()
    let rounds = 0
    for (; performance.now() - begun < 1000; rounds++) round()
    return rounds
  })
}
