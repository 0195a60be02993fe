import { type Static, Type } from 'typebox'
import {
  CurrencyCode,
  DateText,
  DecimalOut,
  Id,
  PositiveDecimalText,
  literals,
  nullable,
  object,
  optional,
  text,
} from '../../http/schemas.ts'

export const AvailabilityQuestion = object({
  warehouseId: optional(Type.Unsafe<string>({ ...Id, description: 'Left out: the oldest warehouse.' })),
  partyId: optional(Id),
  side: optional(literals(['sales', 'purchase'], { description: 'Whose prices. Left out: sales.' })),
  currency: optional(
    Type.Unsafe<string>({ ...CurrencyCode, description: "Left out: the party's, else the company's." }),
  ),
  date: optional(Type.Unsafe<string>({ ...DateText, description: 'Left out: today.' })),
  priceBookId: optional(nullable(Id)),
  pricesIncludeTax: optional(
    Type.Boolean({
      description:
        "Of the document. Left out: as a new one would have it, by the chosen price book or the party's own, else by the company.",
    }),
  ),
  lines: Type.Array(
    object({
      productId: Id,
      unit: optional(text(30, { description: 'Left out: the base unit.' })),
      quantity: optional(
        Type.Unsafe<string>({ ...PositiveDecimalText, description: 'In the unit. Left out: 1.' }),
      ),
      taxIds: optional(
        Type.Array(Id, {
          maxItems: 10,
          description:
            "By them a price with tax becomes one without, or the other way round. Left out: the product's.",
        }),
      ),
    }),
    { maxItems: 500, description: 'None: to ask for the rest of the answer.' },
  ),
})
export type AvailabilityQuestion = Static<typeof AvailabilityQuestion>

export const AvailabilityOut = object({
  warehouseId: Id,
  currency: CurrencyCode,
  pricesIncludeTax: Type.Boolean({
    description: 'Of the document, and so of all prices here but the last ones.',
  }),
  lines: Type.Array(
    object({
      productId: Id,
      sku: Type.String(),
      unit: Type.String(),
      quantity: DecimalOut,
      baseUnit: Type.String({ description: 'What the figures of the stock are in.' }),
      baseQuantity: DecimalOut,
      onHand: nullable(DecimalOut),
      available: nullable(DecimalOut),
      incoming: nullable(DecimalOut),
      forecast: nullable(DecimalOut),
      short: Type.Unsafe<Static<typeof DecimalOut>>({
        ...DecimalOut,
        description: 'What is asked for and not available. The lines are not added up.',
      }),
      availableOn: nullable(
        Type.Unsafe<string>({
          ...DateText,
          description:
            'When a new sales order could promise all of it, due on the date asked about. Null: never as things are, or a service.',
        }),
      ),
      price: object({
        price: nullable(DecimalOut),
        source: literals(['price-book', 'vendor', 'product', 'none']),
        priceBookId: nullable(Id),
        priceBookName: nullable(Type.String()),
        minQuantity: nullable(DecimalOut),
        pricesIncludeTax: nullable(Type.Boolean()),
        explanation: Type.String(),
      }),
      lastPrice: nullable(
        object(
          {
            price: DecimalOut,
            discountPercent: DecimalOut,
            unit: Type.String({ description: 'What the price is for one of.' }),
            currency: CurrencyCode,
            pricesIncludeTax: Type.Boolean(),
            date: DateText,
            orderId: Id,
            number: Type.String(),
          },
          {
            description:
              'Of the newest confirmed order of this party with the product, among its last 1,000; null without a party.',
          },
        ),
      ),
    }),
    { description: 'In the order of the question.' },
  ),
})
