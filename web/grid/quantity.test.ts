import { describe, expect, it } from 'vitest'
import { baseQuantity, readQuantity } from './quantity.ts'

const units = [
  { unit: 'pcs', numerator: 1, denominator: 1 },
  { unit: 'box', numerator: 12, denominator: 1 },
  { unit: 'pallet', numerator: 480, denominator: 1 },
  { unit: 'bag', numerator: 1000, denominator: 1 },
]

const read = (text: string) => {
  const answer = readQuantity(text, units, 'en', 'pcs')
  return answer.ok ? [answer.quantity, answer.unit] : answer.fault
}

describe('reading a quantity', () => {
  it.each([
    ['3', '3', null],
    ['3,5', '3.5', null],
    ['1 000', '1000', null],
    ['2*12', '24', null],
    ['2 x 12', '24', null],
    ['2×3×4', '24', null],
    ['3 box', '3', 'box'],
    ['3box', '3', 'box'],
    ['3 Boxes', null, null],
    ['2*3 box', '6', 'box'],
    ['=5', '5', null],
    ['1/2 pallet', '0.5', 'pallet'],
    ['3 pal', '3', 'pallet'],
  ] as const)('%s', (text, quantity, unit) => {
    if (quantity === null) expect(read(text)).toBe('unknown-unit')
    else expect(read(text)).toEqual([quantity, unit])
  })

  it('takes a third of a unit only where it is exact, in base units', () => {
    expect(read('1/3 pallet')).toEqual(['160', 'pcs'])
    expect(read('2/3 box')).toEqual(['8', 'pcs'])
    expect(read('1/3 bag')).toBe('not-exact')
    expect(read('1/3')).toBe('not-exact')
    expect(readQuantity('1/3', units, 'en', 'box')).toEqual({ ok: true, quantity: '4', unit: 'pcs' })
  })

  it.each([
    ['x', 'unknown-unit'],
    ['', 'not-a-number'],
    ['12,5x', 'unknown-unit'],
    ['1//3', 'not-a-number'],
    ['1/0', 'not-a-number'],
    ['-3', 'negative'],
    ['3 crate', 'unknown-unit'],
    ['99999999999999', 'too-big'],
    ['0.0000001', 'not-exact'],
  ])('refuses %s', (text, fault) => {
    expect(read(text)).toBe(fault)
  })

  it('takes any unit where there is no product', () => {
    expect(readQuantity('2 hours', [], 'en', null)).toEqual({ ok: true, quantity: '2', unit: 'hours' })
  })

  it('takes less than nothing where that is meant', () => {
    expect(readQuantity('-3', units, 'en', 'pcs', true)).toEqual({ ok: true, quantity: '-3', unit: null })
  })
})

it('says the quantity in base units where they are others', () => {
  expect(baseQuantity('3', 'box', units)).toBe('36')
  expect(baseQuantity('0.5', 'pallet', units)).toBe('240')
  expect(baseQuantity('3', 'pcs', units)).toBeNull()
  expect(baseQuantity('', 'box', units)).toBeNull()
})
