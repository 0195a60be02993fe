import { randomBytes } from 'node:crypto'
import { asSystem, createApiKey, createUser, loadCompany, systemActor } from '../../src/identity/index.ts'
import { now } from '../../src/kernel/clock.ts'
import type { Company } from '../../src/kernel/context.ts'
import { newId } from '../../src/kernel/ids.ts'
import { snake } from '../../src/kernel/sql.ts'
import { inTransaction } from '../../src/kernel/transaction.ts'
import type { Role } from '../../src/permissions.ts'
import { createCompany, enterCompany } from '../../src/setup/index.ts'
import type { TestDatabase } from './databases.ts'

/** Somebody who can call the API in a test. */
export interface Caller {
  readonly role: Role
  readonly company: Company
  /** What signs its requests. */
  readonly headers: Readonly<Record<string, string>>
}

/** What a test may say of a company; the rest is as in a new one. */
export type CompanySettings = Partial<Omit<Company, 'id' | 'minorDigits'>>

/** A company with currencies, number series, a main warehouse and the virtual locations, as set-up makes it. */
export async function makeCompany(database: TestDatabase, settings: CompanySettings = {}): Promise<Company> {
  const {
    slug = `company-${randomBytes(4).toString('hex')}`,
    name = 'Test company',
    currency = 'USD',
    timeZone = 'Europe/Warsaw',
    ...others
  } = settings
  const id = newId()
  const by = { actor: systemActor('test'), now: now(), requestId: newId() }
  await inTransaction(database.db, { companyId: null }, async (tx) => {
    enterCompany(tx, id)
    await createCompany(tx, id, by, { slug, name, currency, timeZone })
  })
  for (const [setting, value] of Object.entries(others)) {
    await database.ownerDb.query(`update companies set ${snake(setting)} = $2 where company_id = $1`, [
      id,
      value,
    ])
  }
  const made = await loadCompany(database.db, id)
  if (made === null) throw new Error('the company was not made')
  return made
}

/** A new API key of this role. */
export async function makeKey(
  database: TestDatabase,
  company: Company,
  role: Role,
  partyId: string | null = null,
): Promise<Caller> {
  const { key } = await asSystem(database.db, company.id, 'test', async (tx, ctx) =>
    createApiKey(tx, ctx, { name: `test ${role}`, role, partyId }),
  )
  return { role, company, headers: { authorization: `Bearer ${key}` } }
}

/** A new person of this role, signed in with a password; the requests carry the session cookie. */
export async function makeSession(
  database: TestDatabase,
  base: string,
  company: Company,
  role: Role,
  partyId: string | null = null,
): Promise<Caller> {
  const email = `${randomBytes(6).toString('hex')}@example.com`
  const password = 'correct-horse-battery-1'
  await asSystem(database.db, company.id, 'test', (tx, ctx) =>
    createUser(tx, ctx, { email, name: `Test ${role}`, password, role, partyId }),
  )
  const answer = await fetch(`${base}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify({ email, password }),
  })
  if (!answer.ok) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`)
  await answer.text()
  const cookie = answer.headers.getSetCookie().map((each) => each.split(';', 1)[0])
  return { role, company, headers: { cookie: cookie.join('; '), origin: base } }
}
