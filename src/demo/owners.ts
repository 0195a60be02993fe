import { findAllCompanies } from '../identity/index.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { enterCompany } from '../setup/index.ts'

/** A person who is to own the demo. */
export interface Owner {
  readonly userId: string
  readonly email: string | null
}

const ownersOfCompany = statement(
  'owners_of_company',
  { userId: 'uuid', email: 'text' },
  (p: { companyId: string }) => sql`
    select m.user_id, u.email from memberships m join auth."user" u on u.id = m.user_id
    where m.company_id = ${p.companyId} and m.role = 'owner' order by m.created_at, m.user_id`,
)

/** Everybody who owns a company of the installation. Leaves the transaction in the last of them. */
export async function findAllOwners(tx: Transaction): Promise<Owner[]> {
  const owners = new Map<string, Owner>()
  for (const { id: companyId } of await findAllCompanies(tx)) {
    enterCompany(tx, companyId)
    for (const owner of await tx.all(ownersOfCompany, { companyId })) owners.set(owner.userId, owner)
  }
  return [...owners.values()]
}
