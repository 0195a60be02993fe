import { notFound } from '../../kernel/problem.ts'
import { type Row, type Sql, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

/** A person in a company, as the API shows it. */
export const userColumns = {
  id: 'uuid',
  email: 'text',
  name: 'text',
  role: 'text',
  partyId: 'uuid?',
  partyName: 'text?',
  granted: 'text[]',
  denied: 'text[]',
  mustChangePassword: 'bool',
  twoFactorEnabled: 'bool?',
  lastSeenAt: 'timestamptz?',
  version: 'int',
  createdAt: 'timestamptz',
} as const
export type UserRow = Row<typeof userColumns>

/** In the order of `userColumns`. */
export const selectUser: Sql = sql`
  select u.id, u.email, u.name, m.role, m.party_id, p.name as party_name, m.granted, m.denied,
    u."mustChangePassword" as must_change_password, coalesce(u."twoFactorEnabled", false) as two_factor_enabled,
    (select max(s."updatedAt") from auth.session s where s."userId" = u.id) as last_seen_at,
    m.version, m.created_at`

export const fromUsers: Sql = sql`
  from memberships m join auth."user" u on u.id = m.user_id
  left join parties p on p.company_id = m.company_id and p.id = m.party_id`

interface Key {
  companyId: string
  id: string
}

const loadRow = statement(
  'load_user',
  userColumns,
  (p: Key) => sql`${selectUser} ${fromUsers} where m.company_id = ${p.companyId} and m.user_id = ${p.id}`,
)

/** @throws 404 also for a person of another company */
export async function loadUser(tx: Transaction, companyId: string, id: string) {
  const user = await tx.maybe(loadRow, { companyId, id })
  if (user === null) throw notFound('user')
  return shown(user)
}

export function shown<R extends { twoFactorEnabled: boolean | null }>(row: R) {
  return { ...row, twoFactorEnabled: row.twoFactorEnabled === true }
}
