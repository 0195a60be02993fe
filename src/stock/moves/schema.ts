import { Type } from 'typebox'
import {
  DateText,
  DecimalOut,
  Id,
  MomentOut,
  listQuery,
  nullable,
  object,
  optional,
  text,
} from '../../http/schemas.ts'

export const MoveQuery = object({
  productId: optional(Id),
  warehouseId: optional(Id),
  lotId: optional(Id),
  shipmentId: optional({ ...Id, description: 'The document that moved the goods.' } as typeof Id),
  lotNumber: optional(text(100, { description: 'Exactly this lot or serial number.' })),
  documentNumber: optional(text(60, { description: 'Exactly this document, by its number.' })),
  from: optional(DateText),
  to: optional(DateText),
  sort: listQuery.sort,
  cursor: listQuery.cursor,
  limit: listQuery.limit,
})

/** A row of the stock ledger. It never changes; what it is worth may be corrected by a bill. */
export const MoveOut = object({
  id: Id,
  date: DateText,
  postedAt: MomentOut,
  productId: Id,
  sku: Type.String(),
  name: Type.String(),
  unit: Type.String({ description: 'The base unit, which the quantities are in.' }),
  lotId: nullable(Id),
  lotNumber: nullable(Type.String()),
  fromLocationId: Id,
  fromName: Type.String(),
  fromWarehouseId: nullable(Id),
  toLocationId: Id,
  toName: Type.String(),
  toWarehouseId: nullable(Id),
  quantity: DecimalOut,
  value: DecimalOut,
  unitValue: DecimalOut,
  documentId: Id,
  documentKind: Type.String({ examples: ['delivery-note'] }),
  documentNumber: nullable(Type.String()),
  reversesId: nullable(Id),
  onHandChange: nullable(DecimalOut),
  balanceAfter: nullable(DecimalOut),
})

export const TurnoverQuery = object({
  productId: Id,
  warehouseId: Id,
  from: optional(DateText),
  to: optional(DateText),
})

/** What was on hand before and after the days asked about, by the dates of the documents; base unit. */
export const TurnoverOut = object({
  unit: Type.String(),
  opening: DecimalOut,
  received: DecimalOut,
  issued: DecimalOut,
  closing: DecimalOut,
})
