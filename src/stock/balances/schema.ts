import { Type } from 'typebox'
import {
  DateText,
  DecimalOut,
  Id,
  listQuery,
  literals,
  nullable,
  object,
  optional,
} from '../../http/schemas.ts'

export const BalanceQuery = object({
  productId: optional(Id),
  warehouseId: optional(Id),
  locationId: optional(Id),
  lotId: optional(Id),
  sort: listQuery.sort,
  cursor: listQuery.cursor,
  limit: listQuery.limit,
})

export const BalanceOut = object({
  productId: Id,
  sku: Type.String(),
  name: Type.String(),
  unit: Type.String(),
  warehouseId: Id,
  warehouseName: Type.String(),
  locationId: Id,
  locationCode: Type.String(),
  locationName: Type.String(),
  locationType: literals(['stock', 'quarantine']),
  lotId: nullable(Id),
  lotNumber: nullable(Type.String()),
  expiresOn: nullable(DateText),
  expired: Type.Boolean({ description: 'The lot cannot be sold any more.' }),
  quantity: DecimalOut,
})
