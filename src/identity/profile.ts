import { APIError } from 'better-auth/api'
import { recordEvents } from '../journal/events.ts'
import type { Company } from '../kernel/context.ts'
import { searchText } from '../kernel/search.ts'
import { type Database, inTransaction } from '../kernel/transaction.ts'
import { systemContext } from './as-system.ts'
import { findMemberships } from './companies/find-companies.ts'
import { loadCompany } from './companies/load-company.ts'

export const longestName = 100
/** What `oneLine` of src/http/schemas.ts refuses as well. */
const severalLines = /[\p{Cc}\u2028\u2029]/u

/** Who changes the own account, as the session has it. */
interface Person {
  readonly id: string
  readonly name: string
  readonly mustChangePassword?: unknown
}

/**
 * What somebody changes of the own account, as it is kept. The sign-in library takes whatever it is sent.
 * @throws 400
 */
export function checkedProfile<T extends Record<string, unknown>>(user: T): T & { search?: string } {
  if (user.image !== undefined && user.image !== null)
    throw refused('image', 'Pictures of people are not kept.')
  if (!('name' in user)) return user
  const name = typeof user.name === 'string' ? user.name.trim() : ''
  if (name === '' || name.length > longestName || !name.isWellFormed() || severalLines.test(name))
    throw refused('name', `A name is one line of 1 to ${longestName} characters.`)
  return { ...user, name, search: searchText([name]) }
}

/**
 * Writes into the audit trail of each company of a person that the name becomes another. Before it does: the
 * library changes it in a transaction of its own, and there shall be no change without its entry.
 * @throws 403 while a one-time password is not replaced
 */
export async function noteNewName(db: Database, person: Person, name: string): Promise<void> {
  if (person.mustChangePassword === true) {
    throw new APIError('FORBIDDEN', {
      code: 'PASSWORD_CHANGE_REQUIRED',
      message: 'You signed in with a one-time password. Choose one of your own first.',
    })
  }
  if (name === person.name) return
  const memberships = await inTransaction(db, { companyId: null }, (tx) => findMemberships(tx, person.id), {
    readOnly: true,
  })
  for (const { id } of memberships) {
    const company = await loadCompany(db, id)
    if (company !== null) await noteIn(db, company, person, name)
  }
}

async function noteIn(db: Database, company: Company, person: Person, name: string): Promise<void> {
  const { id, name: before } = person
  const ctx = { ...systemContext(company, before), actor: { type: 'user', id, name: before } as const }
  await inTransaction(db, { companyId: company.id }, async (tx) =>
    recordEvents(tx, ctx, [
      { type: 'user.changed', objectKind: 'user', objectId: id, before: { name: before }, after: { name } },
    ]),
  )
}

function refused(field: string, message: string): APIError {
  return new APIError('BAD_REQUEST', { code: 'INVALID_PROFILE', message, field })
}
