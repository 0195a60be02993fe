import { type Static, Type } from 'typebox'
import {
  CurrencyCode,
  DateText,
  DecimalOut,
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
} from '../../http/schemas.ts'
import { Link } from '../../journal/links.ts'
import { Offered, PartyOut } from '../../orders/index.ts'

const fields = {
  currency: optional(CurrencyCode),
  exchangeRate: optional(
    Type.Union([RateText], {
      description: "Company currency for one unit of the payment's currency. Left out: the rate of the date.",
    }),
  ),
  date: optional(DateText),
  method: optional(oneLine(40, { minLength: 1, description: 'bank, cash, card, …' })),
  reference: optional(nullable(oneLine(200))),
  notes: optional(nullable(text(5000))),
}

/** A payment of one invoice or bill, or the refund of one credit; posted at once. */
export const PayInput = object({
  amount: optional(
    Type.Union([PositiveDecimalText], {
      description: 'In the currency of the payment. Left out: all that is open.',
    }),
  ),
  ...fields,
})
export type PayInput = Static<typeof PayInput>

const Allocation = object({
  invoiceId: Id,
  amount: Type.Union([PositiveDecimalText], { description: 'In the currency of the invoice.' }),
})

export const PaymentInput = object({
  direction: literals(['in', 'out']),
  partyId: Id,
  amount: PositiveDecimalText,
  ...fields,
  allocations: optional(
    Type.Array(Allocation, {
      maxItems: 500,
      description: 'What it pays. What is left is credit of the party.',
    }),
  ),
  post: optional(Type.Boolean({ description: 'Book it at once, in the same transaction.' })),
})
export type PaymentInput = Static<typeof PaymentInput>

export const PaymentChange = object({
  amount: optional(PositiveDecimalText),
  ...fields,
  allocations: optional(Type.Array(Allocation, { maxItems: 500 })),
})
export type PaymentChange = Static<typeof PaymentChange>

export const AllocateInput = object({ allocations: Type.Array(Allocation, { minItems: 1, maxItems: 500 }) })
export type AllocateInput = Static<typeof AllocateInput>

const head = {
  id: Id,
  number: nullable(Type.String()),
  state: literals(['draft', 'posted', 'cancelled']),
  direction: literals(['in', 'out']),
  side: literals(['customer', 'vendor']),
  partyId: Id,
  party: PartyOut,
  amount: DecimalOut,
  currency: Type.String(),
  exchangeRate: DecimalOut,
  baseAmount: DecimalOut,
  date: DateText,
  method: Type.String(),
  reference: nullable(Type.String()),
  rounding: DecimalOut,
  allocatedAmount: DecimalOut,
  unallocatedAmount: DecimalOut,
  version: Version,
  createdAt: MomentOut,
}
export const PaymentListItem = object(head)

export const PaymentOut = object({
  ...head,
  notes: nullable(Type.String()),
  createdBy: Type.String(),
  postedAt: nullable(MomentOut),
  exchangeDifference: DecimalOut,
  allocations: Type.Array(
    object({
      invoiceId: nullable(Id),
      creditId: nullable(Id),
      paymentId: nullable(Id),
      kind: nullable(Type.String()),
      number: nullable(Type.String()),
      amount: DecimalOut,
      currency: nullable(Type.String()),
      paymentAmount: DecimalOut,
      exchangeDifference: DecimalOut,
    }),
  ),
  actions: Type.Array(Offered),
  links: Type.Array(Link),
})
export type PaymentOut = Static<typeof PaymentOut>
