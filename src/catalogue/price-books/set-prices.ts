import { recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { decimal } from '../../kernel/decimal.ts'
import { notFound } from '../../kernel/problem.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { type PriceBookEntry, lockPriceBook } from './price-book-row.ts'
import { entryKey } from './price-book-rules.ts'
import type { PriceBookInput } from './schema.ts'
import { removeEntries, resolveEntries, writeEntries } from './write-price-books.ts'

const findEntries = statement(
  'find_price_book_entries_of_products',
  { productId: 'uuid', unit: 'text', minQuantity: 'text', price: 'text', margin: 'text' },
  (p: { companyId: string; id: string; productIds: readonly string[] }) => sql`
    select e.product_id, e.unit, e.minimum_quantity::text as min_quantity, e.price::text, e.margin::text
    from price_book_entries e
    where e.company_id = ${p.companyId} and e.price_book_id = ${p.id} and e.product_id = any(${p.productIds}::uuid[])`,
)
const nextVersion = statement(
  'count_price_book_version',
  {},
  (p: { companyId: string; id: string }) => sql`
    update price_books set version = version + 1 where company_id = ${p.companyId} and id = ${p.id}`,
)

/**
 * Sets some prices of a book and leaves all others as they are: a book of a hundred thousand prices is not read
 * for the sake of ten.
 * @returns what became of each, in order.
 */
export async function setPrices(
  tx: Transaction,
  ctx: Context,
  id: string,
  given: NonNullable<PriceBookInput['entries']>,
): Promise<('new' | 'changed' | 'same')[]> {
  const key = { companyId: ctx.company.id, id }
  const productIds = [...new Set(given.map((entry) => entry.productId))]
  const [locked, were, entries] = await Promise.all([
    tx.maybe(lockPriceBook, key),
    tx.all(findEntries, { ...key, productIds }),
    resolveEntries(tx, ctx, given),
  ])
  if (locked === null) throw notFound('price book')
  const before = new Map(were.map((entry) => [entryKey(entry), entry]))
  const gone: PriceBookEntry[] = []
  const come: PriceBookEntry[] = []
  const outcomes = entries.map((entry) => {
    const was = before.get(entryKey(entry))
    if (was !== undefined && alike(was.price, entry.price) && alike(was.margin, entry.margin)) return 'same'
    come.push(entry)
    if (was === undefined) return 'new'
    gone.push(was)
    return 'changed'
  })
  if (come.length > 0) {
    removeEntries(tx, ctx, id, gone)
    writeEntries(tx, ctx, id, come)
    tx.write(nextVersion, key)
    recordEvents(tx, ctx, [
      {
        type: 'price-book.changed',
        objectKind: 'price-book',
        objectId: id,
        before: { entries: gone },
        after: { entries: come },
      },
    ])
  }
  return outcomes
}

function alike(a: string, b: string): boolean {
  return decimal(a).eq(decimal(b))
}
