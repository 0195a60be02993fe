import { describe, expect, it } from 'vitest'
import { decimalsOf, isDecimal, readDecimal, typed } from './decimal-text.ts'

describe('reading a figure', () => {
  it.each([
    ['5', '5'],
    ['1234,5', '1234.5'],
    ['1234.5', '1234.5'],
    ['1 234,50', '1234.50'],
    ['1\u00a0234,50', '1234.50'],
    ['1\u202f234,50', '1234.50'],
    ['1.234,50', '1234.50'],
    ['1,234.50', '1234.50'],
    ['1,234,567', '1234567'],
    ['1.234.567', '1234567'],
    ['1.234.567,8', '1234567.8'],
    ["1'234.50", '1234.50'],
    [',5', '0.5'],
    ['.5', '0.5'],
    ['5,', '5'],
    ['0,125', '0.125'],
    ['0.125', '0.125'],
    ['1234,567', '1234.567'],
    ['-3', '-3'],
    ['−3,5', '-3.5'],
    ['+3', '3'],
    ['-0', '0'],
    ['007', '7'],
    ['  12 ', '12'],
  ])('%s is %s in both languages', (text, value) => {
    expect(readDecimal(text, 'en')).toEqual({ value, ambiguous: false })
    expect(readDecimal(text, 'pl')).toEqual({ value, ambiguous: false })
  })

  it.each([
    ['1,000', '1000', '1.000'],
    ['12,345', '12345', '12.345'],
    ['1.000', '1.000', '1.000'],
  ])('%s is read by the language, and said', (text, english, polish) => {
    expect(readDecimal(text, 'en')).toEqual({ value: english, ambiguous: true })
    expect(readDecimal(text, 'pl')).toEqual({ value: polish, ambiguous: true })
  })

  it.each([
    '',
    '-',
    ',',
    '12,5x',
    'abc',
    '1,2,3',
    '1.2.3',
    '12,34,567',
    '1,234.5,6',
    '1.5.',
    '1e3',
    '--1',
    '1,23.456',
  ])('%s is none', (text) => {
    expect(readDecimal(text, 'en')).toBeNull()
    expect(readDecimal(text, 'pl')).toBeNull()
  })
})

it('knows what the API takes', () => {
  expect(['1', '-1.5', '0.000001', '1234567890123'].every(isDecimal)).toBe(true)
  expect(['', '1,5', '12,5x', '1.', '0.0000001', '12345678901234', '1e3'].some(isDecimal)).toBe(false)
})

it('writes as one types, and reads that again', () => {
  expect(typed('1234.50', 'pl')).toBe('1234,5')
  expect(typed('1234.00', 'en')).toBe('1234')
  expect(typed('100', 'en')).toBe('100')
  for (const value of ['0.125', '1234.567', '12.345', '1000', '-7.5']) {
    for (const language of ['en', 'pl'] as const) {
      expect(readDecimal(typed(value, language), language)?.value).toBe(value)
    }
  }
  expect(decimalsOf('12.500')).toBe(1)
})
