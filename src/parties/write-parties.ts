import { difference, recordEvents } from '../journal/events.ts'
import type { Context } from '../kernel/context.ts'
import { mostUsesCounted, refuseStale, refuseWhileUsed } from '../kernel/guards.ts'
import { newId } from '../kernel/ids.ts'
import { notFound } from '../kernel/problem.ts'
import { searchText } from '../kernel/search.ts'
import { insertInto, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { updateRow } from '../kernel/update-row.ts'
import { lockPartyRow } from './party-row.ts'
import { type PartyFields, completeParty } from './party-rules.ts'
import type { PartyChanges, PartyInput } from './schema.ts'

const columns = [
  'name',
  'customer',
  'vendor',
  'code',
  'type',
  'currency',
  'language',
  'email',
  'phone',
  'website',
  'taxNumber',
  'paymentTermDays',
  'priceGroup',
  'priceBookId',
  'creditLimit',
  'notes',
  'addresses',
  'contacts',
  'search',
] as const
const insertParties = insertInto('parties', ['companyId', 'id', ...columns, 'createdAt'])
const updateParty = updateRow('parties', columns)

/**
 * Makes any number of parties in one burst of writes. Currencies and price books that do not exist are
 * refused by the database.
 * @param at the JSON pointer of each party in the request.
 * @returns their ids, in order.
 */
export function createParties(
  tx: Transaction,
  ctx: Context,
  inputs: readonly PartyInput[],
  at: (index: number) => string = (index) => `/${index}`,
): string[] {
  const parties = inputs.map((input, i) => ({ id: newId(), fields: completeParty(input, at(i)) }))
  tx.write(insertParties, {
    rows: parties.map(({ id, fields }) => ({
      companyId: ctx.company.id,
      id,
      ...rowOf(fields),
      createdAt: ctx.now,
    })),
  })
  recordEvents(
    tx,
    ctx,
    parties.map(({ id, fields }) => ({
      type: 'party.created',
      objectKind: 'party',
      objectId: id,
      after: fields,
    })),
  )
  return parties.map((party) => party.id)
}

/** Changes a party. Documents keep its name, address and tax number as they were (R16). */
export async function changeParty(
  tx: Transaction,
  ctx: Context,
  id: string,
  changes: PartyChanges,
  ifMatch: number | null,
): Promise<void> {
  const key = { companyId: ctx.company.id, id }
  const row = await tx.maybe(lockPartyRow, key)
  if (row === null) throw notFound('party')
  refuseStale(row.version, ifMatch)
  const {
    id: _id,
    archived: _archived,
    mergedInto: _m,
    version: _version,
    createdAt: _createdAt,
    ...was
  } = row
  // Both go through the same form: jsonb keeps its keys in an order of its own.
  const before = completeParty(was as PartyInput, '')
  const after = completeParty({ ...before, ...changes } as PartyInput, '')
  const changed = difference(before, after)
  if (Object.keys(changed.after).length === 0) return
  writeParty(tx, ctx, id, after)
  recordEvents(tx, ctx, [{ type: 'party.changed', objectKind: 'party', objectId: id, ...changed }])
}

/** Writes all fields of a party that is locked; telling of it is up to the caller. */
export function writeParty(tx: Transaction, ctx: Context, id: string, fields: PartyFields): void {
  tx.write(updateParty, { companyId: ctx.company.id, id, row: rowOf(fields) })
}

/** @throws 409 `in-use` when documents, products or price books name the party; archive it then. */
export async function deleteParty(
  tx: Transaction,
  ctx: Context,
  id: string,
  ifMatch: number | null,
): Promise<void> {
  const key = { companyId: ctx.company.id, id }
  const [row, uses] = await Promise.all([tx.maybe(lockPartyRow, key), tx.all(findPartyUses, key)])
  if (row === null) throw notFound('party')
  refuseStale(row.version, ifMatch)
  refuseWhileUsed(
    'party',
    uses,
    `Archive it instead (POST /parties/${id}/archive): it is no longer offered, and what uses it keeps it.`,
  )
  tx.write(deleteRow, key)
  recordEvents(tx, ctx, [{ type: 'party.deleted', objectKind: 'party', objectId: id, before: row }])
}

function rowOf({ roles, ...fields }: PartyFields) {
  return {
    ...fields,
    customer: roles.includes('customer'),
    vendor: roles.includes('vendor'),
    search: searchText([
      fields.name,
      fields.code,
      fields.email,
      fields.phone,
      fields.taxNumber,
      ...fields.contacts.flatMap((contact) => [contact.name, contact.email]),
      ...fields.addresses.map((address) => address.city),
    ]),
  }
}

interface Key {
  companyId: string
  id: string
}

const deleteRow = statement(
  'delete_party',
  {},
  (p: Key) => sql`delete from parties where company_id = ${p.companyId} and id = ${p.id}`,
)

const findPartyUses = statement(
  'party_uses',
  { kind: 'text', count: 'int' },
  (p: Key) => sql`
    select kind, count(*)::int as count from (
      (select o.kind from orders o where o.company_id = ${p.companyId} and o.party_id = ${p.id}
        limit ${mostUsesCounted + 1})
      union all
      (select s.kind from shipments s where s.company_id = ${p.companyId} and s.party_id = ${p.id}
        limit ${mostUsesCounted + 1})
      union all
      (select i.kind from invoices i where i.company_id = ${p.companyId} and i.party_id = ${p.id}
        limit ${mostUsesCounted + 1})
      union all
      (select 'payment' from payments a where a.company_id = ${p.companyId} and a.party_id = ${p.id}
        limit ${mostUsesCounted + 1})
      union all
      (select 'stock-reservation' from stock_reservations r where r.company_id = ${p.companyId} and r.party_id = ${p.id}
        limit ${mostUsesCounted + 1})
      union all
      (select 'product' from product_vendors v where v.company_id = ${p.companyId} and v.party_id = ${p.id}
        limit ${mostUsesCounted + 1})
      union all
      (select 'price-book' from price_books b where b.company_id = ${p.companyId} and ${p.id}::uuid = any(b.party_ids)
        limit ${mostUsesCounted + 1})
    ) uses group by kind order by kind`,
)
