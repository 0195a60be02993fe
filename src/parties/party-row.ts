import { notFound } from '../kernel/problem.ts'
import { type Row, type Sql, json, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { Address } from '../kernel/postal-address.ts'

export interface Contact {
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly role: string | null
  readonly purposes: readonly string[]
}

/** A party as the API shows it. */
export const partyColumns = {
  id: 'uuid',
  name: 'text',
  roles: 'text[]',
  code: 'text?',
  type: 'text',
  currency: 'text?',
  language: 'text?',
  email: 'text?',
  phone: 'text?',
  website: 'text?',
  taxNumber: 'text?',
  paymentTermDays: 'int?',
  priceGroup: 'text?',
  priceBookId: 'uuid?',
  creditLimit: 'text?',
  notes: 'text?',
  addresses: json<Address[]>(),
  contacts: json<Contact[]>(),
  archived: 'bool',
  mergedInto: 'uuid?',
  version: 'int',
  createdAt: 'timestamptz',
} as const
export type PartyRow = Row<typeof partyColumns>

/** In the order of `partyColumns`, from `parties p`. */
export const selectParty: Sql = sql`
  select p.id, p.name,
    array_remove(array[case when p.customer then 'customer' end, case when p.vendor then 'vendor' end], null) as roles,
    p.code, p.type, p.currency, p.language, p.email, p.phone, p.website, p.tax_number, p.payment_term_days,
    p.price_group, p.price_book_id, p.credit_limit::text, p.notes, p.addresses, p.contacts, p.archived, p.merged_into, p.version,
    p.created_at`

interface Key {
  companyId: string
  id: string
}

const loadRow = statement(
  'load_party',
  partyColumns,
  (p: Key) => sql`${selectParty} from parties p where p.company_id = ${p.companyId} and p.id = ${p.id}`,
)

export const lockPartyRow = statement(
  'lock_party',
  partyColumns,
  (p: Key) =>
    sql`${selectParty} from parties p where p.company_id = ${p.companyId} and p.id = ${p.id} for update`,
)

/** @throws 404 */
export async function loadParty(tx: Transaction, companyId: string, id: string): Promise<PartyRow> {
  const party = await tx.maybe(loadRow, { companyId, id })
  if (party === null) throw notFound('party')
  return party
}
