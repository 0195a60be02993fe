import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'

const deleteSessions = statement(
  'purge_sessions',
  {},
  (p: { now: Date }) => sql`delete from auth.session where "expiresAt" < ${p.now}`,
)
const deleteVerifications = statement(
  'purge_verifications',
  {},
  (p: { now: Date }) => sql`delete from auth.verification where "expiresAt" < ${p.now}`,
)
/** Counted for minutes; see failed-sign-ins.ts. */
const deleteFailedSignIns = statement(
  'purge_failed_sign_ins',
  {},
  (p: { now: Date }) =>
    sql`delete from auth.failed_sign_ins where first_at < ${p.now}::timestamptz - interval '1 day'`,
)
const deleteUsedCodes = statement(
  'purge_used_codes',
  {},
  (p: { now: Date }) =>
    sql`delete from auth.used_codes where used_at < ${p.now}::timestamptz - interval '1 day'`,
)
/** No password fits what is no hash: nothing of an unused one-time password is left to be guessed at. */
const voidOneTimePasswords = statement(
  'void_one_time_passwords',
  {},
  (p: { now: Date }) => sql`
    update auth.account a set password = null
    from auth."user" u
    where u.id = a."userId" and a."providerId" = 'credential' and a.password is not null
      and u."mustChangePassword" and u."oneTimePasswordUntil" < ${p.now}`,
)

/** Deletes what signing in leaves behind and nobody can use any more, of the whole installation. */
export function purgeSignIns(tx: Transaction, now: Date): void {
  for (const each of [
    deleteSessions,
    deleteVerifications,
    deleteFailedSignIns,
    deleteUsedCodes,
    voidOneTimePasswords,
  ])
    tx.write(each, { now })
}
