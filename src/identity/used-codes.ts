import { APIError } from 'better-auth/api'
import { now } from '../kernel/clock.ts'
import { sql, statement } from '../kernel/sql.ts'
import { type Database, inTransaction } from '../kernel/transaction.ts'

/** A row is ours when the code was not used in the time in which one is good; by chance it comes again. */
const useCode = statement(
  'use_second_factor_code',
  { userId: 'uuid' },
  (p: { userId: string; code: string; now: Date }) => sql`
    insert into auth.used_codes as c (user_id, code, used_at) values (${p.userId}::uuid, ${p.code}, ${p.now}::timestamptz)
    on conflict (user_id, code) do update set used_at = excluded.used_at
      where c.used_at < excluded.used_at - interval '5 minutes'
    returning c.user_id`,
)

/**
 * Lets a right code of an authenticator app open one session and no second one, also of two at once.
 * @param context of the request that the session is made for; others are none of its business.
 */
export async function refuseUsedCode(
  db: Database,
  userId: string,
  context: { readonly path?: string; readonly body?: unknown } | null,
): Promise<void> {
  if (context?.path !== '/two-factor/verify-totp') return
  const { code } = context.body as { code: string }
  const used = await inTransaction(db, { companyId: null }, (tx) =>
    tx.maybe(useCode, { userId, code, now: now() }),
  )
  if (used !== null) return
  throw new APIError('UNAUTHORIZED', {
    code: 'CODE_USED',
    message: 'This code was used already. Wait for the next one of your app, and sign in with that.',
  })
}
