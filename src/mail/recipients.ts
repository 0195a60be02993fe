import { Type } from 'typebox'
import { ruleBroken } from '../kernel/problem.ts'
import { json, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type Purpose, contactPurposes } from './purposes.ts'

const MailAddress = Type.String({
  format: 'email',
  maxLength: 254,
  examples: ['ap@example.com'],
  'x-must': 'an e-mail address such as "ap@example.com"',
})
export const MailAddresses = Type.Array(MailAddress, { maxItems: 50, uniqueItems: true })

interface Contact {
  readonly name: string
  readonly email: string | null
  readonly purposes: readonly string[]
}

const columns = {
  id: 'uuid',
  name: 'text',
  language: 'text?',
  email: 'text?',
  contacts: json<Contact[]>(),
} as const

const selectParties = statement(
  'select_parties_of_mail',
  columns,
  (p: { companyId: string; ids: readonly string[] }) => sql`
    select id, name, language, email, contacts from parties where company_id = ${p.companyId} and id = any(${p.ids}::uuid[])`,
)

export interface Addressee {
  readonly id: string
  readonly name: string
  readonly language: string | null
  readonly email: string | null
  readonly contacts: readonly Contact[]
}

export async function findAddressees(
  tx: Transaction,
  companyId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Addressee>> {
  const rows = await tx.all(selectParties, { companyId, ids })
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Whom a mail of this purpose goes to: the contacts that are written to about it, else the address of the
 * party itself. Pure.
 */
export function recipientsOf(party: Addressee, purpose: Purpose): string[] {
  for (const wanted of contactPurposes(purpose)) {
    const found = party.contacts.filter((each) => each.email && each.purposes.includes(wanted))
    if (found.length > 0) return [...new Set(found.map((each) => each.email!))]
  }
  return party.email ? [party.email] : []
}

export function refuseNobody(to: readonly string[]): void {
  if (to.length === 0)
    throw ruleBroken(
      'no-recipient',
      '/to',
      'Nobody would get this mail. Enter an address, or give the customer one.',
    )
}
