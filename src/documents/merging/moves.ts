import { raw, sql, statement } from '../../kernel/sql.ts'
import type { PartySnapshot } from '../../orders/index.ts'

/** Everything that names a party, moved from one to another in one statement per table. */
export interface Move {
  readonly companyId: string
  readonly id: string
  readonly into: string
}

/** How much there is of each kind, under the name of the kind; what is not a document under that of its table. */
export const countMoves = statement(
  'count_party_moves',
  { kind: 'text', count: 'int' },
  (p: Move) => sql`
    select kind, count(*)::int as count from (
      select kind from orders where company_id = ${p.companyId} and party_id = ${p.id}
      union all select kind from shipments where company_id = ${p.companyId} and party_id = ${p.id}
      union all select kind from invoices where company_id = ${p.companyId} and party_id = ${p.id}
      union all select 'payment' from payments where company_id = ${p.companyId} and party_id = ${p.id}
      union all select 'stock-reservation' from stock_reservations where company_id = ${p.companyId} and party_id = ${p.id}
      union all select 'product' from product_vendors where company_id = ${p.companyId} and party_id = ${p.id}
      union all select 'price-book' from price_books where company_id = ${p.companyId} and ${p.id}::uuid = any(party_ids)
      union all select 'recurring-schedule' from recurring_schedules where company_id = ${p.companyId} and party_id = ${p.id}
      union all select 'file' from attachments where company_id = ${p.companyId} and party_id = ${p.id}
    ) found group by kind order by kind`,
)

/** A draft says who the party is now; what is no draft any more keeps what it said, and goes along as it is. */
function documentMoves(table: string, draft: string) {
  return [
    statement(
      `move_drafts_of_${table}`,
      {},
      (p: Move & { party: PartySnapshot }) => sql`
        update ${raw(table)} set party_id = ${p.into}, party = ${JSON.stringify(p.party)}::jsonb, version = version + 1
        where company_id = ${p.companyId} and party_id = ${p.id} and state = ${draft}`,
    ),
    statement(
      `move_${table}`,
      {},
      (p: Move & { party: PartySnapshot }) => sql`
        update ${raw(table)} set party_id = ${p.into}, version = version + 1
        where company_id = ${p.companyId} and party_id = ${p.id} and state <> ${draft}`,
    ),
  ]
}
export const moveDocuments = ['orders', 'shipments', 'invoices', 'payments'].flatMap((table) =>
  documentMoves(table, 'draft'),
)

/** What points at a party and says nothing of it besides. */
const pointers = [
  ['portal_links', 'party_id', ''],
  ['portal_disputes', 'party_id', ''],
  ['online_payments', 'party_id', ''],
  ['memberships', 'party_id', ''],
  ['api_keys', 'party_id', ''],
  ['attachments', 'party_id', ''],
  ['mails', 'party_id', ''],
  ['stock_reservations', 'party_id', ', version = version + 1'],
  ['reorder_levels', 'vendor_id', ', version = version + 1'],
] as const
export const movePointers = pointers.map(([table, column, more]) =>
  statement(
    `move_party_of_${table}`,
    {},
    (p: Move) => sql`
      update ${raw(table)} set ${raw(column)} = ${p.into}${raw(more)}
      where company_id = ${p.companyId} and ${raw(column)} = ${p.id}`,
  ),
)

export const moveOthers = [
  // The code and price that the one that stays has already are the ones that count.
  statement(
    'drop_vendor_twice',
    {},
    (p: Move) => sql`
      delete from product_vendors v where v.company_id = ${p.companyId} and v.party_id = ${p.id} and exists (
        select from product_vendors k where k.company_id = v.company_id and k.product_id = v.product_id and k.party_id = ${p.into})`,
  ),
  statement(
    'move_vendor_of_products',
    {},
    (p: Move) =>
      sql`update product_vendors set party_id = ${p.into} where company_id = ${p.companyId} and party_id = ${p.id}`,
  ),
  statement(
    'move_party_of_price_books',
    {},
    (p: Move) => sql`
      update price_books b set version = b.version + 1, party_ids = case when ${p.into}::uuid = any(b.party_ids)
        then array_remove(b.party_ids, ${p.id}::uuid) else array_replace(b.party_ids, ${p.id}::uuid, ${p.into}::uuid) end
      where b.company_id = ${p.companyId} and ${p.id}::uuid = any(b.party_ids)`,
  ),
  statement(
    'move_party_of_schedules',
    {},
    (p: Move) => sql`
      update recurring_schedules set party_id = ${p.into}, version = version + 1,
        template = jsonb_set(template, '{body,partyId}', to_jsonb(${p.into}::text))
      where company_id = ${p.companyId} and party_id = ${p.id}`,
  ),
  statement(
    'move_imported_documents',
    {},
    (p: Move) => sql`
      update imported_documents d set party_id = ${p.into}
      where d.company_id = ${p.companyId} and d.party_id = ${p.id} and not exists (
        select from imported_documents k where k.company_id = d.company_id and k.kind = d.kind and k.number = d.number
          and k.party_id = ${p.into})`,
  ),
]
