import { recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { tidy } from '../../kernel/guards.ts'
import { conflict, ruleBroken } from '../../kernel/problem.ts'
import { insertInto, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { makeOneTimePassword } from '../passwords.ts'
import { forgetPrincipals } from '../principal-cache.ts'
import { addAccount } from './add-account.ts'
import { checkMembership } from './membership-rules.ts'

export interface NewUser {
  readonly email: string
  /** Left out for somebody who has an account already. */
  readonly name?: string | undefined
  /** Left out: a one-time password is made. */
  readonly password?: string | undefined
  readonly role: string
  readonly partyId?: string | null | undefined
  readonly granted?: readonly string[] | undefined
  readonly denied?: readonly string[] | undefined
}

const findAccount = statement(
  'find_account_by_email',
  { id: 'uuid' },
  (p: { email: string }) => sql`select id from auth."user" where email = ${p.email}`,
)

const findMember = statement(
  'find_member',
  { userId: 'uuid' },
  (p: { companyId: string; userId: string }) =>
    sql`select user_id from memberships where company_id = ${p.companyId} and user_id = ${p.userId}`,
)

const insertMemberships = insertInto('memberships', [
  'companyId',
  'userId',
  'role',
  'partyId',
  'granted',
  'denied',
  'createdAt',
])

/**
 * Gives a person access to the company. Somebody who has no account gets one, with the password given or
 * a one-time password that must be replaced; an account that exists keeps its own password and name.
 * @returns the one-time password, to be shown once; null when there is none.
 */
export async function createUser(
  tx: Transaction,
  ctx: Context,
  input: NewUser,
): Promise<{ id: string; oneTimePassword: string | null }> {
  const fields = {
    role: input.role,
    partyId: input.partyId ?? null,
    granted: input.granted ?? [],
    denied: input.denied ?? [],
  }
  checkMembership(ctx, fields)
  const email = input.email.trim().toLowerCase()
  const known = await tx.maybe(findAccount, { email })
  let id: string
  let oneTimePassword: string | null = null
  if (known) {
    if (input.password !== undefined) {
      throw conflict(
        'account-exists',
        `${email} has an account with a password of its own. Leave out name and password to give it access to this company.`,
      )
    }
    id = known.id
    if (await tx.maybe(findMember, { companyId: ctx.company.id, userId: id })) {
      throw conflict(
        'already-member',
        `${email} belongs to ${ctx.company.name} already. Change the role instead.`,
      )
    }
  } else {
    if (input.name === undefined) {
      throw ruleBroken(
        'name-missing',
        '/name',
        'There is no account with this e-mail address yet: give a name.',
      )
    }
    if (input.password === undefined) oneTimePassword = makeOneTimePassword()
    id = await addAccount(tx, {
      email,
      name: tidy(input.name, '/name'),
      password: input.password ?? oneTimePassword!,
      mustChangePassword: oneTimePassword !== null,
      now: ctx.now,
    })
  }
  addMember(tx, ctx, id, fields, email)
  return { id, oneTimePassword }
}

/** Writes a membership that has been checked. */
export function addMember(
  tx: Transaction,
  ctx: Context,
  userId: string,
  fields: {
    readonly role: string
    readonly partyId: string | null
    readonly granted: readonly string[]
    readonly denied: readonly string[]
  },
  email: string | null,
): void {
  const companyId = ctx.company.id
  tx.write(insertMemberships, { rows: [{ companyId, userId, ...fields, createdAt: ctx.now }] })
  recordEvents(tx, ctx, [
    { type: 'user.added', objectKind: 'user', objectId: userId, after: { email, ...fields } },
  ])
  tx.afterCommit(forgetPrincipals)
}
