import { type Static, Type } from 'typebox'
import { DateText, Id, MomentOut, Version, nullable, object, optional, text } from '../../http/schemas.ts'

const expiresOn = nullable(
  Type.Unsafe<string>({ ...DateText, description: 'The last day it may be sold on.' }),
)
const notes = nullable(text(10_000))

export const LotPatch = Type.Partial(Type.Object({ expiresOn, notes }))
export type LotChanges = Static<typeof LotPatch>

export const LotOut = object({
  id: Id,
  productId: Id,
  sku: Type.String(),
  productName: Type.String(),
  number: Type.String(),
  serial: Type.Boolean({ description: 'One piece with a serial number of its own.' }),
  expiresOn,
  notes,
  onHand: Type.String({ description: 'In all warehouses, quarantine included; base unit.' }),
  version: Version,
  createdAt: MomentOut,
})

export const lotFilters = {
  productId: optional(Id),
  warehouseId: optional(
    Type.Unsafe<string>({ ...Id, description: 'Lots that lie in this warehouse; `onHand` counts that one.' }),
  ),
  number: optional(text(100, { description: 'Exactly this one.' })),
  serial: optional(Type.Boolean()),
  inStock: optional(Type.Boolean({ description: 'True: on hand above 0. False: none on hand.' })),
  expiresBefore: optional(DateText),
  expiresFrom: optional(Type.Unsafe<string>({ ...DateText, description: 'On this day or later.' })),
  expiresTo: optional(Type.Unsafe<string>({ ...DateText, description: 'On this day or earlier.' })),
}
