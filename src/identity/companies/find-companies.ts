import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

const companyColumns = { id: 'uuid', slug: 'text', name: 'text', demo: 'bool' } as const

/** A company of the installation. */
export interface CompanyName {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly demo: boolean
}

const allCompanies = statement(
  'all_companies',
  companyColumns,
  () => sql`select company_id as id, slug, name, demo from auth.all_companies()`,
)

const companiesOfUser = statement(
  'companies_of_user',
  {
    ...companyColumns,
    role: 'text',
    partyId: 'uuid?',
    granted: 'text[]',
    denied: 'text[]',
  },
  (p: { userId: string }) => sql`
    select company_id as id, slug, name, demo, role, party_id, granted, denied from auth.memberships_of(${p.userId}::uuid)`,
)

/** What a person is in one of his companies. */
export interface Membership extends CompanyName {
  readonly role: string
  readonly partyId: string | null
  readonly granted: readonly string[]
  readonly denied: readonly string[]
}

/** Every company of the installation, the oldest first. For jobs and the command line, not for routes. */
export function findAllCompanies(tx: Transaction): Promise<CompanyName[]> {
  return tx.all(allCompanies, undefined)
}

/** The companies of a person, the first joined first. */
export function findMemberships(tx: Transaction, userId: string): Promise<Membership[]> {
  return tx.all(companiesOfUser, { userId })
}
