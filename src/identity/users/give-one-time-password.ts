import { recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { forbidden, notFound } from '../../kernel/problem.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { findMemberships } from '../companies/find-companies.ts'
import { effectivePermissions, refuseMoreThanOwn } from '../effective-permissions.ts'
import { endOfOneTimePassword, makeOneTimePassword, passwordHash } from '../passwords.ts'
import { forgetPrincipals } from '../principal-cache.ts'
import { isSignedIn } from '../signed-in.ts'
import { lockMembership } from './membership-rules.ts'

const setPassword = statement(
  'set_account_password',
  {},
  (p: { userId: string; hash: string; now: Date }) => sql`
    update auth.account set password = ${p.hash}, "updatedAt" = ${p.now}
    where "userId" = ${p.userId}::uuid and "providerId" = 'credential'`,
)
const requireChange = statement(
  'require_password_change',
  {},
  (p: { userId: string; until: Date }) => sql`
    update auth."user" set "mustChangePassword" = true, "oneTimePasswordUntil" = ${p.until} where id = ${p.userId}::uuid`,
)
const endSessions = statement(
  'end_sessions',
  {},
  (p: { userId: string }) => sql`delete from auth.session where "userId" = ${p.userId}::uuid`,
)
const dropSecondFactor = statement(
  'drop_second_factor',
  {},
  (p: { userId: string }) => sql`delete from auth."twoFactor" where "userId" = ${p.userId}::uuid`,
)
const switchSecondFactorOff = statement(
  'switch_second_factor_off',
  {},
  (p: { userId: string }) =>
    sql`update auth."user" set "twoFactorEnabled" = false where id = ${p.userId}::uuid`,
)

/**
 * For somebody who forgot the password: gives a one-time password, which must be replaced, and ends all
 * sessions. Who sets a password can sign in as that person, so it takes somebody with as many permissions
 * in every company that the person belongs to.
 * @returns the password, to be shown once.
 */
export async function giveOneTimePassword(
  tx: Transaction,
  ctx: Context,
  userId: string,
  options: { readonly resetTwoFactor?: boolean | undefined } = {},
): Promise<string> {
  const key = { companyId: ctx.company.id, id: userId }
  const [row, memberships] = await Promise.all([tx.maybe(lockMembership, key), findMemberships(tx, userId)])
  if (row === null) throw notFound('user')
  refuseMoreThanOwn(ctx, effectivePermissions(row), 'The role of this person')
  for (const other of memberships) if (other.id !== ctx.company.id) refuseUnlessOwner(ctx, other.id)
  const password = makeOneTimePassword()
  const hash = await passwordHash(password)
  tx.write(setPassword, { userId, hash, now: ctx.now })
  tx.write(requireChange, { userId, until: endOfOneTimePassword(ctx.now) })
  tx.write(endSessions, { userId })
  if (options.resetTwoFactor) {
    tx.write(dropSecondFactor, { userId })
    tx.write(switchSecondFactorOff, { userId })
  }
  const after = { twoFactorReset: options.resetTwoFactor ?? false }
  recordEvents(tx, ctx, [{ type: 'user.password-reset', objectKind: 'user', objectId: userId, after }])
  tx.afterCommit(forgetPrincipals)
  return password
}

function refuseUnlessOwner(ctx: Context, companyId: string): void {
  if (ctx.actor.type === 'system') return
  const own = isSignedIn(ctx.actor) ? ctx.actor.companies : []
  if (own.some((company) => company.id === companyId && company.role === 'owner')) return
  throw forbidden(
    'This person belongs to another company too, whose owner you are not. An administrator of the installation can do it: zapas user.',
  )
}
