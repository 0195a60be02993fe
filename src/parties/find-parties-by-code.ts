import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type PartyRow, partyColumns, selectParty } from './party-row.ts'

const findRows = statement(
  'find_parties_by_code_or_name',
  partyColumns,
  (p: { companyId: string; codes: readonly string[]; names: readonly string[] }) => sql`
    ${selectParty} from parties p
    where p.company_id = ${p.companyId} and (p.code = any(${p.codes}::text[]) or p.name = any(${p.names}::text[]))
    order by p.archived, p.created_at, p.id`,
)

/** Parties that have one of the codes or one of the names, archived ones last. */
export async function findPartiesByCodeOrName(
  tx: Transaction,
  companyId: string,
  codes: readonly string[],
  names: readonly string[],
): Promise<PartyRow[]> {
  return tx.all(findRows, { companyId, codes, names })
}

const findNext = statement(
  'find_parties_after_id',
  partyColumns,
  (p: { companyId: string; id: string | null; limit: number }) => sql`
    ${selectParty} from parties p
    where p.company_id = ${p.companyId} and (${p.id}::uuid is null or p.id > ${p.id}::uuid) and not p.archived
    order by p.id limit ${p.limit}`,
)

/** The next parties behind an id (null for the first), without archived ones: to go through all of them. */
export async function findPartiesAfterId(
  tx: Transaction,
  companyId: string,
  id: string | null,
  limit: number,
): Promise<PartyRow[]> {
  return tx.all(findNext, { companyId, id, limit })
}
