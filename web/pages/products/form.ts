import type { OneOf } from '../../api/index.ts'

type Product = OneOf<'products'>

export interface UnitValues {
  readonly unit: string
  readonly numerator: string
  readonly denominator: string
  readonly barcode: string
}
export interface VendorValues {
  readonly partyId: string
  readonly code: string
  readonly name: string
  readonly price: string
  readonly currency: string
  readonly unit: string
  readonly minimumQuantity: string
  readonly leadTimeDays: string
  readonly preferred: boolean
}
/** What is typed in the form of a product; '' stands for nothing. */
export interface ProductValues {
  readonly sku: string
  readonly name: string
  readonly type: 'stocked' | 'service'
  readonly unit: string
  readonly barcode: string
  readonly cnCode: string
  readonly pkwiuCode: string
  readonly gtuCode: string
  readonly category: string
  readonly salesPrice: string
  readonly purchasePrice: string
  readonly taxIds: readonly string[]
  readonly purchaseTaxIds: readonly string[]
  readonly tracking: 'none' | 'lot' | 'serial'
  readonly valuation: 'average' | 'fifo'
  readonly weight: string
  readonly tolerancePercent: string
  readonly description: string
  readonly notes: string
  readonly units: readonly UnitValues[]
  readonly vendors: readonly VendorValues[]
}

export const emptyUnit: UnitValues = { unit: '', numerator: '', denominator: '1', barcode: '' }
export const emptyVendor: VendorValues = {
  partyId: '',
  code: '',
  name: '',
  price: '',
  currency: '',
  unit: '',
  minimumQuantity: '',
  leadTimeDays: '',
  preferred: false,
}
export const emptyProduct: ProductValues = {
  sku: '',
  name: '',
  type: 'stocked',
  unit: 'pcs',
  barcode: '',
  cnCode: '',
  pkwiuCode: '',
  gtuCode: '',
  category: '',
  salesPrice: '',
  purchasePrice: '',
  taxIds: [],
  purchaseTaxIds: [],
  tracking: 'none',
  valuation: 'average',
  weight: '',
  tolerancePercent: '',
  description: '',
  notes: '',
  units: [],
  vendors: [],
}

const text = (value: string | number | null): string => (value === null ? '' : String(value))

export function valuesOf(product: Product): ProductValues {
  return {
    sku: product.sku,
    name: product.name,
    type: product.type,
    unit: product.unit,
    barcode: text(product.barcode),
    cnCode: text(product.cnCode),
    pkwiuCode: text(product.pkwiuCode),
    gtuCode: text(product.gtuCode),
    category: text(product.category),
    salesPrice: text(product.salesPrice),
    purchasePrice: text(product.purchasePrice),
    taxIds: product.taxIds,
    purchaseTaxIds: product.purchaseTaxIds,
    tracking: product.tracking,
    valuation: product.valuation,
    weight: text(product.weight),
    tolerancePercent: text(product.tolerancePercent),
    description: text(product.description),
    notes: text(product.notes),
    units: product.units.map(({ unit, numerator, denominator, barcode }) => ({
      unit,
      numerator: String(numerator),
      denominator: String(denominator),
      barcode: text(barcode),
    })),
    vendors: product.vendors.map((vendor) => ({
      partyId: vendor.partyId,
      code: text(vendor.code),
      name: text(vendor.name),
      price: text(vendor.price),
      currency: text(vendor.currency),
      unit: text(vendor.unit),
      minimumQuantity: text(vendor.minimumQuantity),
      leadTimeDays: text(vendor.leadTimeDays),
      preferred: vendor.preferred,
    })),
  }
}

const orNull = (value: string): string | null => (value.trim() === '' ? null : value.trim())

/** The body of the API for what was typed. */
export function bodyOf(values: ProductValues): Record<string, unknown> {
  const stocked = values.type === 'stocked'
  return {
    sku: values.sku.trim(),
    name: values.name.trim(),
    type: values.type,
    unit: values.unit.trim(),
    barcode: orNull(values.barcode),
    cnCode: orNull(values.cnCode),
    pkwiuCode: orNull(values.pkwiuCode),
    gtuCode: orNull(values.gtuCode),
    category: orNull(values.category),
    salesPrice: orNull(values.salesPrice),
    purchasePrice: orNull(values.purchasePrice),
    taxIds: values.taxIds,
    purchaseTaxIds: values.purchaseTaxIds,
    tracking: stocked ? values.tracking : 'none',
    valuation: values.valuation,
    weight: orNull(values.weight),
    tolerancePercent: orNull(values.tolerancePercent),
    description: orNull(values.description),
    notes: orNull(values.notes),
    units: values.units.map((unit) => ({
      unit: unit.unit.trim(),
      numerator: Number(unit.numerator),
      denominator: Number(unit.denominator === '' ? '1' : unit.denominator),
      barcode: orNull(unit.barcode),
    })),
    vendors: values.vendors.map((vendor) => ({
      partyId: vendor.partyId,
      code: orNull(vendor.code),
      name: orNull(vendor.name),
      price: orNull(vendor.price),
      currency: orNull(vendor.currency),
      unit: orNull(vendor.unit),
      minimumQuantity: orNull(vendor.minimumQuantity),
      leadTimeDays: vendor.leadTimeDays === '' ? null : Number(vendor.leadTimeDays),
      preferred: vendor.preferred,
    })),
  }
}
