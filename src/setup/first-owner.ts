import {
  type CompanyName,
  addAccount,
  addMember,
  findAllCompanies,
  readCompany,
  systemActor,
} from '../identity/index.ts'
import { dateIn } from '../kernel/dates.ts'
import { tidy } from '../kernel/guards.ts'
import { conflict } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type By, asOwner } from './create-company.ts'
import { enterCompany } from './enter-company.ts'
import { allPermissions } from '../permissions.ts'

/** Two first starts, or two strangers at a new installation, come one after the other. */
const takeTurns = statement(
  'take_turns_at_setup',
  {},
  () => sql`select from pg_advisory_xact_lock(1514229841, 20)`,
)

const anyUser = statement(
  'any_user',
  { exists: 'bool' },
  () => sql`select exists (select from auth."user") as exists`,
)

/** Waits for another set-up under way; what is read afterwards is what it left. */
export function waitForTurn(tx: Transaction): void {
  tx.write(takeTurns, undefined)
}

export async function hasUsers(tx: Transaction): Promise<boolean> {
  return (await tx.one(anyUser, undefined)).exists
}

export interface FirstOwner {
  readonly email: string
  readonly name: string
  readonly password: string
}

/**
 * Makes the first account, owner of every company that is there. Only while there is no account at all;
 * call `waitForTurn` before.
 * @throws 409 when there is one.
 */
export async function createFirstOwner(
  tx: Transaction,
  by: Omit<By, 'actor'>,
  owner: FirstOwner,
): Promise<{ userId: string; companies: CompanyName[] }> {
  if (await hasUsers(tx)) {
    throw conflict(
      'already-set-up',
      'This installation has an owner already. Sign in, or ask the owner for access.',
    )
  }
  const email = owner.email.trim().toLowerCase()
  const userId = await addAccount(tx, {
    email,
    name: tidy(owner.name, '/name'),
    password: owner.password,
    mustChangePassword: false,
    now: by.now,
  })
  const companies = await findAllCompanies(tx)
  for (const { id } of companies) {
    enterCompany(tx, id)
    const company = await readCompany(tx, id)
    if (company === null) throw new Error(`company ${id} cannot be read`)
    const ctx = {
      ...by,
      actor: systemActor('set-up'),
      company,
      role: 'system',
      permissions: new Set(allPermissions),
      partyId: null,
      today: dateIn(company.timeZone, by.now),
    }
    addMember(tx, ctx, userId, asOwner, email)
  }
  return { userId, companies }
}
