import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'

const whole = '/usr/bin/chromium'
// The same engine without windows and menus: tests take a quarter less time. What is measured, and pictures, are of what
// people have.
const shell = '/usr/bin/chromium-headless-shell'
const executablePath =
  process.env['CHROMIUM'] ?? (process.env['VITEST'] === 'true' && existsSync(shell) ? shell : whole)

/** Without a browser its tests are left out, except where CI says that they must run. */
export const noBrowser = !existsSync(executablePath) && process.env['CI'] !== 'true'

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface Look {
  /** Of the window, 1280 by 800 unless given. */
  readonly width?: number
  readonly height?: number
  readonly dark?: boolean
  readonly language?: 'en' | 'pl'
  /** A finger in place of a pointer. */
  readonly touch?: boolean
}

let running: { readonly browser: Promise<Browser>; users: number } | null = null

/** The browser, started for the first who takes it and ended when the last has released it. */
export async function takeBrowser(): Promise<{ browser: Browser; release: () => Promise<void> }> {
  const here = (running ??= { browser: chromium.launch({ executablePath, args }), users: 0 })
  here.users++
  const browser = await here.browser
  return {
    browser,
    async release() {
      if (--here.users > 0) return
      if (running === here) running = null
      await browser.close()
    },
  }
}

/** A browser window with storage of its own, thrown away with `close`; the browser ends with its last window. */
export async function openWindow(look: Look = {}): Promise<BrowserContext> {
  const { browser, release } = await takeBrowser()
  const context = await browser.newContext({
    viewport: { width: look.width ?? 1280, height: look.height ?? 800 },
    colorScheme: look.dark === true ? 'dark' : 'light',
    locale: look.language === 'pl' ? 'pl-PL' : 'en-GB',
    timezoneId: 'Europe/Warsaw',
    hasTouch: look.touch ?? false,
    reducedMotion: 'reduce',
  })
  context.on('close', () => void release())
  return context
}
