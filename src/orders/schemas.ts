import { type Static, Type } from 'typebox'
import {
  CurrencyCode,
  DateText,
  DecimalOut,
  DecimalText,
  Id,
  MomentOut,
  PositiveDecimalText,
  RateText,
  Version,
  literals,
  nullable,
  object,
  optional,
  oneLine,
  text,
} from '../http/schemas.ts'
import { Link, Offered } from '../journal/links.ts'
import { PostalAddressBody, PostalAddressOut } from '../parties/index.ts'

/** Shapes that all documents share. */
export { Offered }
export const TaxOut = object({ id: Id, name: Type.String(), rate: DecimalOut, category: Type.String() })
export const TaxTotalOut = object({
  id: Id,
  name: Type.String(),
  rate: DecimalOut,
  category: Type.String(),
  net: DecimalOut,
  tax: DecimalOut,
})
export const TotalsOut = object({
  net: DecimalOut,
  tax: DecimalOut,
  gross: DecimalOut,
  currency: Type.String(),
})
export const PartyOut = object({
  name: Type.String(),
  taxNumber: nullable(Type.String()),
  email: nullable(Type.String()),
  address: nullable(Type.Unknown()),
})
export type PartySnapshot = Static<typeof PartyOut>
export const DeliveryAddressOut = Type.Union([PostalAddressOut, Type.Null()], {
  description:
    "Where the goods go, as it was written. Null: purchases, and a customer without address; of documents from before Zapas kept it the customer's own is meant.",
})

export const LineInput = object({
  productId: optional(nullable(Id)),
  description: optional(text(2000, { description: 'Left out: the name of the product.' })),
  quantity: PositiveDecimalText,
  unit: optional(oneLine(30, { description: 'Left out: the base unit of the product.' })),
  unitPrice: optional({
    ...DecimalText,
    description: 'For one unit of the line. Left out: the price that applies (price book, vendor, product).',
  } as typeof DecimalText),
  discountPercent: optional(PositiveDecimalText),
  taxIds: optional(Type.Array(Id, { maxItems: 10, description: 'Left out: those of the product.' })),
})

const OrderLineInput = object({
  ...LineInput.properties,
  expectedDate: optional(nullable(DateText)),
  tolerancePercent: optional(PositiveDecimalText),
})

const orderFields = {
  warehouseId: optional(Id),
  currency: optional(CurrencyCode),
  exchangeRate: optional(RateText),
  pricesIncludeTax: optional(
    Type.Boolean({
      description:
        "Left out of a new order: as the prices of the chosen price book or of the party's own are, else as the company's.",
    }),
  ),
  taxRounding: optional(literals(['document', 'line'])),
  priceBookId: optional(nullable(Id)),
  orderDate: optional(DateText),
  expectedDate: optional(nullable(DateText)),
  deliveryAddress: optional(
    Type.Union([PostalAddressBody, Type.Null()], {
      description:
        "Of a sales order: where its goods go, kept as it is written here. Left out of a new order, null or empty: the customer's shipping address.",
    }),
  ),
  reference: optional(nullable(oneLine(200))),
  notes: optional(nullable(text(5000))),
  paymentTermDays: optional(Type.Integer({ minimum: 0, maximum: 3650 })),
  priority: optional(
    Type.Integer({ minimum: -1000, maximum: 1000, description: 'Higher is served first when goods arrive.' }),
  ),
  backOrders: optional(nullable(Type.Boolean({ description: "Null: the company's setting." }))),
  discountPercent: optional(PositiveDecimalText),
  discountAmount: optional(PositiveDecimalText),
}

export const OrderInput = object({
  partyId: Id,
  ...orderFields,
  lines: Type.Array(OrderLineInput, { minItems: 1, maxItems: 2000 }),
})
export type OrderInput = Static<typeof OrderInput>

export const OrderChange = object({
  partyId: optional(Id),
  ...orderFields,
  lines: optional(
    Type.Array(OrderLineInput, {
      minItems: 1,
      maxItems: 2000,
      description: 'All lines: they replace the old ones.',
    }),
  ),
})
export type OrderChange = Static<typeof OrderChange>

export const OrderAmendment = object({
  expectedDate: optional(nullable(DateText)),
  priority: optional(Type.Integer({ minimum: -1000, maximum: 1000 })),
  reference: optional(nullable(oneLine(200))),
  notes: optional(nullable(text(5000))),
  lines: optional(
    Type.Array(
      object({
        id: Id,
        quantity: optional(PositiveDecimalText),
        unitPrice: optional(DecimalText),
        expectedDate: optional(nullable(DateText)),
      }),
      { maxItems: 2000 },
    ),
  ),
})
export type OrderAmendment = Static<typeof OrderAmendment>

const OrderLineOut = object({
  id: Id,
  position: Type.Integer(),
  productId: nullable(Id),
  stocked: Type.Boolean({
    description: 'False: a service, or a line without product. It is never delivered.',
  }),
  sku: nullable(Type.String()),
  description: Type.String(),
  quantity: DecimalOut,
  unit: Type.String(),
  baseQuantity: DecimalOut,
  unitPrice: DecimalOut,
  discountPercent: DecimalOut,
  priceSource: Type.String(),
  taxIds: Type.Array(Id),
  taxes: Type.Array(TaxOut),
  amount: DecimalOut,
  net: DecimalOut,
  tax: DecimalOut,
  expectedDate: nullable(DateText),
  tolerancePercent: DecimalOut,
  delivered: optional(DecimalOut),
  received: optional(DecimalOut),
  rejected: DecimalOut,
  returned: DecimalOut,
  shippedNet: DecimalOut,
  invoiced: DecimalOut,
  credited: DecimalOut,
  invoicedNet: DecimalOut,
  cancelled: DecimalOut,
  reserved: DecimalOut,
  backordered: DecimalOut,
  availableOn: nullable(
    Type.Unsafe<string>({
      ...DateText,
      description:
        'Of an open line of a sales order: the first day on which all that is open can be promised, of what is free, and of what comes after those who wait before it. Null: never as things are, or nothing is open.',
    }),
  ),
  open: DecimalOut,
  toInvoice: DecimalOut,
  toCredit: DecimalOut,
})

const orderHead = {
  id: Id,
  kind: Type.String(),
  number: nullable(Type.String()),
  state: literals(['draft', 'confirmed', 'closed', 'cancelled']),
  fulfilment: literals(['none', 'partial', 'full']),
  invoicing: literals(['none', 'partial', 'full']),
  returned: literals(['none', 'partial', 'full']),
  partyId: Id,
  party: PartyOut,
  warehouseId: Id,
  currency: Type.String(),
  exchangeRate: DecimalOut,
  orderDate: DateText,
  expectedDate: nullable(DateText),
  reference: nullable(Type.String()),
  totals: TotalsOut,
  version: Version,
  createdAt: MomentOut,
}

export const OrderListItem = object({
  ...orderHead,
  priority: Type.Integer(),
  daysLate: nullable(
    Type.Integer({
      description:
        'Days since the expected date, while something is open of a confirmed order. Null: not late.',
    }),
  ),
  payment: nullable(
    literals(['open', 'partial', 'paid', 'overdue'], {
      description:
        'How far its posted invoices (bills) are paid, down payments among them: `overdue` where one of them is, `paid` where all are and nothing is left to invoice, `partial` where something is. Those that credits took back in full do not count. Null: there are none, or the caller may not read them.',
    }),
  ),
})

export const OrderOut = object({
  ...orderHead,
  pricesIncludeTax: Type.Boolean(),
  taxRounding: literals(['document', 'line']),
  priceBookId: nullable(Id),
  deliveryAddress: DeliveryAddressOut,
  notes: nullable(Type.String()),
  paymentTermDays: Type.Integer(),
  priority: Type.Integer(),
  backOrders: nullable(Type.Boolean()),
  discountPercent: DecimalOut,
  discountAmount: DecimalOut,
  reservationId: nullable(Id),
  createdBy: Type.String(),
  taxes: Type.Array(TaxTotalOut),
  lines: Type.Array(OrderLineOut),
  actions: Type.Array(Offered),
  links: Type.Array(Link),
})
export type OrderOut = Static<typeof OrderOut>
