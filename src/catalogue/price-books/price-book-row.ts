import { notFound } from '../../kernel/problem.ts'
import { type Row, type Sql, json, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

export interface PriceBookEntry {
  readonly productId: string
  readonly unit: string
  readonly minQuantity: string
  readonly price: string
  readonly margin: string
}

/** A price book as lists show it. */
export const priceBookColumns = {
  id: 'uuid',
  name: 'text',
  currency: 'text',
  side: 'text',
  validFrom: 'date?',
  validTo: 'date?',
  pricesIncludeTax: 'bool',
  partyIds: 'uuid[]',
  priceGroups: 'text[]',
  priority: 'int',
  notes: 'text?',
  archived: 'bool',
  version: 'int',
  createdAt: 'timestamptz',
  entryCount: 'int',
  productCount: 'int',
} as const

const withEntries = { ...priceBookColumns, entries: json<PriceBookEntry[]>() } as const
export type PriceBookRow = Row<typeof withEntries>

/** In the order of `priceBookColumns`, from `price_books b`. */
export const selectPriceBook: Sql = sql`
  select b.id, b.name, b.currency, b.side, b.valid_from, b.valid_to, b.prices_include_tax, b.party_ids,
    b.price_groups, b.priority, b.notes, b.archived, b.version, b.created_at,
    (select count(*)::int from price_book_entries e
      where e.company_id = b.company_id and e.price_book_id = b.id) as entry_count,
    (select count(distinct e.product_id)::int from price_book_entries e
      where e.company_id = b.company_id and e.price_book_id = b.id) as product_count`

const entries: Sql = sql`
  coalesce((select json_agg(json_build_object('productId', e.product_id, 'unit', e.unit,
      'minQuantity', e.minimum_quantity::text, 'price', e.price::text, 'margin', e.margin::text)
      order by e.product_id, e.unit, e.minimum_quantity)
    from price_book_entries e where e.company_id = b.company_id and e.price_book_id = b.id), '[]') as entries`

interface Key {
  companyId: string
  id: string
}

const loadRow = statement(
  'load_price_book',
  withEntries,
  (p: Key) =>
    sql`${selectPriceBook}, ${entries} from price_books b where b.company_id = ${p.companyId} and b.id = ${p.id}`,
)

/** Locks a book before anything of it is read, so that what is read is what stands there. */
export const lockPriceBook = statement(
  'lock_price_book',
  { version: 'int' },
  (p: Key) =>
    sql`select version from price_books where company_id = ${p.companyId} and id = ${p.id} for update`,
)

/** @throws 404 */
export async function loadPriceBook(tx: Transaction, companyId: string, id: string): Promise<PriceBookRow> {
  const book = await tx.maybe(loadRow, { companyId, id })
  if (book === null) throw notFound('price book')
  return book
}
