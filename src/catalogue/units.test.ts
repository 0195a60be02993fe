import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimal } from '../kernel/decimal.ts'
import { Problem } from '../kernel/problem.ts'
import { convertPrice, fromBase, toBase, unitOf } from './units.ts'

const mug = {
  sku: 'MUG',
  unit: 'pcs',
  units: [
    { unit: 'box', numerator: 12, denominator: 1 },
    { unit: 'half', numerator: 1, denominator: 2 },
  ],
}

const part = fc.integer({ min: 1, max: 1_000_000_000 })
const ratio = fc.record({ numerator: part, denominator: part })
/** Any quantity that the API takes: 13 digits and 6 decimals. */
const quantity = fc
  .bigInt({ min: 1n, max: 10n ** 19n - 1n })
  .map((millionths) => decimal(millionths.toString()).div('1000000'))

/** What `toBase` gives, or null when it refuses. */
function exact(...args: Parameters<typeof toBase>) {
  try {
    return toBase(...args)
  } catch (error) {
    expect(error).toBeInstanceOf(Problem)
    expect((error as Problem).status).toBe(422)
    return null
  }
}

describe('quantities', () => {
  it('are converted exactly or refused', () => {
    fc.assert(
      fc.property(quantity, ratio, (entered, unit) => {
        const base = exact(entered, unit)
        if (base === null) return
        expect(base.times(String(unit.denominator)).eq(entered.times(String(unit.numerator)))).toBe(true)
        expect(base.times('1000000').mod('1').eq('0')).toBe(true)
      }),
    )
  })

  it('come back as they went', () => {
    fc.assert(
      fc.property(quantity, ratio, (entered, unit) => {
        const base = exact(entered, unit)
        if (base !== null) expect(fromBase(base, unit)?.eq(entered)).toBe(true)
      }),
    )
  })

  it('are never refused in a unit of whole base units', () => {
    fc.assert(
      fc.property(quantity, part, (entered, numerator) => {
        expect(toBase(entered, { numerator, denominator: 1 }).eq(entered.times(String(numerator)))).toBe(true)
      }),
    )
  })

  it('add up: two parts are as much as the whole', () => {
    fc.assert(
      fc.property(quantity, quantity, part, (a, b, numerator) => {
        const unit = { numerator, denominator: 1 }
        expect(toBase(a.plus(b), unit).eq(toBase(a, unit).plus(toBase(b, unit)))).toBe(true)
      }),
    )
  })

  it('of five boxes are sixty pieces, not sixty-one (S20)', () => {
    expect(toBase(decimal('5'), unitOf(mug, 'box')).toFixed()).toBe('60')
  })

  it('that need more than six decimals say so', () => {
    expect(() => toBase(decimal('1'), { numerator: 1, denominator: 3 })).toThrow(
      '1 at 1/3 base units each needs more than 6 decimals in the base unit.',
    )
    expect(toBase(decimal('3'), { numerator: 1, denominator: 3 }).toFixed()).toBe('1')
  })
})

describe('unitOf', () => {
  it('gives the base unit for null and for its name', () => {
    const base = { unit: 'pcs', numerator: 1, denominator: 1 }
    expect(unitOf(mug, null)).toEqual(base)
    expect(unitOf(mug, 'pcs')).toEqual(base)
    expect(unitOf(mug, 'half')).toEqual({ unit: 'half', numerator: 1, denominator: 2 })
  })

  it('names the units there are when asked for another', () => {
    expect(() => unitOf(mug, 'crate', '/lines/3/unit')).toThrow(
      "Product MUG has no unit 'crate'. It has: pcs, box, half.",
    )
  })
})

describe('prices', () => {
  it('follow the ratio between units, rounded to six decimals', () => {
    const base = { numerator: 1, denominator: 1 }
    const box = { numerator: 12, denominator: 1 }
    expect(convertPrice(decimal('1.25'), base, box).toFixed()).toBe('15')
    expect(convertPrice(decimal('200'), box, base).toFixed()).toBe('16.666667')
    expect(convertPrice(decimal('200'), box, { numerator: 1, denominator: 3 }).toFixed()).toBe('5.555556')
  })
})
