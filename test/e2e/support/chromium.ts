import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
/** Without a browser its tests are left out, except where CI says that they must run. */
export const noBrowser = !existsSync(executablePath) && process.env['CI'] !== 'true'

export interface Look {
  /** Of the window, 1280 by 800 unless given. */
  readonly width?: number
  readonly height?: number
  readonly dark?: boolean
  readonly language?: 'en' | 'pl'
  /** A finger in place of a pointer. */
  readonly touch?: boolean
}

/** A browser window with storage of its own, thrown away with `close`. */
export async function openWindow(look: Look = {}): Promise<BrowserContext> {
  const folder = await mkdtemp(join(tmpdir(), 'zapas-browser-'))
  const context = await chromium.launchPersistentContext(folder, {
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    viewport: { width: look.width ?? 1280, height: look.height ?? 800 },
    colorScheme: look.dark === true ? 'dark' : 'light',
    locale: look.language === 'pl' ? 'pl-PL' : 'en-GB',
    timezoneId: 'Europe/Warsaw',
    hasTouch: look.touch ?? false,
    reducedMotion: 'reduce',
  })
  context.on('close', () => void rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  return context
}
