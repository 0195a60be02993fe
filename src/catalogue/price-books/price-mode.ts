import type { Context } from '../../kernel/context.ts'
import type { CalendarDate } from '../../kernel/dates.ts'
import { type Decimal, hundred, round } from '../../kernel/decimal.ts'
import { type Sql, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { priceDigits } from '../units.ts'

/** Prices are with tax or without: of a book, of the company's products, of a document. */

interface BookUse {
  readonly companyId: string
  readonly side: string
  readonly currency: string
  readonly date: CalendarDate
}

/** Condition on a price book `b`: it has prices for such a document. */
export function bookApplies(p: BookUse): Sql {
  return sql`b.company_id = ${p.companyId} and b.side = ${p.side}::text and b.currency = ${p.currency}::text
    and not b.archived and coalesce(b.valid_from <= ${p.date}::date, true) and coalesce(b.valid_to >= ${p.date}::date, true)`
}

const findMode = statement(
  'price_mode_of_books',
  { pricesIncludeTax: 'bool' },
  (p: BookUse & { ids: readonly string[] }) => sql`
    select b.prices_include_tax from price_books b
    where ${bookApplies(p)} and b.id = any(${p.ids}::uuid[])
    order by array_position(${p.ids}::uuid[], b.id) limit 1`,
)

/**
 * Whether the prices of a new document include tax, where nobody said so: as those of the book that was chosen for it
 * do, else of the party's own, else as the company's do. So the prices of that book are the document's as they are,
 * and what the customer pays does not move by a cent (R4).
 */
export async function modeOfNewDocument(
  tx: Transaction,
  ctx: Context,
  { books, ...use }: Omit<BookUse, 'companyId'> & { readonly books: readonly (string | null)[] },
): Promise<boolean> {
  const ids = books.filter((id) => id !== null)
  const found = ids.length === 0 ? null : await tx.maybe(findMode, { companyId: ctx.company.id, ...use, ids })
  return found?.pricesIncludeTax ?? ctx.company.pricesIncludeTax
}

/** A price with tax from one without, or the other way round. Two taxes are both on the price without any. */
export function inMode(price: Decimal, includesTax: boolean, shall: boolean, taxPercent: Decimal): Decimal {
  if (includesTax === shall) return price
  const whole = hundred.plus(taxPercent)
  return round(shall ? price.times(whole).div(hundred) : price.times(hundred).div(whole), priceDigits)
}
