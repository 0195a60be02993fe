import { type Static, Type } from 'typebox'
import {
  DateText,
  DecimalOut,
  Id,
  MomentOut,
  MomentText,
  PositiveDecimalText,
  Version,
  listQuery,
  literals,
  nullable,
  object,
  optional,
  rowIds,
  oneLine,
  text,
} from '../../http/schemas.ts'
import { Link, Offered } from '../../journal/links.ts'
import { createdBy } from '../../journal/made-by.ts'
import { reservation } from './description.ts'

const ReserveUntil = Type.Unsafe<string>({
  ...MomentText,
  description: "The hold ends by itself at this moment. Left out: now and the company's reservation time.",
})

export const ReservationInput = object({
  partyId: Id,
  warehouseId: optional(Type.Unsafe<string>({ ...Id, description: 'Left out: the oldest warehouse.' })),
  reserveUntil: optional(ReserveUntil),
  reference: optional(nullable(oneLine(200))),
  notes: optional(nullable(text(5000))),
  lines: Type.Array(
    object({
      productId: Id,
      quantity: PositiveDecimalText,
      unit: optional(oneLine(30, { description: 'Left out: the base unit of the product.' })),
    }),
    { minItems: 1, maxItems: 2000 },
  ),
})
export type ReservationInput = Static<typeof ReservationInput>

export const ReservationChange = object({
  reference: optional(nullable(oneLine(200))),
  notes: optional(nullable(text(5000))),
})
export type ReservationChange = Static<typeof ReservationChange>

export const Release = object({
  reason: optional(text(500, { description: 'Kept in the history.' })),
  lines: optional(
    Type.Array(object({ id: Id, quantity: PositiveDecimalText }), {
      minItems: 1,
      maxItems: 2000,
      description: 'A part, in the units of the lines. Left out: everything.',
    }),
  ),
})
export type Release = Static<typeof Release>

export const Extension = object({
  reserveUntil: optional(
    Type.Unsafe<string>({
      ...MomentText,
      description:
        "The new end, not sooner than the present one. Left out: now and the company's reservation time.",
    }),
  ),
})
export type Extension = Static<typeof Extension>

const reservationFilters = {
  q: listQuery.q,
  state: optional(literals(reservation.states)),
  partyId: optional(Id),
  createdBy,
  warehouseId: optional(Id),
  productId: optional(Id),
  number: optional(text(60)),
  from: optional(Type.Unsafe<string>({ ...DateText, description: 'Made on this date or later.' })),
  to: optional(Type.Unsafe<string>({ ...DateText, description: 'Made on this date or earlier.' })),
}
export const ReservationCountQuery = object(reservationFilters)
export const ReservationListQuery = object({
  ...reservationFilters,
  sort: listQuery.sort,
  cursor: listQuery.cursor,
  limit: listQuery.limit,
  ids: rowIds,
})

const head = {
  id: Id,
  kind: Type.String(),
  number: nullable(Type.String()),
  state: literals(reservation.states),
  partyId: Id,
  party: object({ name: Type.String() }),
  warehouseId: Id,
  warehouseName: Type.String(),
  reserveUntil: MomentOut,
  reference: nullable(Type.String()),
  orderId: nullable(Id),
  lineCount: Type.Integer(),
  version: Version,
  createdAt: MomentOut,
}

export const ReservationItem = object(head)

const ReservationLineOut = object({
  id: Id,
  position: Type.Integer(),
  productId: Id,
  sku: Type.String(),
  description: Type.String(),
  quantity: DecimalOut,
  unit: Type.String(),
  baseQuantity: DecimalOut,
  reserved: Type.Unsafe<Static<typeof DecimalOut>>({
    ...DecimalOut,
    description: 'What is held now, in the unit of the line; nothing once the reservation has ended.',
  }),
  released: DecimalOut,
  ordered: DecimalOut,
  open: Type.Unsafe<Static<typeof DecimalOut>>({
    ...DecimalOut,
    description: 'Neither released nor ordered: what an extension holds.',
  }),
})

export const ReservationOut = object({
  ...head,
  notes: nullable(Type.String()),
  createdBy: Type.String(),
  lines: Type.Array(ReservationLineOut),
  actions: Type.Array(Offered),
  links: Type.Array(Link),
})
export type ReservationOut = Static<typeof ReservationOut>
