import { tidy, tidyOptional } from '../../kernel/guards.ts'
import { decimal } from '../../kernel/decimal.ts'
import { ruleBroken } from '../../kernel/problem.ts'
import type { ProductUnit, ProductVendor } from './product-row.ts'
import type { ProductInput } from './schema.ts'

/** Everything about a product that people enter, complete and in order. */
export interface ProductFields {
  readonly sku: string
  readonly name: string
  readonly description: string | null
  readonly type: 'stocked' | 'service'
  readonly tracking: 'none' | 'lot' | 'serial'
  readonly valuation: 'average' | 'fifo'
  readonly unit: string
  readonly barcode: string | null
  readonly cnCode: string | null
  readonly pkwiuCode: string | null
  readonly gtuCode: string | null
  readonly category: string | null
  readonly salesPrice: string | null
  readonly purchasePrice: string | null
  readonly taxIds: readonly string[]
  readonly purchaseTaxIds: readonly string[]
  readonly weight: string | null
  readonly tolerancePercent: string | null
  readonly notes: string | null
  readonly units: readonly ProductUnit[]
  readonly vendors: readonly ProductVendor[]
}

const defaultUnit = 'pcs'
const mostTolerance = 1000

/**
 * Fills in what was left out and refuses what contradicts itself.
 * @param at the JSON pointer of the product in the request, '' for the body itself.
 */
export function completeProduct(input: ProductInput, at: string): ProductFields {
  const type = input.type ?? 'stocked'
  const unit = tidy(input.unit ?? defaultUnit, `${at}/unit`)
  const units = completeUnits(input.units ?? [], unit, at)
  const tracking = input.tracking ?? 'none'
  if (type === 'service' && tracking !== 'none') {
    throw ruleBroken(
      'service-not-tracked',
      `${at}/tracking`,
      'A service has no lots or serial numbers. Make it a stocked product, or set tracking to none.',
    )
  }
  if (input.tolerancePercent != null && decimal(input.tolerancePercent).gt(decimal(mostTolerance))) {
    throw ruleBroken(
      'tolerance-too-big',
      `${at}/tolerancePercent`,
      `The tolerance is ${mostTolerance} per cent at the most.`,
    )
  }
  return {
    sku: tidy(input.sku, `${at}/sku`).normalize('NFC'),
    name: tidy(input.name, `${at}/name`),
    description: tidyOptional(input.description),
    type,
    tracking,
    valuation: input.valuation ?? 'average',
    unit,
    barcode: tidyOptional(input.barcode),
    ...completeCodes(input, at),
    category: tidyOptional(input.category),
    salesPrice: input.salesPrice ?? null,
    purchasePrice: input.purchasePrice ?? null,
    taxIds: input.taxIds ?? [],
    purchaseTaxIds: input.purchaseTaxIds ?? [],
    weight: input.weight ?? null,
    tolerancePercent: input.tolerancePercent ?? null,
    notes: tidyOptional(input.notes),
    units,
    vendors: completeVendors(input.vendors ?? [], new Set([unit, ...units.map((u) => u.unit)]), at),
  }
}

/** Codes of classifications, without the spaces in which people write them. */
function completeCodes(input: ProductInput, at: string) {
  const code = (field: 'cnCode' | 'pkwiuCode' | 'gtuCode', form: RegExp, most: string): string | null => {
    const given = input[field]?.replaceAll(/\s/g, '').toUpperCase() ?? ''
    if (given === '') return null
    if (form.test(given)) return given
    throw ruleBroken('invalid-code', `${at}/${field}`, most)
  }
  return {
    cnCode: code('cnCode', /^\d{4}(\d{2}){0,3}$/, 'A CN code has 4, 6, 8 or 10 digits, such as 8471 30 00.'),
    pkwiuCode: code(
      'pkwiuCode',
      /^\d{2}(\.\d{1,2}){0,2}(\.\d)?$/,
      'A PKWiU code is written like 26.20.11.0: digits with dots between, from the first two on.',
    ),
    gtuCode: code('gtuCode', /^GTU_(0[1-9]|1[0-3])$/, 'A GTU code is one of GTU_01 to GTU_13.'),
  }
}

function completeUnits(units: NonNullable<ProductInput['units']>, base: string, at: string): ProductUnit[] {
  const seen = new Set([base])
  return units.map((given, i) => {
    const pointer = `${at}/units/${i}/unit`
    const unit = tidy(given.unit, pointer)
    if (seen.has(unit)) {
      throw ruleBroken(
        'unit-twice',
        pointer,
        unit === base
          ? `'${unit}' is the base unit already. List the other units only.`
          : `The unit '${unit}' stands there twice. Each unit has one ratio.`,
      )
    }
    seen.add(unit)
    return {
      unit,
      numerator: given.numerator,
      denominator: given.denominator ?? 1,
      barcode: tidyOptional(given.barcode),
    }
  })
}

function completeVendors(
  vendors: NonNullable<ProductInput['vendors']>,
  units: ReadonlySet<string>,
  at: string,
): ProductVendor[] {
  const seen = new Set<string>()
  let preferred = false
  return vendors.map((given, i) => {
    const here = `${at}/vendors/${i}`
    if (seen.has(given.partyId)) {
      throw ruleBroken('vendor-twice', `${here}/partyId`, 'This vendor stands there twice. Keep one entry.')
    }
    seen.add(given.partyId)
    if (given.preferred && preferred) {
      throw ruleBroken('two-preferred-vendors', `${here}/preferred`, 'One vendor is preferred at the most.')
    }
    preferred ||= given.preferred ?? false
    const unit = tidyOptional(given.unit)
    if (unit !== null && !units.has(unit)) {
      throw ruleBroken(
        'unknown-unit',
        `${here}/unit`,
        `The product has no unit '${unit}'. It has: ${[...units].join(', ')}.`,
      )
    }
    return {
      partyId: given.partyId,
      code: tidyOptional(given.code),
      name: tidyOptional(given.name),
      price: given.price ?? null,
      currency: given.currency ?? null,
      unit,
      minimumQuantity: given.minimumQuantity ?? null,
      leadTimeDays: given.leadTimeDays ?? null,
      preferred: given.preferred ?? false,
    }
  })
}
