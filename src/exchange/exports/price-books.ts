import { type PriceBookHeadRow, findPriceBooksAfterId } from '../../catalogue/index.ts'
import { type Row, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { ExportRow, Exporter } from './exporter.ts'

const pageSize = 1000

const entryColumns = {
  productId: 'uuid',
  product: 'text',
  unit: 'text',
  minQuantity: 'text',
  price: 'text',
  margin: 'text',
} as const
type Entry = Row<typeof entryColumns>

const findEntriesPage = statement(
  'find_price_book_entries_of_export',
  entryColumns,
  (p: { companyId: string; id: string; after: Entry | null; limit: number }) => sql`
    select e.product_id, p.sku as product, e.unit, e.minimum_quantity::text as min_quantity, e.price::text, e.margin::text
    from price_book_entries e join products p on p.company_id = e.company_id and p.id = e.product_id
    where e.company_id = ${p.companyId} and e.price_book_id = ${p.id} and (${p.after?.productId ?? null}::uuid is null
      or (e.product_id, e.unit, e.minimum_quantity) >
        (${p.after?.productId ?? null}::uuid, ${p.after?.unit ?? null}::text, ${p.after?.minQuantity ?? null}::numeric))
    order by e.product_id, e.unit, e.minimum_quantity limit ${p.limit}`,
)
const findNames = statement(
  'find_party_names_of_export',
  { name: 'text' },
  (p: { companyId: string; ids: readonly string[] }) => sql`
    select coalesce(code, name) as name from parties where company_id = ${p.companyId} and id = any(${p.ids}::uuid[]) order by id`,
)

/** A row for each price; a book without prices has one of its own. */
export const priceBooks: Exporter = {
  what: 'price-books',
  async *pages(tx, ctx) {
    const companyId = ctx.company.id
    for (let last: string | null = null; ;) {
      const books = await findPriceBooksAfterId(tx, companyId, last, 100)
      for (const book of books) {
        const head = await headOf(tx, companyId, book)
        if (book.entryCount === 0) yield [head]
        for (let after: Entry | null = null; ;) {
          const page: Entry[] = await tx.all(findEntriesPage, {
            companyId,
            id: book.id,
            after,
            limit: pageSize,
          })
          yield page.map(({ productId: _, ...entry }) => ({ ...head, ...entry }))
          if (page.length < pageSize) break
          after = page.at(-1)!
        }
      }
      if (books.length < 100) return
      last = books.at(-1)!.id
    }
  },
}

async function headOf(tx: Transaction, companyId: string, book: PriceBookHeadRow): Promise<ExportRow> {
  const { currency, side, validFrom, validTo, pricesIncludeTax, priority, notes } = book
  const parties = book.partyIds.length === 0 ? [] : await tx.all(findNames, { companyId, ids: book.partyIds })
  return {
    book: book.name,
    currency,
    side,
    validFrom,
    validTo,
    pricesIncludeTax,
    customers: parties.map(({ name }) => name).join('; '),
    priceGroups: book.priceGroups.join('; '),
    priority,
    notes,
  }
}
