import { changeCompany, readCompany, systemContext } from '../identity/index.ts'
import { Problem } from '../kernel/problem.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { By } from './create-company.ts'
import { enterCompany } from './enter-company.ts'
import { type FirstOwner, createFirstOwner, waitForTurn } from './first-owner.ts'

export interface OwnerInBrowser extends FirstOwner {
  readonly companyName?: string | undefined
  readonly currency?: string | undefined
  readonly timeZone?: string | undefined
  readonly country?: string | undefined
  readonly language?: string | undefined
}

/** The first account, made in the browser, and what its owner says of the first company. */
export async function setUpOwner(tx: Transaction, by: Omit<By, 'actor'>, input: OwnerInBrowser) {
  refuseTooMany(by.now)
  waitForTurn(tx)
  const { userId, companies } = await createFirstOwner(tx, by, input)
  const [first] = companies
  if (first === undefined) {
    throw new Problem(
      409,
      'no-company',
      'There is no company yet. Start the server again: it makes the first.',
    )
  }
  enterCompany(tx, first.id)
  const company = await readCompany(tx, first.id)
  if (company === null) throw new Error('the first company cannot be read')
  const { companyName: name, currency, timeZone, country, language } = input
  const said = Object.entries({ name, currency, timeZone, country, language })
  const changes = Object.fromEntries(said.filter(([, value]) => value !== undefined))
  await changeCompany(tx, systemContext(company, 'set-up'), changes, null)
  const { id, slug } = first
  return { userId, email: input.email.trim().toLowerCase(), company: { id, slug, name: name ?? first.name } }
}

const mostInAMinute = 10
let tries: number[] = []

/** A stranger can ask for this: hashing passwords for him must not cost the server more than this. */
function refuseTooMany(now: Date): void {
  tries = tries.filter((moment) => moment > now.getTime() - 60_000)
  if (tries.length >= mostInAMinute) {
    throw new Problem(
      429,
      'too-many-requests',
      `More than ${mostInAMinute} tries to set up in a minute. Wait a minute and go on.`,
      { facts: { retryAfter: 60 } },
    )
  }
  tries.push(now.getTime())
}
