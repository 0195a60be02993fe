import { type Static, Type } from 'typebox'
import {
  DateText,
  DecimalOut,
  DecimalText,
  Id,
  PositiveDecimalText,
  listQuery,
  nullable,
  object,
  optional,
} from '../../http/schemas.ts'

const outlook = {
  demandDays: optional(
    Type.Integer({
      minimum: 1,
      maximum: 730,
      default: 90,
      description: 'So many past days say what goes out on a day.',
    }),
  ),
  reviewDays: optional(
    Type.Integer({
      minimum: 0,
      maximum: 365,
      default: 7,
      description:
        'Days until the next time that somebody orders: goods must last so long beyond the lead time.',
    }),
  ),
}
const filters = { vendorId: optional(Id), warehouseId: optional(Id), ...outlook }

export const ProposalQuery = object({ ...listQuery, ...filters })
export const ProposalCountQuery = object({ q: listQuery.q, ...filters })
export const ProposalExplainQuery = object({ productId: Id, warehouseId: Id, ...outlook })

const said = (description: string) => Type.Unsafe<Static<typeof DecimalOut>>({ ...DecimalOut, description })

const proposal = {
  productId: Id,
  sku: Type.String(),
  name: Type.String(),
  unit: Type.String({ description: 'The base unit, which the quantities are in.' }),
  warehouseId: Id,
  warehouseName: Type.String(),
  vendorId: nullable(
    Type.Unsafe<string>({ ...Id, description: 'Null: the product has none that is bought from.' }),
  ),
  vendorName: nullable(Type.String()),
  vendorMinimum: nullable(said('What the vendor sells at the least, in the base unit.')),
  leadTimeDays: Type.Integer(),
  until: Type.Unsafe<string>({
    ...DateText,
    description: 'Today, the lead time and the review days: what is looked ahead to.',
  }),
  onHand: DecimalOut,
  expired: said('Of what is on hand: lots that have expired and are held by nobody.'),
  incoming: said('Open on confirmed purchase orders and expected by then.'),
  drafted: said('On drafts of purchase orders and expected by then.'),
  later: said('On order and expected after that day. It does not count.'),
  outgoing: said('What orders want by then, and what reservations hold.'),
  sold: said('What customers took in the past days, less what they gave back.'),
  demandPerDay: DecimalOut,
  demand: said('What past sales let expect by then.'),
  projected: said(
    'On hand without what has expired, incoming and drafted, less the greater of outgoing and demand.',
  ),
  minimum: DecimalOut,
  maximum: DecimalOut,
  packSize: DecimalOut,
  quantity: said('What is proposed: up to the maximum, at least what the vendor sells, in whole packs.'),
  explanation: Type.String({ description: 'All of it in words.' }),
}
export const ProposalOut = object(proposal)

export const causes = ['on-hand', 'expired', 'incoming', 'drafted', 'outgoing', 'demand', 'more'] as const

export const ProposalExplained = object({
  ...proposal,
  lowest: said('By what is dated: the least that will be there on any day until then.'),
  lowestOn: DateText,
  rows: Type.Array(
    object({
      cause: Type.Unsafe<(typeof causes)[number]>(Type.String({ enum: [...causes] })),
      label: Type.String(),
      quantity: DecimalOut,
      kind: nullable(Type.String()),
      id: nullable(Id),
      number: nullable(Type.String()),
      date: nullable(DateText),
      party: nullable(Type.String()),
    }),
    { description: 'They add up to `projected`.' },
  ),
})

export const ProposalsToOrder = object({
  ...outlook,
  lines: Type.Array(
    object({
      productId: Id,
      warehouseId: Id,
      vendorId: Id,
      quantity: Type.Unsafe<string>({ ...PositiveDecimalText, description: 'In the base unit.' }),
      proposed: Type.Unsafe<string>({
        ...PositiveDecimalText,
        description: 'What the proposal said. When less is needed by now, nothing is ordered.',
      }),
      unitPrice: optional(
        Type.Unsafe<string>({
          ...DecimalText,
          description: 'For one base unit. Left out: the price that applies, else what was paid last.',
        }),
      ),
    }),
    { minItems: 1, maxItems: 2000 },
  ),
})
export type ProposalsToOrder = Static<typeof ProposalsToOrder>
