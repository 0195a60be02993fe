import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { buildApp } from '../../../src/app.ts'
import { loadDemo } from '../../../src/demo/index.ts'
import { asSystem, createUser } from '../../../src/identity/index.ts'
import type { Role } from '../../../src/permissions.ts'
import { firstStart } from '../../../src/setup/index.ts'
import { ensureBuilt, webApp, webFolder } from '../../../src/web/index.ts'
import { type TestDatabase, copyDatabase, makeTemplateOnce } from '../../support/databases.ts'
import { type Look, openWindow, takeBrowser } from './chromium.ts'

export { noBrowser } from './chromium.ts'

/** Of every installation that `startZapas` makes, unless it is to be without one. */
export const owner = {
  name: 'Olivia',
  email: 'olivia@example.com',
  password: 'correct-horse-battery',
} as const

export interface PageOptions extends Look {
  /** Where to go; `/c/crimson` unless given. */
  readonly path?: string
  /** Who is signed in: the owner unless given, nobody when null. A role makes a person with it in Crimson. */
  readonly as?: Role | null
}

/** A real server with a real database, as people use it, and windows that look at it. */
export interface Zapas extends TestDatabase {
  readonly base: string
  /** A page in a window of its own. What goes wrong in it (script errors, refused by the policy) is in `faults`. */
  open(options?: PageOptions): Promise<Opened>
  close(): Promise<void>
}

export interface Opened {
  readonly page: Page
  readonly context: BrowserContext
  /** Script errors and console errors so far, refused answers left out. */
  readonly faults: readonly string[]
}

const demoTemplate = 'zapas_demo'

/**
 * Starts Zapas on a copy of the demo (made once in a run) and the web app built from the present sources.
 * @param options.demo false: an installation without demo company; `owner: false`: nobody can sign in yet.
 */
export async function startZapas(options: { demo?: boolean; owner?: boolean } = {}): Promise<Zapas> {
  await ensureBuilt(console.log, process.env)
  const database = await makeDatabase(options)
  // Others may build anew while this server runs.
  const folder = await mkdtemp(join(tmpdir(), 'zapas-web-'))
  await cp(webFolder, folder, { recursive: true })
  const app = await buildApp({
    db: database.db,
    secret: 'a-secret-of-this-test-that-is-long-enough-0123456789',
    baseUrl: 'http://localhost',
    rateLimits: null,
    signInLimits: null,
    validateResponses: true,
    web: webApp(folder),
  })
  const base = (await app.listen({ host: '127.0.0.1', port: 0 })).replace('127.0.0.1', 'localhost')
  const windows: BrowserContext[] = []
  // Windows come and go with the tests of a file; the browser stays.
  const { release: releaseBrowser } = await takeBrowser()
  const people = new Set<Role>()
  return {
    ...database,
    base,
    async open({ path = '/c/crimson', as = 'owner', ...look } = {}) {
      const context = await openWindow(look)
      windows.push(context)
      closeAfterTest(context)
      if (as !== null) {
        const email = as === 'owner' ? owner.email : await personWith(database, as, people)
        await signIn(context, base, email)
      }
      const page = context.pages()[0] ?? (await context.newPage())
      const faults: string[] = []
      page.on('pageerror', (error) => faults.push(error.message))
      page.on('console', (message) => {
        // The browser itself reports each refused answer; tests of refusals want them.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
          faults.push(message.text())
        }
      })
      await page.goto(base + path)
      await page.locator('[data-page-title]').first().waitFor()
      return { page, context, faults }
    },
    async close() {
      for (const window of windows) await window.close()
      await releaseBrowser()
      app.server.closeAllConnections()
      await app.close()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What is left open goes on asking the server. What is opened before the tests of a file stays for all of them. */
function closeAfterTest(window: BrowserContext): void {
  try {
    onTestFinished(() => window.close())
  } catch {
    // No test runs now.
  }
}

async function makeDatabase({ demo = true, owner: owned = true }): Promise<TestDatabase> {
  const start = { ownerEmail: owner.email, ownerPassword: owner.password, ownerName: owner.name }
  if (demo) {
    await makeTemplateOnce(demoTemplate, async ({ db }) => {
      await firstStart(db, start)
      await loadDemo(db)
    })
    return copyDatabase(demoTemplate)
  }
  const database = await copyDatabase()
  await firstStart(database.db, owned ? start : {})
  return database
}

async function personWith(database: TestDatabase, role: Role, people: Set<Role>): Promise<string> {
  const email = `${role}@example.com`
  if (people.has(role)) return email
  const partyId = role === 'customer' ? await customerWithInvoice(database) : null
  await asSystem(database.db, 'crimson', 'test', (tx, ctx) =>
    createUser(tx, ctx, { email, name: role, password: owner.password, role, partyId }),
  )
  people.add(role)
  return email
}

async function customerWithInvoice({ ownerDb }: TestDatabase): Promise<string> {
  const { rows } = await ownerDb.query<{ partyId: string }>(
    `select i.party_id as "partyId" from invoices i join companies c using (company_id)
      where c.slug = 'crimson' and i.kind = 'invoice' and i.state = 'posted'
        and exists (select from invoice_lines l where l.invoice_id = i.id and l.product_id is not null)
      order by i.id limit 1`,
  )
  return rows[0]!.partyId
}

async function signIn(context: BrowserContext, base: string, email: string): Promise<void> {
  const answer = await context.request.post(`${base}/api/auth/sign-in/email`, {
    data: { email, password: owner.password },
    headers: { origin: base },
  })
  if (!answer.ok()) throw new Error(`sign-in answered ${answer.status()}: ${await answer.text()}`)
}
