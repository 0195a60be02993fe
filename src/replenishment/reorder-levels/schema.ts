import { type Static, Type } from 'typebox'
import {
  DecimalOut,
  Id,
  MomentOut,
  PositiveDecimalText,
  Version,
  listQuery,
  nullable,
  object,
  optional,
} from '../../http/schemas.ts'

const quantity = (description: string) => Type.Unsafe<string>({ ...PositiveDecimalText, description })

const fields = {
  minimum: quantity('In the base unit. When less than this is to be expected, it is bought again.'),
  maximum: quantity('In the base unit, at least the minimum: so much is bought that there is this.'),
  packSize: quantity('In the base unit, above zero: whole packs are bought. Left out: 1.'),
  leadTimeDays: nullable(
    Type.Integer({
      minimum: 0,
      maximum: 3650,
      description: 'From the order until the goods are there. Null: what the product says of the vendor.',
    }),
  ),
  vendorId: nullable(
    Type.Unsafe<string>({ ...Id, description: 'Null: the vendor that the product prefers.' }),
  ),
}

export const ReorderLevelBody = object({
  productId: Id,
  warehouseId: optional(Type.Unsafe<string>({ ...Id, description: 'Left out: the oldest warehouse.' })),
  minimum: fields.minimum,
  maximum: fields.maximum,
  packSize: optional(fields.packSize),
  leadTimeDays: optional(fields.leadTimeDays),
  vendorId: optional(fields.vendorId),
})
export type ReorderLevelInput = Static<typeof ReorderLevelBody>

export const ReorderLevelPatch = Type.Partial(Type.Object(fields))
export type ReorderLevelChanges = Static<typeof ReorderLevelPatch>

export const ReorderLevelOut = object({
  id: Id,
  productId: Id,
  sku: Type.String(),
  name: Type.String(),
  unit: Type.String({ description: 'The base unit, which the quantities are in.' }),
  warehouseId: Id,
  warehouseName: Type.String(),
  minimum: DecimalOut,
  maximum: DecimalOut,
  packSize: DecimalOut,
  leadTimeDays: nullable(Type.Integer()),
  vendorId: nullable(Id),
  vendorName: nullable(Type.String()),
  version: Version,
  createdAt: MomentOut,
})

const filters = {
  productId: optional(Id),
  warehouseId: optional(Id),
  vendorId: optional(Type.Unsafe<string>({ ...Id, description: 'Those that name this vendor themselves.' })),
}
export const ReorderLevelQuery = object({ ...listQuery, ...filters })
export const ReorderLevelCountQuery = object({ q: listQuery.q, ...filters })
