import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, describe, expect, inject, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { Backup } from '../../src/backup/read-backup.ts'
import { type Restored, restoreBackup } from '../../src/backup/restore-backup.ts'
import { checkCompany } from '../../src/check.ts'
import { version } from '../../src/commands/version.ts'
import { openDatabase, pendingMigrations } from '../../src/database/index.ts'
import { loadCompany } from '../../src/identity/index.ts'
import type { Company } from '../../src/kernel/context.ts'
import { type Database, inTransaction } from '../../src/kernel/transaction.ts'
import { query } from '../platform/processes.ts'
import { setClock } from '../../src/kernel/clock.ts'
import { Api } from '../support/api.ts'
import { money, owed, sums } from '../support/figures.ts'
import { type Figures, readFigures } from './figures.ts'
import { type KeptRelease, keptReleases, person } from './kept-releases.ts'

/** A kept company of an earlier release, restored by this program, and its owner signed in. */
interface Upgraded {
  readonly restored: Restored
  readonly url: string
  readonly db: Database
  readonly company: Company
  readonly api: Api['call']
}

const server = inject('postgres')
const releases = keptReleases()
const databases: string[] = []
const open: { app: FastifyInstance; db: Database }[] = []

afterEach(async () => {
  setClock(null)
  for (const { app, db } of open.splice(0)) {
    app.server.closeAllConnections()
    await app.close()
    await db.end()
  }
})
afterAll(async () => {
  for (const name of databases)
    await query(at('postgres', server.adminUrl), `drop database ${name} with (force)`)
})

function at(database: string, url = server.ownerUrl): string {
  const made = new URL(url)
  made.pathname = `/${database}`
  return made.href
}

async function upgrade(kept: KeptRelease): Promise<Upgraded> {
  const name = `upgraded_${randomBytes(6).toString('hex')}`
  const owner = new URL(server.ownerUrl).username
  await query(at('postgres', server.adminUrl), `create database ${name} owner ${owner}`)
  databases.push(name)
  const url = at(name)
  const backup = await Backup.open(kept.backup)
  const restored = await restoreBackup(url, 'a test', backup, version).finally(() => backup.close())
  // Its reservations end at a time of theirs, which passes while the release is kept.
  setClock(new Date(backup.manifest.takenAt))
  const db = openDatabase(url, { max: 8 })
  const app = await buildApp({
    db,
    secret: 'a secret of tests, which protects nothing',
    baseUrl: 'http://localhost',
    validateResponses: true,
    rateLimits: null,
    signInLimits: null,
  })
  open.push({ app, db })
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  const company = (await loadCompany(db, backup.manifest.companies[0]!.id))!
  const headers = { cookie: await signIn(base), origin: base }
  const api = new Api(base, { role: 'owner', company, headers })
  return { restored, url, db, company, api: api.call.bind(api) as Api['call'] }
}

async function signIn(base: string): Promise<string> {
  const answer = await fetch(`${base}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify({ email: person.email, password: person.password }),
  })
  expect(answer.status, await answer.clone().text()).toBe(200)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
}

async function differences({ db, company }: Upgraded): Promise<unknown[]> {
  return inTransaction(db, { companyId: company.id }, (tx) => checkCompany(tx, company.id), {
    readOnly: true,
  })
}

/**
 * Of one line each: goods that were sold before they came cost what came, what arrived by transit is worth that once, and
 * what an adjustment loses is below zero.
 */
const mendedValues: Readonly<Record<string, string>> = {
  'DN-2026-0005': '15.2',
  'DN-2026-0006': '17.2',
  'TR-2026-0002': '10.33',
  'ADJ-2026-0002': '-3.29',
  'ADJ-2026-0003': '-3.29',
}

/** What was kept of a release, but for what the API shows otherwise since: deliveries count what their order's invoices charge. */
function asShownNow(figures: Figures): Figures {
  const mended = (document: Figures[string][number]): Figures[string][number] => {
    const value = mendedValues[String(document['number'])]
    if (value === undefined) return document
    return { ...document, value, lines: (document['lines'] as object[]).map((line) => ({ ...line, value })) }
  }
  const withoutInvoiced = (line: object) => ({ ...line, invoiced: expect.any(String) as unknown })
  const notes = (figures['delivery-notes'] ?? []).map(mended)
  return {
    ...figures,
    'stock-transfers': (figures['stock-transfers'] ?? []).map(mended),
    'stock-adjustments': (figures['stock-adjustments'] ?? []).map(mended),
    'delivery-notes': notes.map((note) => ({
      ...note,
      lines: (note['lines'] as readonly object[]).map(withoutInvoiced),
    })),
  }
}

it('there are kept releases, each small', () => {
  expect(releases.map((kept) => kept.version)).toContain('0.1.0')
  for (const { backup } of releases) expect(statSync(backup).size).toBeLessThan(200_000)
})

describe.each(releases)('a company of Zapas $version', (kept) => {
  it('comes back, is brought to this schema and shows the figures that it had', async () => {
    const upgraded = await upgrade(kept)
    expect(upgraded.restored.differences).toEqual([])
    expect(await pendingMigrations(upgraded.url)).toEqual([])
    // What is named then must be there now; that more is there is no loss.
    expect(await readFigures(upgraded.api)).toMatchObject(asShownNow(kept.figures))
    expect(await differences(upgraded)).toEqual([])
  })

  it('goes on from an order to the money', async () => {
    const upgraded = await upgrade(kept)
    const { api } = upgraded
    const [product] = (await api('GET', '/products?type=stocked&tracking=none&limit=1')).items
    const [customer] = (await api('GET', '/parties?role=customer&limit=1')).items
    const [warehouse] = (await api('GET', '/warehouses?q=MAIN&limit=1')).items
    // More than what back orders wait for.
    const found = { productId: product!.id, quantityChange: '200', unitCost: '3.00', reason: 'found' }
    const adjustment = await api('POST', '/stock-adjustments', { warehouseId: warehouse!.id, lines: [found] })
    await api('POST', `/stock-adjustments/${adjustment.id}/post`)
    const before = await level(api, product!.id, warehouse!.id)

    const order = await api('POST', '/sales-orders', {
      partyId: customer!.id,
      warehouseId: warehouse!.id,
      lines: [{ productId: product!.id, quantity: '3', unitPrice: '12.50', taxIds: [] }],
    })
    await api('POST', `/sales-orders/${order.id}/confirm`)
    const delivery = await api('POST', `/sales-orders/${order.id}/delivery-notes`)
    await api('POST', `/delivery-notes/${delivery.id}/post`)
    const draft = await api('POST', `/sales-orders/${order.id}/invoices`)
    const invoice = await api('POST', `/invoices/${draft.id}/post`)
    expect([sums(invoice), owed(invoice)]).toEqual(['37.50 + 0.00 = 37.50', '37.50 open'])
    await api('POST', `/invoices/${invoice.id}/payments`, { amount: '37.50', method: 'bank' })

    const done = await api('GET', `/sales-orders/${order.id}`)
    expect([done.state, done.fulfilment, done.invoicing]).toEqual(['confirmed', 'full', 'full'])
    expect(owed(await api('GET', `/invoices/${invoice.id}`))).toBe('0.00 paid')
    const after = await level(api, product!.id, warehouse!.id)
    expect(Number(after) - Number(before)).toBe(-3)
    expect(money((await api('GET', `/sales-orders/${order.id}`)).totals.gross)).toBe('37.50')
    // A number of before the upgrade is not given again.
    const known = kept.figures['sales-orders']!.map((row) => row['number'])
    expect(done.number).not.toBeNull()
    expect(known).not.toContain(done.number)
    expect(await differences(upgraded)).toEqual([])
  })
})

async function level(api: Api['call'], productId: string, warehouseId: string): Promise<unknown> {
  const { items } = await api('GET', `/stock/levels?productId=${productId}&warehouseId=${warehouseId}`)
  return items[0]!['onHand']
}
