import type { Context } from '../../kernel/context.ts'
import type { CalendarDate } from '../../kernel/dates.ts'
import { type Decimal, zero } from '../../kernel/decimal.ts'
import { type Row, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { type Ratio, convertPrice } from '../units.ts'
import { bookApplies, inMode } from './price-mode.ts'

export interface PriceQuestion {
  readonly side: 'sales' | 'purchase'
  readonly partyId: string | null
  readonly currency: string
  readonly date: CalendarDate
  /** A book chosen by hand: it comes before all others. */
  readonly priceBookId?: string | null
  /** Whether the document's prices include tax. Left out: each price is answered as it stands where it was found. */
  readonly pricesIncludeTax?: boolean | undefined
  readonly lines: readonly PriceLine[]
}

export interface PriceLine {
  readonly productId: string
  /** Null: the base unit. */
  readonly unit: string | null
  readonly quantity: Decimal
  /** Of all its taxes together: by so much a price with tax and one without differ. Left out: none. */
  readonly taxPercent?: Decimal
}

export interface PriceChoice {
  /** For one unit of the line, in the currency asked for; null when nothing has a price in it. */
  readonly price: Decimal | null
  readonly source: 'price-book' | 'vendor' | 'product' | 'none'
  readonly priceBookId: string | null
  readonly priceBookName: string | null
  /** Of the quantity break that applies, in the unit of its entry. */
  readonly minQuantity: Decimal | null
  /** Whether this price includes tax; null: there is none. */
  readonly pricesIncludeTax: boolean | null
  /** Why this price, in a sentence. */
  readonly explanation: string
}

/**
 * The price of each line, in order, in one round trip. A price is found in the currency asked for or not
 * at all: none is ever converted to another one (S19). Where it was found with tax and the document's prices are
 * without, or the other way round, the taxes of the line are taken off or added.
 *
 * 1. Price books of that side and currency, valid on the date: the one chosen by hand, the party's own,
 *    books that name the party, books of its price group, books for everybody; among equals the higher
 *    priority. The first with an entry for the product and quantity decides. In it the line's own unit
 *    goes before the base unit, and the highest quantity break that is reached.
 * 2. Purchases: the vendor's price of the product.
 * 3. The product's own price, which is in the company's currency. It and the vendor's include tax where the
 *    company's prices do.
 */
export async function choosePrices(
  tx: Transaction,
  ctx: Context,
  question: PriceQuestion,
): Promise<PriceChoice[]> {
  if (question.lines.length === 0) return []
  const rows = await tx.all(findPrices, {
    companyId: ctx.company.id,
    companyCurrency: ctx.company.currency,
    side: question.side,
    partyId: question.partyId,
    currency: question.currency,
    date: question.date,
    priceBookId: question.priceBookId ?? null,
    lines: JSON.stringify(
      question.lines.map((line, position) => ({
        position,
        product_id: line.productId,
        unit: line.unit,
        quantity: line.quantity.toFixed(),
      })),
    ),
  })
  const found = new Map(rows.map((row) => [row.position, row]))
  return question.lines.map(({ taxPercent = zero }, position) => {
    const choice = choose(found.get(position), question, ctx.company)
    return asAsked(choice, question, taxPercent)
  })
}

/** How a book came to apply, in the order of precedence. */
const reaches = [
  'chosen for this document',
  "the party's own price book",
  'a price book for this party',
  "a price book of the party's price group",
  'a price book for everybody',
] as const

const columns = {
  position: 'int',
  sku: 'text',
  baseUnit: 'text',
  unit: 'text',
  numerator: 'bigint?',
  denominator: 'bigint?',
  // the product's own price, company currency
  productPrice: 'numeric?',
  bookId: 'uuid?',
  bookName: 'text?',
  bookReach: 'int?',
  bookIncludesTax: 'bool?',
  entryUnit: 'text?',
  entryMinimum: 'numeric?',
  entryPrice: 'numeric?',
  vendorPrice: 'numeric?',
  vendorUnit: 'text?',
  vendorNumerator: 'bigint?',
  vendorDenominator: 'bigint?',
} as const

const findPrices = statement(
  'choose_prices',
  columns,
  (p: {
    companyId: string
    companyCurrency: string
    side: string
    partyId: string | null
    currency: string
    date: CalendarDate
    priceBookId: string | null
    lines: string
  }) => sql`
    with asked as (
      select a.position, p.id as product_id, p.sku, p.unit as base_unit, coalesce(a.unit, p.unit) as unit, a.quantity,
        case when coalesce(a.unit, p.unit) = p.unit then 1 else u.numerator end as numerator,
        case when coalesce(a.unit, p.unit) = p.unit then 1 else u.denominator end as denominator,
        case when ${p.side}::text = 'sales' then p.sales_price else p.purchase_price end as product_price
      from json_to_recordset(${p.lines}::json) as a(position integer, product_id uuid, unit text, quantity numeric)
      join products p on p.company_id = ${p.companyId} and p.id = a.product_id
      left join product_units u on u.company_id = ${p.companyId} and u.product_id = p.id and u.unit = a.unit
    ),
    party as (
      select price_book_id, price_group from parties where company_id = ${p.companyId} and id = ${p.partyId}::uuid
    ),
    reached as (
      select b.id, b.name, b.priority, b.prices_include_tax,
        case
          when b.id = ${p.priceBookId}::uuid then 0
          when b.id = (select price_book_id from party) then 1
          when ${p.partyId}::uuid = any(b.party_ids) then 2
          when (select price_group from party) = any(b.price_groups) then 3
          when b.party_ids = '{}' and b.price_groups = '{}' then 4
        end as reach
      from price_books b
      where ${bookApplies(p)}
    )
    select a.position, a.sku, a.base_unit, a.unit, a.numerator, a.denominator,
      case when ${p.currency}::text = ${p.companyCurrency}::text then a.product_price end as product_price,
      e.id as book_id, e.name as book_name, e.reach as book_reach, e.prices_include_tax as book_includes_tax,
      e.unit as entry_unit, e.minimum_quantity as entry_minimum, e.price as entry_price,
      v.price as vendor_price, v.unit as vendor_unit, v.numerator as vendor_numerator, v.denominator as vendor_denominator
    from asked a
    left join lateral (
      select r.id, r.name, r.reach, r.prices_include_tax, e.unit, e.minimum_quantity, e.price + e.margin as price
      from price_book_entries e join reached r on r.id = e.price_book_id and r.reach is not null
      where e.company_id = ${p.companyId} and e.product_id = a.product_id
        and ((e.unit = a.unit and e.minimum_quantity <= a.quantity)
          or (e.unit = a.base_unit and e.minimum_quantity * a.denominator <= a.quantity * a.numerator))
      order by r.reach, r.priority desc, r.id desc, (e.unit = a.unit) desc, e.minimum_quantity desc
      limit 1
    ) e on true
    left join lateral (
      select v.price, coalesce(v.unit, a.base_unit) as unit,
        case when coalesce(v.unit, a.base_unit) = a.base_unit then 1 else u.numerator end as numerator,
        case when coalesce(v.unit, a.base_unit) = a.base_unit then 1 else u.denominator end as denominator
      from product_vendors v
      left join product_units u on u.company_id = v.company_id and u.product_id = v.product_id and u.unit = v.unit
      where ${p.side}::text = 'purchase' and v.company_id = ${p.companyId} and v.product_id = a.product_id
        and v.party_id = ${p.partyId}::uuid and v.currency = ${p.currency}::text and v.price is not null
    ) v on true`,
)

const noBook = { priceBookId: null, priceBookName: null, minQuantity: null } as const
const nothing = { price: null, source: 'none', ...noBook, pricesIncludeTax: null } as const

/** The price as the document has prices, with tax or without, and how it became so. */
function asAsked(choice: PriceChoice, question: PriceQuestion, taxPercent: Decimal): PriceChoice {
  const { price, pricesIncludeTax: includes } = choice
  const shall = question.pricesIncludeTax
  if (price === null || includes === null || shall === undefined || includes === shall) return choice
  const converted = inMode(price, includes, shall, taxPercent)
  const [was, without] = includes ? ['includes', 'without'] : ['is without', 'with']
  return {
    ...choice,
    price: converted,
    pricesIncludeTax: shall,
    explanation: `${choice.explanation} This price ${was} tax; ${without} ${taxPercent.toFixed()} % it is ${converted.toFixed()} ${question.currency}.`,
  }
}

function choose(
  row: Row<typeof columns> | undefined,
  question: PriceQuestion,
  company: Context['company'],
): PriceChoice {
  const { currency, side } = question
  if (!row) {
    return { ...nothing, explanation: 'This product does not exist.' }
  }
  const unit: Ratio | null =
    row.numerator === null || row.denominator === null
      ? null
      : { numerator: row.numerator, denominator: row.denominator }
  if (row.entryPrice !== null && row.entryUnit !== null && row.entryMinimum !== null) {
    const own = row.entryUnit === row.unit
    const price = own ? row.entryPrice : unit && convertPrice(row.entryPrice, base, unit)
    if (price !== null) {
      const from = row.entryMinimum.gt('0') ? ` from ${row.entryMinimum.toFixed()}` : ''
      return {
        price,
        source: 'price-book',
        priceBookId: row.bookId,
        priceBookName: row.bookName,
        minQuantity: row.entryMinimum,
        pricesIncludeTax: row.bookIncludesTax,
        explanation: `${row.entryPrice.toFixed()} ${currency} per ${row.entryUnit}${from}${into(row, row.entryUnit)} by '${row.bookName}', ${reaches[row.bookReach!]}.`,
      }
    }
  }
  if (row.vendorPrice !== null && row.vendorUnit !== null) {
    const own = row.vendorUnit === row.unit
    const vendorUnit =
      row.vendorNumerator === null || row.vendorDenominator === null
        ? null
        : { numerator: row.vendorNumerator, denominator: row.vendorDenominator }
    const price = own
      ? row.vendorPrice
      : unit && vendorUnit && convertPrice(row.vendorPrice, vendorUnit, unit)
    if (price !== null) {
      return {
        price,
        source: 'vendor',
        ...noBook,
        pricesIncludeTax: company.pricesIncludeTax,
        explanation: `${row.vendorPrice.toFixed()} ${currency} per ${row.vendorUnit}${into(row, row.vendorUnit)}, the vendor's price of the product; no price book has one.`,
      }
    }
  }
  if (row.productPrice !== null && unit !== null) {
    return {
      price: convertPrice(row.productPrice, base, unit),
      source: 'product',
      ...noBook,
      pricesIncludeTax: company.pricesIncludeTax,
      explanation: `${row.productPrice.toFixed()} ${currency} per ${row.baseUnit}${into(row, row.baseUnit)}, the ${side} price of the product; no price book has one.`,
    }
  }
  const foreign =
    currency === company.currency
      ? ''
      : ` The product's own price is in ${company.currency} and is not converted.`
  return {
    ...nothing,
    explanation: `No price of ${row.sku} in ${currency}: no ${side} price book in ${currency} that is valid on ${question.date} has it for this party and quantity.${foreign}`,
  }
}

const base: Ratio = { numerator: 1, denominator: 1 }

function into(row: { unit: string }, from: string): string {
  return row.unit === from ? '' : `, converted to ${row.unit}`
}
