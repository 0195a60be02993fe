import { type Static, Type } from 'typebox'
import { Archived } from '../../http/archived-filter.ts'
import {
  CountryCode,
  Id,
  MomentOut,
  Version,
  literals,
  nullable,
  object,
  optional,
  oneLine,
  text,
} from '../../http/schemas.ts'

const WarehouseAddress = Type.Partial(
  Type.Object({
    name: text(200),
    line1: text(200),
    line2: text(200),
    city: text(100),
    region: text(100),
    postalCode: text(30),
    country: CountryCode,
    phone: oneLine(50),
  }),
)
export type WarehouseAddress = Static<typeof WarehouseAddress>

const warehouse = {
  code: oneLine(30, { minLength: 1, description: 'Unique in the company, such as "MAIN".' }),
  name: oneLine(200, { minLength: 1 }),
  allowNegative: Type.Boolean({
    description: 'Goods may go out that are not there; the stock is then below zero until they come in.',
  }),
  address: WarehouseAddress,
}

export const WarehouseBody = object({
  code: warehouse.code,
  name: warehouse.name,
  allowNegative: optional(warehouse.allowNegative),
  address: optional(warehouse.address),
})
export type WarehouseInput = Static<typeof WarehouseBody>

export const WarehousePatch = Type.Partial(Type.Object(warehouse))
export type WarehouseChanges = Static<typeof WarehousePatch>

export const WarehouseOut = object({
  id: Id,
  ...warehouse,
  archived: Type.Boolean(),
  version: Version,
  createdAt: MomentOut,
})

export const warehouseFilters = { archived: Archived, code: optional(text(30)) }

const location = {
  parentId: nullable(Id),
  code: text(60, { minLength: 1, description: 'Unique in the warehouse, such as "A-01-3".' }),
  name: text(200, { minLength: 1, description: 'Left out: the code.' }),
  isDefault: Type.Boolean({
    description:
      'Where goods of the warehouse go and come from unless a line says otherwise. Set it at another location to move it there.',
  }),
}

export const LocationBody = object({
  warehouseId: Id,
  parentId: optional(location.parentId),
  code: location.code,
  name: optional(location.name),
  type: optional(
    literals(['stock', 'quarantine'], { description: 'Goods in quarantine are counted apart and not sold.' }),
  ),
  isDefault: optional(location.isDefault),
})
export type LocationInput = Static<typeof LocationBody>

export const LocationPatch = Type.Partial(Type.Object(location))
export type LocationChanges = Static<typeof LocationPatch>

const locationTypes = [
  'stock',
  'quarantine',
  'supplier',
  'customer',
  'adjustment',
  'scrap',
  'transit',
] as const

export const LocationOut = object({
  id: Id,
  warehouseId: nullable(Id),
  ...location,
  type: literals(locationTypes, {
    description: 'stock and quarantine lie in a warehouse; the others are where goods come from and go to.',
  }),
  archived: Type.Boolean(),
  version: Version,
  createdAt: MomentOut,
})

export const locationFilters = {
  archived: Archived,
  warehouseId: optional(Id),
  parentId: optional(Id),
  type: optional(literals(locationTypes)),
  code: optional(text(60)),
}
