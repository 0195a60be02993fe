import { findAllCompanies, systemActor } from '../identity/index.ts'
import { now } from '../kernel/clock.ts'
import { isTimeZone } from '../kernel/dates.ts'
import { newId } from '../kernel/ids.ts'
import { type Database, inTransaction } from '../kernel/transaction.ts'
import { createCompany } from './create-company.ts'
import { enterCompany } from './enter-company.ts'
import { createFirstOwner, hasUsers, waitForTurn } from './first-owner.ts'

export interface FirstStart {
  /** Of the first company (ZAPAS_CURRENCY); left out: USD, until the owner says otherwise. */
  readonly currency?: string | undefined
  /** Left out: the owner's account is made in the browser. */
  readonly ownerEmail?: string | undefined
  readonly ownerPassword?: string | undefined
  readonly ownerName?: string | undefined
}

export interface Started {
  /** The first company was made now. */
  readonly madeCompany: boolean
  /** The owner's account was made now. */
  readonly madeOwner: boolean
  /** Nobody can sign in yet: the browser asks for the owner's account. */
  readonly needsOwner: boolean
}

/** Why the environment names no owner; null: it names one, or does not want to. */
export function halfAnOwner({ ownerEmail, ownerPassword }: FirstStart): string | null {
  if ((ownerEmail === undefined) === (ownerPassword === undefined)) return null
  return 'ZAPAS_OWNER_EMAIL and ZAPAS_OWNER_PASSWORD go together; one of them is missing.'
}

/**
 * Gives an empty installation its first company and, when the environment names one, its owner. May be
 * run at every start and by several processes at once: what is there stays as it is.
 */
export async function firstStart(db: Database, options: FirstStart = {}): Promise<Started> {
  const { ownerEmail, ownerPassword } = options
  const fault = halfAnOwner(options)
  if (fault !== null) throw new Error(fault)
  const by = { now: now(), requestId: newId() }
  return inTransaction(db, { companyId: null }, async (tx) => {
    waitForTurn(tx)
    const madeCompany = (await findAllCompanies(tx)).length === 0
    if (madeCompany) {
      const companyId = newId()
      enterCompany(tx, companyId)
      await createCompany(
        tx,
        companyId,
        { ...by, actor: systemActor('set-up') },
        {
          slug: 'my-company',
          name: 'My company',
          currency: options.currency?.trim().toUpperCase() || 'USD',
          timeZone: timeZoneOfServer(),
        },
      )
    }
    const known = await hasUsers(tx)
    const madeOwner = !known && ownerEmail !== undefined
    if (madeOwner) {
      const name = options.ownerName ?? ownerEmail.split('@', 1)[0]!
      await createFirstOwner(tx, by, { email: ownerEmail, password: ownerPassword!, name })
    }
    return { madeCompany, madeOwner, needsOwner: !known && !madeOwner }
  })
}

/** The first guess at where the company is; the owner can change it. */
function timeZoneOfServer(): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return isTimeZone(timeZone) ? timeZone : 'UTC'
}
