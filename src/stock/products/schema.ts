import { Type } from 'typebox'
import { Archived } from '../../http/archived-filter.ts'
import {
  DecimalOut,
  Id,
  listQuery,
  literals,
  nullable,
  object,
  optional,
  rowIds,
  text,
} from '../../http/schemas.ts'

const filters = {
  archived: Archived,
  type: optional(literals(['stocked', 'service'])),
  tracking: optional(literals(['none', 'lot', 'serial'])),
  category: optional(text(200)),
  unit: optional(text(30, { description: 'The base unit, or that of a pack.' })),
  vendorId: optional(Id),
  low: optional(
    Type.Boolean({
      description: 'True: only goods of which nothing is available, or whose forecast is below zero.',
    }),
  ),
  negative: optional(
    Type.Boolean({ description: 'True: only goods of which a warehouse has less than none.' }),
  ),
  noBarcode: optional(Type.Boolean({ description: 'True: only those without a barcode of their own.' })),
}
export const ProductStockCountQuery = object({ q: listQuery.q, ...filters })
export const ProductStockQuery = object({ ...listQuery, ids: rowIds, ...filters })

/** One product with its stock in all warehouses together, in base units; null for a service. */
export const ProductStockOut = object({
  id: Id,
  sku: Type.String(),
  name: Type.String(),
  type: literals(['stocked', 'service']),
  unit: Type.String({ description: 'The base unit, which the quantities are in.' }),
  barcode: nullable(Type.String()),
  category: nullable(Type.String()),
  salesPrice: nullable(DecimalOut),
  archived: Type.Boolean(),
  onHand: nullable(DecimalOut),
  reserved: nullable(DecimalOut),
  available: nullable(DecimalOut),
  incoming: nullable(DecimalOut),
  forecast: nullable(DecimalOut),
})
