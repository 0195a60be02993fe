import { Type } from 'typebox'
import { DecimalOut, Id, listQuery, nullable, object, optional } from '../../http/schemas.ts'

const levelFilters = {
  productId: optional(Id),
  warehouseId: optional(Id),
  negative: optional(Type.Boolean({ description: 'True: only where less than nothing is on hand.' })),
  low: optional(
    Type.Boolean({ description: 'True: only where nothing is available or the forecast is below zero.' }),
  ),
}
export const LevelCountQuery = object({ q: listQuery.q, ...levelFilters })
export const LevelQuery = object({ ...listQuery, ...levelFilters })

/** One product in one warehouse. Quantities in base units, money in company currency. */
export const LevelOut = object({
  productId: Id,
  sku: Type.String(),
  name: Type.String(),
  unit: Type.String({ description: 'The base unit, which the quantities are in.' }),
  warehouseId: Id,
  warehouseName: Type.String(),
  onHand: DecimalOut,
  reserved: DecimalOut,
  available: DecimalOut,
  incoming: DecimalOut,
  outgoing: DecimalOut,
  forecast: DecimalOut,
  quarantined: DecimalOut,
  value: DecimalOut,
  averageCost: nullable(DecimalOut),
})
