import { type Row, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { priceBookColumns, selectPriceBook } from './price-book-row.ts'

export type PriceBookHeadRow = Row<typeof priceBookColumns>

const findRows = statement(
  'find_price_books_by_name',
  priceBookColumns,
  (p: { companyId: string; names: readonly string[] }) => sql`
    ${selectPriceBook} from price_books b where b.company_id = ${p.companyId}
      and lower(b.name) in (select lower(wanted.name) from unnest(${p.names}::text[]) as wanted(name))`,
)

/** Price books by name, in which case makes no difference, without their entries; archived ones too. */
export function findPriceBooksByName(
  tx: Transaction,
  companyId: string,
  names: readonly string[],
): Promise<PriceBookHeadRow[]> {
  return tx.all(findRows, { companyId, names })
}

const findNext = statement(
  'find_price_books_after_id',
  priceBookColumns,
  (p: { companyId: string; id: string | null; limit: number }) => sql`
    ${selectPriceBook} from price_books b
    where b.company_id = ${p.companyId} and (${p.id}::uuid is null or b.id > ${p.id}::uuid) and not b.archived
    order by b.id limit ${p.limit}`,
)

/** The next price books behind an id (null for the first), without archived ones: to go through all of them. */
export function findPriceBooksAfterId(
  tx: Transaction,
  companyId: string,
  id: string | null,
  limit: number,
): Promise<PriceBookHeadRow[]> {
  return tx.all(findNext, { companyId, id, limit })
}
