import { newId } from '../../kernel/ids.ts'
import { searchText } from '../../kernel/search.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { checkPassword, endOfOneTimePassword, passwordHash } from '../passwords.ts'

const insertUser = statement(
  'insert_account_user',
  {},
  (p: {
    id: string
    email: string
    name: string
    search: string
    oneTimePasswordUntil: Date | null
    now: Date
  }) => sql`
    insert into auth."user" (id, email, name, search, "mustChangePassword", "oneTimePasswordUntil", "createdAt", "updatedAt")
    values (${p.id}::uuid, ${p.email}, ${p.name}, ${p.search}, ${p.oneTimePasswordUntil}::timestamptz is not null,
      ${p.oneTimePasswordUntil}::timestamptz, ${p.now}, ${p.now})`,
)

const insertPassword = statement(
  'insert_account_password',
  {},
  (p: { id: string; userId: string; hash: string; now: Date }) => sql`
    insert into auth.account (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt")
    values (${p.id}::uuid, ${p.userId}, 'credential', ${p.userId}::uuid, ${p.hash}, ${p.now}, ${p.now})`,
)

/**
 * Makes an account that can sign in. Written here and not by the sign-in library, so that account,
 * membership and audit entry stand or fall together; test/identity/sign-in.test.ts signs in with it.
 * @returns its id
 * @throws 422 for a password that is too short, too long or too common; 409 when the address has an account.
 */
export async function addAccount(
  tx: Transaction,
  account: {
    /** In small letters. */
    readonly email: string
    readonly name: string
    readonly password: string
    /** A one-time password, which must be replaced. */
    readonly mustChangePassword: boolean
    readonly now: Date
  },
): Promise<string> {
  const { email, name, mustChangePassword, now } = account
  checkPassword(account.password, [email, name])
  const hash = await passwordHash(account.password)
  const id = newId()
  const oneTimePasswordUntil = mustChangePassword ? endOfOneTimePassword(now) : null
  tx.write(insertUser, { id, email, name, search: searchText([name]), oneTimePasswordUntil, now })
  tx.write(insertPassword, { id: newId(), userId: id, hash, now })
  return id
}
