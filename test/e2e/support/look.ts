import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { buildApp } from '../../../src/app.ts'
import { installationSecret, openInstallation } from '../../../src/database/index.ts'
import { loadDemo } from '../../../src/demo/index.ts'
import { firstStart } from '../../../src/setup/index.ts'
import { ensureBuilt, webApp } from '../../../src/web/index.ts'
import { openWindow } from './chromium.ts'

/**
 * `npm run web:look -- /sales-orders --width 390 --dark --pl --out file.png`: a picture of a page on the demo
 * company. The address is below `/c/crimson` unless it begins with `/c/`, `/w`, `/sign-in` or `/setup`.
 * The demo's database is kept in node_modules/.cache/zapas-look; delete that folder to begin anew.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    width: { type: 'string', default: '1280' },
    height: { type: 'string', default: '800' },
    dark: { type: 'boolean', default: false },
    pl: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    /** Keys pressed before the picture: `--press Control+k`. May be given several times. */
    press: { type: 'string', multiple: true, default: [] },
    /** Selector that is clicked before the picture. May be given several times. */
    click: { type: 'string', multiple: true, default: [] },
    out: { type: 'string', default: 'look.png' },
  },
})

const [asked = '/'] = positionals
const path = /^\/(?:c\/|w(?:\/|$)|sign-in|setup)/.test(asked)
  ? asked
  : `/c/crimson${asked === '/' ? '' : asked}`
const person = { ownerEmail: 'look@example.com', ownerPassword: 'correct-horse-battery', ownerName: 'Olivia' }

await collectTexts()
await ensureBuilt(console.log, process.env)
const installation = await openInstallation({
  dataDir: join(import.meta.dirname, '../../../node_modules/.cache/zapas-look'),
  migrate: true,
})
try {
  const { db } = installation
  await firstStart(db, person)
  await loadDemo(db)
  const secret = await installationSecret(db)
  const app = await buildApp({
    db,
    secret,
    baseUrl: 'http://localhost',
    rateLimits: null,
    signInLimits: null,
    web: webApp(),
  })
  try {
    await picture((await app.listen({ host: '127.0.0.1', port: 0 })).replace('127.0.0.1', 'localhost'))
  } finally {
    app.server.closeAllConnections()
    await app.close()
  }
} finally {
  await installation.close()
}

/** Texts that are not in the English catalogues show as their keys. */
async function collectTexts(): Promise<void> {
  const folder = join(import.meta.dirname, '../../..')
  const lingui = join(folder, 'node_modules/@lingui/cli/dist/lingui.js')
  await promisify(execFile)(process.execPath, [lingui, 'extract', '--config', 'web/lingui.config.ts'], {
    cwd: folder,
  })
}

async function picture(base: string): Promise<void> {
  const context = await openWindow({
    width: Number(values.width),
    height: Number(values.height),
    dark: values.dark,
    language: values.pl ? 'pl' : 'en',
  })
  try {
    const page = context.pages()[0] ?? (await context.newPage())
    page.on('pageerror', (error) => console.error(`script error: ${error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error') console.error(`console: ${message.text()}`)
    })
    await page.request.post(`${base}/api/auth/sign-in/email`, {
      data: { email: person.ownerEmail, password: person.ownerPassword },
      headers: { origin: base },
    })
    await page.goto(base + path, { waitUntil: 'networkidle' })
    for (const selector of values.click) await page.click(selector)
    for (const key of values.press) await page.keyboard.press(key)
    if (values.click.length + values.press.length > 0) await page.waitForTimeout(500)
    await page.screenshot({ path: values.out, fullPage: values.full })
    console.log(`${values.out}: ${path} at ${values.width} px, '${await page.title()}'`)
  } finally {
    await context.close()
  }
}
