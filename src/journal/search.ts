import type { Context } from '../kernel/context.ts'
import { escapeLike } from '../kernel/fold.ts'
import { searchPatterns } from '../kernel/search.ts'
import { type Sql, empty, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'

/** A table of documents, each with a number, a reference and a party. */
export type DocumentTable = 'orders' | 'shipments' | 'invoices' | 'payments' | 'stock_reservations'

/** Up to this many hits are looked up by key; more lie so dense that a page is found soonest by walking. */
const mostFound = 2000

const findHits = statement(
  'document_hits',
  { ids: 'uuid[]', partyIds: 'uuid[]' },
  (p: Asked & Where) => sql`
    select ${documentIds(p, sql`parties.ids`)} as ids, parties.ids as party_ids
    from (select search_ids('parties', ${p.companyId}::uuid, ${p.names}::text[], ${p.most}::integer) as ids offset 0) parties`,
)

/** Where documents are looked for. */
interface Where {
  readonly companyId: string
  readonly table: DocumentTable
  /** Null for tables that hold one kind only. */
  readonly kinds: readonly string[] | null
  /** So many by the number, by the reference and by the party each. */
  readonly most: number
}

/** The ids of documents with such a number or reference or of these parties, as an expression of type uuid[]. */
export function documentIds(p: Omit<Asked, 'names'> & Where, parties: Sql): Sql {
  return sql`document_ids(${p.table}::text::regclass, ${p.companyId}::uuid, ${p.kinds}::text[], ${p.beginning}::text,
    array(select numbers_ending(${p.companyId}::uuid, ${p.digits}::text)), ${p.reference}::text, ${parties}::uuid[], ${p.most}::integer)`
}

/** What was typed (trimmed), as the parts of a document are asked for it. */
export interface Asked {
  /** LIKE pattern of the number. */
  readonly beginning: string
  /** The digits at its end, 42 of SO-2026-0042; null without. */
  readonly digits: string | null
  /** LIKE pattern of the reference in lower case. */
  readonly reference: string
  /** LIKE patterns of the folded name of the party, of which all must hold. */
  readonly names: readonly string[]
}

export function readAsked(q: string): Asked {
  return {
    beginning: `${escapeLike(q.toUpperCase())}%`,
    digits: /(\d{1,15})$/.exec(q)?.[1] ?? null,
    reference: `%${escapeLike(q.toLowerCase())}%`,
    names: searchPatterns(q),
  }
}

/**
 * The search of document lists: by the beginning of the number or its count (42 finds SO-2026-0042), by the
 * reference, and by the name of the party as it is found in the parties' own index (S40), so that documents
 * need no text index of their own. Costs a round trip when something is asked.
 * @param kind null for tables that hold one kind only.
 * @param alias the document table's alias in the list's statement.
 * @returns `and …`, or nothing when nothing is asked.
 */
export async function documentSearch(
  tx: Transaction,
  ctx: Context,
  { table, kind, q, alias }: { table: DocumentTable; kind: string | null; q: string | undefined; alias: Sql },
): Promise<Sql> {
  const typed = q?.trim()
  if (!typed) return empty
  const asked = readAsked(typed)
  const companyId = ctx.company.id
  // A customer's login sees a few documents of one party, all by its own policy.
  if (ctx.partyId !== null) return sql`and ${each(asked, companyId, alias)}`
  const kinds = kind === null ? null : [kind]
  const { ids, partyIds } = await tx.one(findHits, { ...asked, table, kinds, companyId, most: mostFound + 1 })
  // By key and nothing else: an "or party" let the planner walk the whole list for a customer without orders.
  if (ids.length <= mostFound && partyIds.length <= mostFound)
    return sql`and ${alias}.id = any(${ids}::uuid[])`
  // The planner takes this for half of the rows, so it walks along the list instead of reading all to sort them.
  return sql`and case when ${each(asked, companyId, alias)} then true else false end`
}

/** The same, row by row. */
function each(asked: Asked, companyId: string, alias: Sql): Sql {
  return sql`(${isNamed(asked, companyId, alias)}
    or ${alias}.party_id in (select p.id from parties p where p.company_id = ${companyId} and p.search like all (${asked.names}::text[])))`
}

/** Whether a row has such a number or reference: for few rows, which the caller's own policy has chosen already. */
export function isNamed(asked: Omit<Asked, 'names'>, companyId: string, alias: Sql): Sql {
  return sql`(${alias}.number like ${asked.beginning}
    or ${alias}.number = any(array(select numbers_ending(${companyId}::uuid, ${asked.digits}::text)))
    or lower(${alias}.reference) like ${asked.reference})`
}
