import type { Decimal } from '../kernel/decimal.ts'
import { json, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type Address, addressFor } from '../kernel/postal-address.ts'

/** What documents need to know of a party, and keep a copy of (R16). */
export interface Party {
  readonly id: string
  readonly code: string | null
  readonly name: string
  readonly type: 'organisation' | 'person'
  readonly customer: boolean
  readonly vendor: boolean
  readonly taxNumber: string | null
  readonly email: string | null
  readonly language: string | null
  readonly currency: string | null
  /** Null: the company's. */
  readonly paymentTermDays: number | null
  readonly priceBookId: string | null
  readonly priceGroup: string | null
  /** In the company's currency; null: none. */
  readonly creditLimit: Decimal | null
  /** The default billing address. */
  readonly address: Address | null
  readonly shippingAddress: Address | null
  readonly archived: boolean
}

const findPartyRow = statement(
  'find_party',
  {
    id: 'uuid',
    code: 'text?',
    name: 'text',
    type: 'text',
    customer: 'bool',
    vendor: 'bool',
    taxNumber: 'text?',
    email: 'text?',
    language: 'text?',
    currency: 'text?',
    paymentTermDays: 'int?',
    priceBookId: 'uuid?',
    priceGroup: 'text?',
    creditLimit: 'numeric?',
    addresses: json<Address[]>(),
    archived: 'bool',
  },
  (p: { companyId: string; id: string }) => sql`
    select id, code, name, type, customer, vendor, tax_number, email, language, currency, payment_term_days,
      price_book_id, price_group, credit_limit, addresses, archived
    from parties where company_id = ${p.companyId} and id = ${p.id}`,
)

/** A party, archived or not; null when the company has none of this id. */
export async function findParty(tx: Transaction, companyId: string, id: string): Promise<Party | null> {
  const row = await tx.maybe(findPartyRow, { companyId, id })
  if (row === null) return null
  const { addresses, ...fields } = row
  return {
    ...(fields as Omit<Party, 'address' | 'shippingAddress'>),
    address: addressFor(addresses, 'billing'),
    shippingAddress: addressFor(addresses, 'shipping'),
  }
}
