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
import { Link } from '../journal/links.ts'
import { LineInput, Offered, PartyOut, TaxOut, TaxTotalOut, TotalsOut } from '../orders/index.ts'

const head = {
  date: optional(DateText),
  dueDate: optional(DateText),
  saleDate: optional(nullable(DateText)),
  paymentTermDays: optional(Type.Integer({ minimum: 0, maximum: 3650 })),
  reference: optional(
    nullable(
      oneLine(200, { description: "The customer's order number, or the vendor's own document number." }),
    ),
  ),
  reason: optional(nullable(text(500))),
  notes: optional(nullable(text(5000))),
  exchangeRate: optional(RateText),
}
const Advance = object({ paymentId: Id, amount: PositiveDecimalText })
const advances = optional(
  Type.Array(Advance, { maxItems: 50, description: 'Payments on account to settle with at posting.' }),
)

const SourceLine = object({
  sourceLineId: Id,
  quantity: optional(PositiveDecimalText),
  unit: optional(oneLine(30)),
  unitPrice: optional(DecimalText),
  discountPercent: optional(PositiveDecimalText),
  amount: optional(
    Type.Union([PositiveDecimalText], {
      description: "Credits: an amount instead of a quantity, in the document's price mode.",
    }),
  ),
})
export type SourceLine = Static<typeof SourceLine>

export const Decision = object({ reason: text(500, { minLength: 1 }) })

const atOnce = {
  post: optional(
    Type.Boolean({
      description: 'True: made and posted in one action, or nothing of it (it has a number and counts).',
    }),
  ),
  acceptDifferences: optional(
    object(Decision.properties, {
      description: 'With `post`, of a bill: accepts what it differs in from its order and receipt.',
    }),
  ),
}

/** Made from an order, shipments or an invoice: an empty body means all that is open. */
export const InvoiceFollowUp = object({
  ...head,
  ...atOnce,
  advances,
  downPayment: optional(
    object(
      { percent: optional(PositiveDecimalText), amount: optional(PositiveDecimalText) },
      { description: 'Of an order: a part in advance, in per cent or as a net amount.' },
    ),
  ),
  amount: optional(
    Type.Union([PositiveDecimalText], { description: 'Credits: a gross amount, spread over all lines.' }),
  ),
  lines: optional(Type.Array(SourceLine, { minItems: 1, maxItems: 2000 })),
})
export type InvoiceFollowUp = Static<typeof InvoiceFollowUp>

export const InvoiceInput = object({
  ...head,
  ...atOnce,
  advances,
  number: optional(
    oneLine(60, { description: 'Numbers are given on posting; one given here is refused with the reason.' }),
  ),
  partyId: optional(Id),
  currency: optional(CurrencyCode),
  pricesIncludeTax: optional(
    Type.Boolean({
      description: "Left out: as the prices of the party's own price book, else as the company's.",
    }),
  ),
  taxRounding: optional(literals(['document', 'line'])),
  discountPercent: optional(PositiveDecimalText),
  discountAmount: optional(PositiveDecimalText),
  sourceIds: optional(
    Type.Array(Id, {
      minItems: 1,
      maxItems: 100,
      description: 'Delivery or receipt notes of one party to invoice together.',
    }),
  ),
  lines: optional(Type.Array(LineInput, { minItems: 1, maxItems: 2000 })),
})
export type InvoiceInput = Static<typeof InvoiceInput>

export const InvoiceChange = object({
  ...head,
  advances,
  takeParty: optional(
    Type.Boolean({
      description:
        'Takes over name, tax number and address of the party as they are now; else a draft keeps them as they were when it was made.',
    }),
  ),
  discountPercent: optional(PositiveDecimalText),
  discountAmount: optional(PositiveDecimalText),
  lines: optional(
    Type.Array(
      object({
        id: optional(Id),
        ...LineInput.properties,
        quantity: optional(PositiveDecimalText),
        amount: optional(PositiveDecimalText),
      }),
      {
        minItems: 1,
        maxItems: 2000,
        description: 'All lines: an id keeps a line and its source, lines without one are new.',
      },
    ),
  ),
})
export type InvoiceChange = Static<typeof InvoiceChange>
export const PostInput = object({ acceptDifferences: optional(Decision) })

export const Allocations = object({
  allocations: optional(
    Type.Array(object({ invoiceId: Id, amount: PositiveDecimalText }), { minItems: 1, maxItems: 200 }),
  ),
})
export type Allocations = Static<typeof Allocations>

export const MatchDifference = object({
  lineId: nullable(Id),
  field: literals(['quantity', 'price', 'reference']),
  ordered: nullable(DecimalOut),
  received: nullable(DecimalOut),
  billed: nullable(DecimalOut),
  message: Type.String(),
})
export type MatchDifference = Static<typeof MatchDifference>

const invoiceHead = {
  id: Id,
  kind: Type.String(),
  number: nullable(Type.String()),
  state: literals(['draft', 'posted', 'cancelled']),
  paymentStatus: nullable(literals(['open', 'partial', 'paid', 'overdue', 'redeemed'])),
  partyId: Id,
  party: PartyOut,
  orderId: nullable(Id),
  correctsId: nullable(Id),
  sourceShipmentId: nullable(Id),
  currency: Type.String(),
  exchangeRate: DecimalOut,
  date: DateText,
  dueDate: DateText,
  saleDate: nullable(DateText),
  reference: nullable(Type.String()),
  totals: TotalsOut,
  baseGross: DecimalOut,
  openAmount: DecimalOut,
  settledAmount: DecimalOut,
  version: Version,
  createdAt: MomentOut,
}
export const InvoiceListItem = object({
  ...invoiceHead,
  reason: nullable(Type.String()),
  correctsNumber: nullable(
    Type.String({
      description:
        'Of the invoice or bill that a credit corrects. Null: it corrects none, or the caller may not read it.',
    }),
  ),
  match: nullable(
    literals(['matches', 'differs', 'accepted'], {
      description:
        'Of a bill: whether it agrees with order and receipt, or its differences are accepted. Null: cancelled, or no bill.',
    }),
  ),
  mail: nullable(
    object(
      {
        state: literals(['waiting', 'sending', 'sent', 'failed', 'unclear', 'bounced']),
        at: MomentOut,
      },
      {
        description:
          'What became of the newest mail about it, and when. Null: it was not mailed, or the caller may not read mails.',
      },
    ),
  ),
})
export type InvoiceListItem = Static<typeof InvoiceListItem>

const InvoiceLineOut = object({
  id: Id,
  position: Type.Integer(),
  type: literals(['item', 'advance', 'deduction', 'amount']),
  productId: nullable(Id),
  sku: nullable(Type.String()),
  description: Type.String(),
  quantity: DecimalOut,
  unit: Type.String(),
  baseQuantity: DecimalOut,
  unitPrice: DecimalOut,
  discountPercent: DecimalOut,
  taxIds: Type.Array(Id),
  taxes: Type.Array(TaxOut),
  amount: DecimalOut,
  net: DecimalOut,
  tax: DecimalOut,
  sourceLineId: nullable(Id),
  orderLineId: nullable(Id),
  shipmentLineId: nullable(Id),
  correctsLineId: nullable(Id),
  credited: DecimalOut,
  creditedAmount: DecimalOut,
  creditable: DecimalOut,
  creditableAmount: DecimalOut,
})

export const InvoiceOut = object({
  ...invoiceHead,
  pricesIncludeTax: Type.Boolean(),
  taxRounding: literals(['document', 'line']),
  paymentTermDays: Type.Integer(),
  reason: nullable(Type.String()),
  notes: nullable(Type.String()),
  discountPercent: DecimalOut,
  discountAmount: DecimalOut,
  creditedAmount: DecimalOut,
  paidAmount: DecimalOut,
  refundedAmount: DecimalOut,
  netPaid: DecimalOut,
  openBaseAmount: DecimalOut,
  exchangeDifference: DecimalOut,
  priceVariance: nullable(DecimalOut),
  advances: Type.Array(object({ paymentId: Id, amount: DecimalOut })),
  match: nullable(
    object({
      status: literals(['matches', 'differs', 'accepted']),
      differences: Type.Array(MatchDifference),
      decision: nullable(object({ reason: Type.String(), by: Type.String(), at: Type.String() })),
    }),
  ),
  createdBy: Type.String(),
  postedAt: nullable(MomentOut),
  taxes: Type.Array(TaxTotalOut),
  lines: Type.Array(InvoiceLineOut),
  actions: Type.Array(Offered),
  links: Type.Array(Link),
})
export type InvoiceOut = Static<typeof InvoiceOut>
