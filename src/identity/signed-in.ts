import type { Actor, Company } from '../kernel/context.ts'
import type { Permission } from '../permissions.ts'

/** A company that a person belongs to. */
export interface CompanyOfUser {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly demo: boolean
  readonly role: string
}

/** The actor that sign-in made of a session or key, with what it knew already and need not be read again. */
export interface SignedIn extends Actor {
  /** Null for a key. */
  readonly email: string | null
  readonly mustChangePassword: boolean
  readonly twoFactorEnabled: boolean
  readonly permissions: ReadonlySet<Permission>
  /** All companies of the person, the first joined first; of a key its own. */
  readonly companies: readonly CompanyOfUser[]
}

export function isSignedIn(actor: Actor): actor is SignedIn {
  return 'companies' in actor
}

/** Whether the company asks more of this person than a password. A key is no person. */
export function lacksSecondFactor(actor: SignedIn, company: Company): boolean {
  return actor.type === 'user' && company.requireSecondFactor && !actor.twoFactorEnabled
}
