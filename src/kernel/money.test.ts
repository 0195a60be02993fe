import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimal, sum, zero } from './decimal.ts'
import { partOf, roundCash, roundMoney, spread } from './money.ts'

const digits = fc.constantFrom(0, 2, 3)
/** Up to 100 billion, in the smallest unit of the currency. */
const units = fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n })
const positive = fc.bigInt({ min: 0n, max: 10n ** 13n })
const money = (value: bigint, minorDigits: number) =>
  decimal(value.toString()).div(decimal((10n ** BigInt(minorDigits)).toString()))
const texts = (values: readonly { toFixed(): string }[]): string[] => values.map((v) => v.toFixed())

describe('rounding of money (R1)', () => {
  it.each([
    ['0.005', 2, '0.01'],
    ['-0.005', 2, '-0.01'],
    ['0.0049999999', 2, '0'],
    ['-0.001', 2, '0'],
    ['112.5', 0, '113'],
    ['-112.5', 0, '-113'],
    ['1.0005', 3, '1.001'],
  ])('%s at %i decimals is %s', (amount, minorDigits, rounded) => {
    expect(roundMoney(decimal(amount), minorDigits).toFixed()).toBe(rounded)
  })

  it('rounds cash to the nearest coin, and not where there is none', () => {
    expect(roundCash(decimal('230.89'), decimal('0.05')).toFixed()).toBe('230.9')
    expect(roundCash(decimal('230.92'), decimal('0.05')).toFixed()).toBe('230.9')
    expect(roundCash(decimal('230.89'), decimal('1')).toFixed()).toBe('231')
    expect(roundCash(decimal('230.89'), null).toFixed()).toBe('230.89')
  })
})

describe('an amount spread over weights (R5)', () => {
  it('shares 15 JPY between 25 and 75 as 4 and 11 (S17)', () => {
    expect(texts(spread(decimal(15), [decimal(25), decimal(75)], 0))).toEqual(['4', '11'])
  })

  it('gives what rounding left to the biggest, the first of equals', () => {
    expect(texts(spread(decimal('10.00'), [decimal(1), decimal(1), decimal(1)], 2))).toEqual([
      '3.34',
      '3.33',
      '3.33',
    ])
    expect(texts(spread(decimal('0.05'), [decimal(1), decimal(2), decimal(1)], 2))).toEqual([
      '0.01',
      '0.03',
      '0.01',
    ])
  })

  it('gives everything to the first where all weights are zero', () => {
    expect(texts(spread(decimal('1.23'), [zero, zero], 2))).toEqual(['1.23', '0'])
    expect(spread(decimal('1.23'), [], 2)).toEqual([])
  })

  it('adds up exactly, in the decimals of the currency', () => {
    fc.assert(
      fc.property(
        digits,
        units,
        fc.array(units, { minLength: 1, maxLength: 30 }),
        (minorDigits, amount, weights) => {
          const whole = money(amount, minorDigits)
          const parts = spread(
            whole,
            weights.map((w) => money(w, minorDigits)),
            minorDigits,
          )
          expect(sum(parts).eq(whole)).toBe(true)
          for (const part of parts) expect(part.eq(roundMoney(part, minorDigits))).toBe(true)
        },
      ),
    )
  })
})

describe('the part of a line (R6)', () => {
  const of = (quantity: string, amount: string) => ({ quantity: decimal(quantity), amount: decimal(amount) })

  it('takes the remainder with the last part (S16, S17)', () => {
    const line = of('10', '701.25')
    expect(partOf(line, of('0', '0'), decimal(3), 2).toFixed()).toBe('210.38')
    expect(partOf(line, of('3', '210.38'), decimal(7), 2).toFixed()).toBe('490.87')

    const yen = of('100', '15')
    expect(partOf(yen, of('0', '0'), decimal(25), 0).toFixed()).toBe('4')
    expect(partOf(yen, of('25', '4'), decimal(75), 0).toFixed()).toBe('11')
  })

  it('is the price of what goes beyond the line, not its remainder', () => {
    expect(partOf(of('100', '100.00'), of('90', '90.00'), decimal(12), 2).toFixed()).toBe('12')
  })

  it('takes parts of a line that takes something off', () => {
    expect(partOf(of('-1', '-200.00'), of('0', '0'), decimal(-1), 2).toFixed()).toBe('-200')
    expect(partOf(of('-4', '-10.01'), of('0', '0'), decimal(-1), 2).toFixed()).toBe('-2.5')
  })

  it('adds up to the line however it is cut, and no part has the other sign', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(digits, positive, fc.boolean(), cuts, (minorDigits, value, negative, parts) => {
        const amount = negative ? money(value, minorDigits).neg() : money(value, minorDigits)
        const line = { quantity: sum(parts.map((p) => decimal(p))), amount }
        let done = { quantity: zero, amount: zero }
        for (const part of parts) {
          const taken = partOf(line, done, decimal(part), minorDigits)
          expect(taken.times(amount).gte(zero)).toBe(true)
          done = { quantity: done.quantity.plus(decimal(part)), amount: done.amount.plus(taken) }
        }
        expect(done.amount.eq(amount)).toBe(true)
      }),
    )
  })
})
