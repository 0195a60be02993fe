import { APIError, getSessionFromCtx } from 'better-auth/api'
import { now } from '../kernel/clock.ts'
import { Problem } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import { type Database, inTransaction } from '../kernel/transaction.ts'
import {
  checkPassword,
  isOutdated,
  isSamePassword,
  longestPassword,
  passwordHash,
  shortestPassword,
} from './passwords.ts'

/** What the sign-in library does not know of passwords, hooked into it by auth.ts. */

const oneTimePassword = statement(
  'one_time_password_of',
  { until: 'timestamptz?' },
  (p: { userId: string }) =>
    sql`select "oneTimePasswordUntil" as until from auth."user" where id = ${p.userId}::uuid`,
)

/** A new password that is among those tried first is refused wherever the library takes one. */
export async function refuseCommonPassword(ctx: Parameters<typeof getSessionFromCtx>[0]): Promise<void> {
  const password = (ctx.body as { newPassword?: unknown } | undefined)?.newPassword
  // Its own rule of length comes with its own words.
  if (typeof password !== 'string' || password.length < shortestPassword || password.length > longestPassword)
    return
  const user = (await getSessionFromCtx(ctx))?.user
  try {
    checkPassword(password, user ? [user.email, user.name] : [])
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw new APIError('BAD_REQUEST', { code: 'PASSWORD_TOO_COMMON', message: error.message })
  }
}

/**
 * The present password is no new one: a one-time password would be kept for good, known to whoever made it. Both are
 * compared as they are hashed; that the present one is right, the library finds out next.
 */
export function refuseSamePassword(body: unknown): void {
  const { currentPassword, newPassword } = Object(body) as {
    currentPassword?: unknown
    newPassword?: unknown
  }
  if (typeof currentPassword !== 'string' || typeof newPassword !== 'string') return
  if (!isSamePassword(currentPassword, newPassword)) return
  throw new APIError('BAD_REQUEST', {
    code: 'PASSWORD_UNCHANGED',
    message: 'The new password is the present one. Choose another.',
  })
}

/** No session comes of a one-time password that was left lying. Asked when the password was right. */
export async function refuseEndedPassword(db: Database, userId: string): Promise<void> {
  const row = await inTransaction(db, { companyId: null }, (tx) => tx.maybe(oneTimePassword, { userId }), {
    readOnly: true,
  })
  if (row?.until == null || row.until > now()) return
  throw new APIError('UNAUTHORIZED', {
    code: 'ONE_TIME_PASSWORD_ENDED',
    message: 'This one-time password was not used in time. Ask an owner for another.',
  })
}

const hashOfAccount = statement(
  'hash_of_account',
  { userId: 'uuid', hash: 'text?' },
  (p: { email: string }) => sql`
    select u.id as user_id, a.password as hash from auth."user" u join auth.account a on a."userId" = u.id
    where u.email = ${p.email} and a."providerId" = 'credential'`,
)

const renewStoredHash = statement(
  'renew_password_hash',
  {},
  (p: { userId: string; before: string; hash: string }) => sql`
    update auth.account set password = ${p.hash}
    where "userId" = ${p.userId}::uuid and "providerId" = 'credential' and password = ${p.before}`,
)

/** A hash made at a lower cost than today's is made anew when its password has just been proved right. */
export async function renewHash(db: Database, email: string, password: string): Promise<void> {
  await inTransaction(db, { companyId: null }, async (tx) => {
    const row = await tx.maybe(hashOfAccount, { email: email.trim().toLowerCase() })
    if (row === null || row.hash === null || !isOutdated(row.hash)) return
    tx.write(renewStoredHash, { userId: row.userId, before: row.hash, hash: await passwordHash(password) })
  })
}
