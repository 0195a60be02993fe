import type { CDPSession, Page } from 'playwright-core'

/** Milliseconds between two keys of a hardware scanner. */
const gap = 4
const sessions = new WeakMap<Page, Promise<CDPSession>>()

/**
 * A scan as a hardware scanner sends it: the keys of the code, then Enter, a few milliseconds apart. The times of
 * the keys are those of the scanner, however busy the machine is that runs the test.
 */
export async function scan(page: Page, code: string): Promise<void> {
  if (!sessions.has(page)) sessions.set(page, page.context().newCDPSession(page))
  const session = await sessions.get(page)!
  const start = Date.now()
  const keys = [...Array.from(code, (key) => ({ key, text: key })), { key: 'Enter', text: '\r' }]
  await Promise.all(
    keys.flatMap((key, at) => {
      const timestamp = (start + at * gap) / 1000
      const virtual = key.key === 'Enter' ? { code: 'Enter', windowsVirtualKeyCode: 13 } : {}
      return [
        session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key, ...virtual, timestamp }),
        session.send('Input.dispatchKeyEvent', { type: 'keyUp', key: key.key, ...virtual, timestamp }),
      ]
    }),
  )
}
