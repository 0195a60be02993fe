import { type Static, Type } from 'typebox'
import { Archived } from '../../http/archived-filter.ts'
import {
  CurrencyCode,
  Id,
  MomentOut,
  PositiveDecimalText,
  Version,
  literals,
  nullable,
  object,
  optional,
  oneLine,
  text,
} from '../../http/schemas.ts'

const UnitName = oneLine(30, { minLength: 1, description: 'Name of a unit, such as "box".' })
// Far above every real ratio, and small enough that a quantity times it stays exact.
const Part = (description: string) => Type.Integer({ minimum: 1, maximum: 1_000_000_000, description })

const ProductUnit = object(
  {
    unit: UnitName,
    numerator: Part('One such unit is numerator / denominator base units.'),
    denominator: optional(Part('1 when left out.')),
    barcode: optional(nullable(oneLine(100))),
  },
  { description: 'An alternative unit: {"unit": "box", "numerator": 12} is 12 base units.' },
)

const ProductVendor = object({
  partyId: Id,
  code: optional(nullable(oneLine(100, { description: "The vendor's number of the product." }))),
  name: optional(nullable(text(300, { description: "The vendor's name of the product." }))),
  price: optional(nullable(PositiveDecimalText)),
  currency: optional(nullable(CurrencyCode)),
  unit: optional(nullable(UnitName)),
  minimumQuantity: optional(nullable(PositiveDecimalText)),
  leadTimeDays: optional(nullable(Type.Integer({ minimum: 0, maximum: 3650 }))),
  preferred: optional(Type.Boolean({ description: 'The one that is bought from unless said otherwise.' })),
})

const types = ['stocked', 'service'] as const
const trackings = ['none', 'lot', 'serial'] as const
const valuations = ['average', 'fifo'] as const

const required = {
  sku: oneLine(100, { minLength: 1, description: 'Unique in the company.' }),
  name: text(300, { minLength: 1 }),
  type: literals(types, { description: 'Stocked goods are counted in warehouses; a service is not.' }),
  unit: oneLine(30, { minLength: 1, description: 'The base unit. Stock is counted in it.' }),
}
const open = {
  description: nullable(text(10_000)),
  tracking: literals(trackings, { description: 'Whether lots or serial numbers are told apart.' }),
  valuation: literals(valuations, {
    description: 'Cost of goods that leave: moving average, or first in first out.',
  }),
  barcode: nullable(oneLine(100)),
  cnCode: nullable(
    oneLine(14, { description: 'Combined Nomenclature (customs, Intrastat): 4, 6, 8 or 10 digits.' }),
  ),
  pkwiuCode: nullable(oneLine(14, { description: 'Polish classification PKWiU, such as 26.20.11.0.' })),
  gtuCode: nullable(oneLine(6, { description: 'Group in the Polish VAT register: GTU_01 to GTU_13.' })),
  // Magento writes the categories of a product below each other.
  category: nullable(text(200)),
  salesPrice: nullable(PositiveDecimalText),
  purchasePrice: nullable(PositiveDecimalText),
  taxIds: Type.Array(Id, { maxItems: 10, uniqueItems: true, description: 'Taxes on sales.' }),
  purchaseTaxIds: Type.Array(Id, { maxItems: 10, uniqueItems: true, description: 'Taxes on purchases.' }),
  weight: nullable(PositiveDecimalText),
  tolerancePercent: nullable(PositiveDecimalText),
  notes: nullable(text(10_000)),
  units: Type.Array(ProductUnit, { maxItems: 50 }),
  vendors: Type.Array(ProductVendor, { maxItems: 200 }),
}

export const ProductBody = Type.Object({
  sku: required.sku,
  name: required.name,
  type: optional(required.type),
  unit: optional(required.unit),
  ...Type.Partial(Type.Object(open)).properties,
})
export type ProductInput = Static<typeof ProductBody>

export const ProductPatch = Type.Partial(Type.Object({ ...required, ...open }))
export type ProductChanges = Static<typeof ProductPatch>

export const ProductOut = object({
  id: Id,
  ...required,
  ...open,
  units: Type.Array(
    object({
      unit: Type.String(),
      numerator: Type.Integer(),
      denominator: Type.Integer(),
      barcode: nullable(Type.String()),
    }),
  ),
  vendors: Type.Array(
    object({
      partyId: Id,
      code: nullable(Type.String()),
      name: nullable(Type.String()),
      price: nullable(Type.String()),
      currency: nullable(Type.String()),
      unit: nullable(Type.String()),
      minimumQuantity: nullable(Type.String()),
      leadTimeDays: nullable(Type.Integer()),
      preferred: Type.Boolean(),
    }),
  ),
  archived: Type.Boolean(),
  version: Version,
  createdAt: MomentOut,
})
export type ProductOut = Static<typeof ProductOut>

export const productFilters = {
  archived: Archived,
  type: optional(literals(types)),
  tracking: optional(literals(trackings)),
  category: optional(text(200)),
  sku: optional(text(100, { description: 'Exactly this one.' })),
  barcode: optional(text(100, { description: 'Exactly this one, of the product or one of its units.' })),
  vendorId: optional(Id),
  taxId: optional(Id),
}

export const CodesQuestion = object({
  codes: Type.Array(text(100, { minLength: 1 }), { minItems: 1, maxItems: 2000 }),
  partyId: optional(Type.Unsafe<string>({ ...Id, description: 'A vendor whose own codes are taken too.' })),
})

export const CodesOut = object({
  matches: Type.Array(
    object({
      code: Type.String(),
      productId: Id,
      unit: Type.String({ description: 'The base unit, or the one whose barcode or vendor code it is.' }),
      by: literals(['sku', 'barcode', 'vendor-code']),
    }),
    {
      description:
        'Codes that name nothing are missing; one that names several products stands several times.',
    },
  ),
  products: Type.Array(ProductOut),
})
