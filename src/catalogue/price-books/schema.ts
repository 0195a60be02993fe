import { type Static, Type } from 'typebox'
import { Archived } from '../../http/archived-filter.ts'
import {
  CurrencyCode,
  DateText,
  DecimalOut,
  DecimalText,
  Id,
  MomentOut,
  PositiveDecimalText,
  Version,
  literals,
  nullable,
  object,
  optional,
  oneLine,
  text,
} from '../../http/schemas.ts'

const UnitName = oneLine(30, { minLength: 1 })

const Entry = object({
  productId: Id,
  unit: optional(
    nullable(
      oneLine(30, { minLength: 1, description: 'The unit that the price is for. Left out: the base unit.' }),
    ),
  ),
  minQuantity: optional(
    Type.Unsafe<string>({
      ...PositiveDecimalText,
      description: 'Quantity break: the price applies from this quantity of the unit. Left out: 0.',
    }),
  ),
  price: PositiveDecimalText,
  margin: optional(
    Type.Unsafe<string>({
      ...DecimalText,
      description: "Added to the price, in the book's currency. Left out: 0.",
    }),
  ),
})

const sides = ['sales', 'purchase'] as const

const required = {
  name: oneLine(200, { minLength: 1, description: 'Unique in the company.' }),
  currency: CurrencyCode,
}
const open = {
  side: literals(sides, { description: 'What customers pay (sales) or what vendors ask (purchase).' }),
  validFrom: nullable(DateText),
  validTo: nullable(DateText),
  pricesIncludeTax: Type.Boolean({
    description:
      'Documents whose prices are the other way get the prices of this book with the taxes of their lines taken off or added.',
  }),
  partyIds: Type.Array(Id, {
    maxItems: 1000,
    uniqueItems: true,
    description: 'For these parties. With priceGroups empty as well: for everybody.',
  }),
  priceGroups: Type.Array(oneLine(100, { minLength: 1 }), {
    maxItems: 100,
    uniqueItems: true,
    description: 'For parties of these price groups.',
  }),
  priority: Type.Integer({
    minimum: -1000,
    maximum: 1000,
    description: 'The higher one wins among books that reach a party in the same way.',
  }),
  notes: nullable(text(10_000)),
  entries: Type.Array(Entry, { maxItems: 10_000 }),
}

export const PriceBookBody = Type.Object({
  ...required,
  ...Type.Partial(Type.Object(open)).properties,
})
export type PriceBookInput = Static<typeof PriceBookBody>

export const PriceBookPatch = Type.Partial(Type.Object({ ...required, ...open }))
export type PriceBookChanges = Static<typeof PriceBookPatch>

const { entries: _, ...head } = open
const shown = {
  id: Id,
  ...required,
  ...head,
  archived: Type.Boolean(),
  version: Version,
  createdAt: MomentOut,
  entryCount: Type.Integer({ description: 'How many prices it has: of each unit and quantity one.' }),
  productCount: Type.Integer({ description: 'How many products it has prices of.' }),
}

/** Lists leave the entries out: a book may have thousands. */
export const PriceBookItem = object(shown)

export const PriceBookOut = object({
  ...shown,
  entries: Type.Array(
    object({
      productId: Id,
      unit: Type.String(),
      minQuantity: Type.String(),
      price: Type.String(),
      margin: Type.String(),
    }),
  ),
})

export const priceBookFilters = {
  archived: Archived,
  side: optional(literals(sides)),
  currency: optional(CurrencyCode),
  productId: optional(Type.Unsafe<string>({ ...Id, description: 'Books that have a price of it.' })),
  partyId: optional(Type.Unsafe<string>({ ...Id, description: 'Books that name this party.' })),
  validOn: optional(DateText),
}

export const WhichPriceQuery = object({
  side: optional(literals(sides, { description: 'Left out: sales.' })),
  partyId: optional(Id),
  productId: Id,
  quantity: optional(
    Type.Unsafe<string>({ ...PositiveDecimalText, description: 'In the unit. Left out: 1.' }),
  ),
  unit: optional(Type.Unsafe<string>({ ...UnitName, description: 'Left out: the base unit.' })),
  date: optional(Type.Unsafe<string>({ ...DateText, description: 'Left out: today.' })),
  currency: optional(
    Type.Unsafe<string>({ ...CurrencyCode, description: "Left out: the party's, else the company's." }),
  ),
  priceBookId: optional(
    Type.Unsafe<string>({ ...Id, description: 'A book chosen by hand; it comes before all others.' }),
  ),
})

export const PriceChoiceOut = object({
  price: nullable(DecimalOut),
  currency: CurrencyCode,
  source: literals(['price-book', 'vendor', 'product', 'none']),
  priceBookId: nullable(Id),
  priceBookName: nullable(Type.String()),
  minQuantity: nullable(DecimalOut),
  pricesIncludeTax: nullable(Type.Boolean({ description: 'Of this price. Null: there is none.' })),
  explanation: Type.String({ description: 'Why this price, in a sentence.' }),
})

export const PricesQuery = object({
  productId: optional(
    Type.Unsafe<string>({ ...Id, description: 'Its prices in all books that are not archived.' }),
  ),
  priceBookId: optional(Type.Unsafe<string>({ ...Id, description: 'The prices of this book.' })),
})

/** Entries of price books with what they are the price of. */
export const PricesOut = object({
  items: Type.Array(
    object({
      productId: Id,
      sku: Type.String(),
      productName: Type.String(),
      units: Type.Array(Type.String(), { description: 'The units of the product, the base unit first.' }),
      priceBookId: Id,
      name: Type.String(),
      side: literals(sides),
      currency: CurrencyCode,
      pricesIncludeTax: Type.Boolean(),
      validFrom: nullable(DateText),
      validTo: nullable(DateText),
      everybody: Type.Boolean({ description: 'The book names neither parties nor price groups.' }),
      unit: Type.String(),
      minQuantity: DecimalOut,
      price: DecimalOut,
      margin: DecimalOut,
    }),
  ),
})
