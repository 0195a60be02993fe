import { difference, recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { mostUsesCounted, refuseStale, refuseWhileUsed } from '../../kernel/guards.ts'
import { newId } from '../../kernel/ids.ts'
import { Problem, notFound, ruleBroken } from '../../kernel/problem.ts'
import { searchText } from '../../kernel/search.ts'
import { insertInto, rowsParameter, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { updateRow } from '../../kernel/update-row.ts'
import { findProducts } from '../products/find-products.ts'
import { type PriceBookEntry, loadPriceBook, lockPriceBook } from './price-book-row.ts'
import { type PriceBookHead, compareEntries, completeEntries, completePriceBook } from './price-book-rules.ts'
import type { PriceBookChanges, PriceBookInput } from './schema.ts'

const columns = [
  'name',
  'currency',
  'side',
  'validFrom',
  'validTo',
  'pricesIncludeTax',
  'partyIds',
  'priceGroups',
  'priority',
  'notes',
  'search',
] as const
const insertBooks = insertInto('price_books', ['companyId', 'id', ...columns, 'createdAt'])
const updateBook = updateRow('price_books', columns)
const insertEntries = insertInto('price_book_entries', [
  'companyId',
  'priceBookId',
  'productId',
  'unit',
  'minimumQuantity',
  'price',
  'margin',
])

/** Makes a price book; answers its id. */
export async function createPriceBook(tx: Transaction, ctx: Context, input: PriceBookInput): Promise<string> {
  const { entries: given = [], ...rest } = input
  const head = completePriceBook(rest)
  const [entries] = await Promise.all([resolveEntries(tx, ctx, given), refuseUnknownParties(tx, ctx, head)])
  const id = newId()
  tx.write(insertBooks, {
    rows: [{ companyId: ctx.company.id, id, ...rowOf(head), createdAt: ctx.now }],
  })
  writeEntries(tx, ctx, id, entries)
  recordEvents(tx, ctx, [
    {
      type: 'price-book.created',
      objectKind: 'price-book',
      objectId: id,
      after: { ...head, entries },
    },
  ])
  return id
}

/** Changes a price book. Prices on documents stay what they are (S19). */
export async function changePriceBook(
  tx: Transaction,
  ctx: Context,
  id: string,
  changes: PriceBookChanges,
  ifMatch: number | null,
): Promise<void> {
  const companyId = ctx.company.id
  const { entries: given, ...rest } = changes
  const [locked, row, resolved] = await Promise.all([
    tx.maybe(lockPriceBook, { companyId, id }),
    loadPriceBook(tx, companyId, id),
    given && resolveEntries(tx, ctx, given),
  ])
  if (locked === null) throw notFound('price book')
  refuseStale(row.version, ifMatch)
  const before = Object.fromEntries(
    Object.entries(row).filter(([key]) => key in headKeys),
  ) as unknown as PriceBookHead
  const after = completePriceBook({ ...before, ...rest })
  const { gone, come } = compareEntries(row.entries, resolved ?? row.entries)
  if (after.currency !== before.currency && row.entries.length > 0 && given === undefined) {
    const message = `The prices of this book are in ${before.currency} and are never converted. Send the entries in ${after.currency} together with the currency.`
    throw new Problem(409, 'prices-not-converted', message, { errors: [{ pointer: '/currency', message }] })
  }
  const changed = difference(before, after)
  if (Object.keys(changed.after).length === 0 && gone.length === 0 && come.length === 0) return
  if ('partyIds' in changed.after) await refuseUnknownParties(tx, ctx, after)
  tx.write(updateBook, { companyId, id, row: rowOf(after) })
  removeEntries(tx, ctx, id, gone)
  writeEntries(tx, ctx, id, come)
  // Of thousands of entries only those that changed go into the audit trail.
  const entries = gone.length + come.length > 0
  recordEvents(tx, ctx, [
    {
      type: 'price-book.changed',
      objectKind: 'price-book',
      objectId: id,
      before: entries ? { ...changed.before, entries: gone } : changed.before,
      after: entries ? { ...changed.after, entries: come } : changed.after,
    },
  ])
}

/** @throws 409 `in-use` when parties or orders name it; archive it then. */
export async function deletePriceBook(
  tx: Transaction,
  ctx: Context,
  id: string,
  ifMatch: number | null,
): Promise<void> {
  const key = { companyId: ctx.company.id, id }
  const [, row, uses] = await Promise.all([
    tx.maybe(lockPriceBook, key),
    loadPriceBook(tx, key.companyId, id),
    tx.all(findPriceBookUses, key),
  ])
  refuseStale(row.version, ifMatch)
  refuseWhileUsed(
    'price book',
    uses,
    `Archive it instead (POST /price-books/${id}/archive): its prices are no longer proposed.`,
  )
  tx.write(deleteBook, key)
  recordEvents(tx, ctx, [{ type: 'price-book.deleted', objectKind: 'price-book', objectId: id, before: row }])
}

const headKeys = {
  name: true,
  currency: true,
  side: true,
  validFrom: true,
  validTo: true,
  pricesIncludeTax: true,
  partyIds: true,
  priceGroups: true,
  priority: true,
  notes: true,
} satisfies Record<keyof PriceBookHead, true>

function rowOf(head: PriceBookHead) {
  return { ...head, search: searchText([head.name, head.currency, ...head.priceGroups]) }
}

export async function resolveEntries(
  tx: Transaction,
  ctx: Context,
  entries: NonNullable<PriceBookInput['entries']>,
): Promise<PriceBookEntry[]> {
  if (entries.length === 0) return []
  const ids = [...new Set(entries.map((entry) => entry.productId))]
  return completeEntries(entries, await findProducts(tx, ctx.company.id, ids))
}

export function removeEntries(
  tx: Transaction,
  ctx: Context,
  priceBookId: string,
  entries: readonly PriceBookEntry[],
): void {
  if (entries.length > 0)
    tx.write(deleteEntries, { companyId: ctx.company.id, id: priceBookId, rows: entries })
}

export function writeEntries(
  tx: Transaction,
  ctx: Context,
  priceBookId: string,
  entries: readonly PriceBookEntry[],
): void {
  if (entries.length === 0) return
  tx.write(insertEntries, {
    rows: entries.map(({ minQuantity, ...entry }) => ({
      companyId: ctx.company.id,
      priceBookId,
      minimumQuantity: minQuantity,
      ...entry,
    })),
  })
}

async function refuseUnknownParties(tx: Transaction, ctx: Context, head: PriceBookHead): Promise<void> {
  if (head.partyIds.length === 0) return
  const rows = await tx.all(lockParties, { companyId: ctx.company.id, ids: head.partyIds })
  const known = new Set(rows.map((row) => row.id))
  const missing = head.partyIds.findIndex((id) => !known.has(id))
  if (missing >= 0) throw ruleBroken('unknown-party', `/partyIds/${missing}`, 'This party does not exist.')
}

interface Key {
  companyId: string
  id: string
}

// Locked until the end, so that no party can be deleted while a book comes to name it.
const lockParties = statement(
  'lock_parties_of_price_book',
  { id: 'uuid' },
  (p: { companyId: string; ids: readonly string[] }) =>
    sql`select id from parties where company_id = ${p.companyId} and id = any(${p.ids}::uuid[]) order by id for key share`,
)

const deleteEntries = statement(
  'delete_price_book_entries',
  {},
  (p: Key & { rows: readonly PriceBookEntry[] }) => sql`
    delete from price_book_entries e
    using json_to_recordset(${rowsParameter(p.rows)}::json) as r(product_id uuid, unit text, min_quantity numeric)
    where e.company_id = ${p.companyId} and e.price_book_id = ${p.id} and e.product_id = r.product_id
      and e.unit = r.unit and e.minimum_quantity = r.min_quantity`,
)

const deleteBook = statement(
  'delete_price_book',
  {},
  (p: Key) => sql`delete from price_books where company_id = ${p.companyId} and id = ${p.id}`,
)

const findPriceBookUses = statement(
  'price_book_uses',
  { kind: 'text', count: 'int' },
  (p: Key) => sql`
    select kind, count(*)::int as count from (
      (select 'party' as kind from parties r where r.company_id = ${p.companyId} and r.price_book_id = ${p.id}
        limit ${mostUsesCounted + 1})
      union all
      (select o.kind from orders o where o.company_id = ${p.companyId} and o.price_book_id = ${p.id}
        limit ${mostUsesCounted + 1})
    ) uses group by kind order by kind`,
)
