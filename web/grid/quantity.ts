import { type Decimal, decimal, fits } from '../../src/kernel/decimal.ts'
import type { Language } from '../i18n/index.ts'
import { isDecimal, readDecimal } from '../ui/inputs/index.ts'
import { type LineUnit, exactQuotient, inBase, quantityDigits } from './units.ts'

export type ReadQuantity =
  | {
      readonly ok: true
      readonly quantity: string
      /** Null: none was named. */ readonly unit: string | null
    }
  | {
      readonly ok: false
      readonly fault: 'not-a-number' | 'not-exact' | 'unknown-unit' | 'negative' | 'too-big'
    }

const fraction = /^(.+?)\s*\/\s*([1-9]\d{0,8})$/

/**
 * Reads a quantity as it is typed: `3`, `3,5`, `2*12`, `3 box`, `1/3 pallet`. A fraction of a unit is taken only
 * where it is exact in base units; where the unit itself cannot say it (1/3 pallet of 12), the base unit does.
 * @param units of the product, the base unit first; empty for a line without a product, whose unit is free text.
 */
export function readQuantity(
  text: string,
  units: readonly LineUnit[],
  language: Language,
  currentUnit: string | null,
  allowNegative = false,
): ReadQuantity {
  const asked = text.trim().replace(/^=\s*/, '')
  const found = /^([^\p{L}]*?)\s*(\p{L}.*)?$/u.exec(asked)
  if (found === null) return { ok: false, fault: 'not-a-number' }
  const expression = (found[1] ?? '').trim()
  const named = found[2]?.trim()
  // '2x12' is 2*12; a lone 'x' between figures is no unit.
  const times = /^(.*?\d)\s*x\s*(\d.*)$/iu.exec(asked)
  if (times !== null)
    return readQuantity(`${times[1]!}*${times[2]!}`, units, language, currentUnit, allowNegative)
  const unit = named === undefined ? null : unitNamed(named, units)
  if (named !== undefined && unit === null && units.length > 0) return { ok: false, fault: 'unknown-unit' }
  const value = evaluate(expression, language)
  if (value === null) return { ok: false, fault: 'not-a-number' }
  if (!allowNegative && value.above.lt('0')) return { ok: false, fault: 'negative' }
  const unitName = unit?.unit ?? named ?? null
  const whole = exactQuotient(value.above, value.below)
  if (whole !== null) return checked(whole, unitName)
  const ratio = unit ?? units.find((each) => each.unit === currentUnit) ?? units[0]
  const base = units[0]
  if (ratio === undefined || base === undefined) return { ok: false, fault: 'not-exact' }
  const inBaseUnits = exactQuotient(
    value.above.times(decimal(ratio.numerator)),
    value.below.times(decimal(ratio.denominator)),
  )
  return inBaseUnits === null ? { ok: false, fault: 'not-exact' } : checked(inBaseUnits, base.unit)
}

function checked(value: Decimal, unit: string | null): ReadQuantity {
  const quantity = value.toFixed()
  if (!fits(value, quantityDigits)) return { ok: false, fault: 'not-exact' }
  return isDecimal(quantity) ? { ok: true, quantity, unit } : { ok: false, fault: 'too-big' }
}

/** A product of figures, the last of which may be divided once: above / below. */
function evaluate(text: string, language: Language): { above: Decimal; below: Decimal } | null {
  const divided = fraction.exec(text)
  const factors = (divided?.[1] ?? text).split(/[*×]/)
  let above = decimal(1)
  for (const factor of factors) {
    const read = readDecimal(factor, language)
    if (read === null) return null
    above = above.times(decimal(read.value))
  }
  return { above, below: decimal(divided?.[2] ?? '1') }
}

/** The unit that was meant: by its name in any case, or by a beginning that only one unit has. */
function unitNamed(text: string, units: readonly LineUnit[]): LineUnit | null {
  const asked = text.toLowerCase().replace(/\.$/, '')
  const same = units.find((unit) => unit.unit.toLowerCase() === asked)
  if (same !== undefined) return same
  const begun = units.filter(
    (unit) => unit.unit.toLowerCase().startsWith(asked) || asked.startsWith(`${unit.unit.toLowerCase()}s`),
  )
  return begun.length === 1 ? begun[0]! : null
}

/** The quantity in base units as text; null where the line is in base units already, or it is not exact. */
export function baseQuantity(quantity: string, unit: string, units: readonly LineUnit[]): string | null {
  const ratio = units.find((each) => each.unit === unit)
  if (ratio === undefined || ratio === units[0] || !isDecimal(quantity)) return null
  return inBase(decimal(quantity), ratio)?.toFixed() ?? null
}
