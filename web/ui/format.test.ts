import { describe, expect, it } from 'vitest'
import { formatOf, minorDigits, taxText } from './format.ts'

const en = formatOf('en')
const pl = formatOf('pl')
const space = '\u00a0'

describe('figures', () => {
  it('are grouped from four digits on, in both languages', () => {
    expect([en.number('1234.5'), pl.number('1234.5')]).toEqual(['1,234.5', `1${space}234,5`])
    expect([en.fixed('1234.5', 2), pl.fixed('1234.5', 2)]).toEqual(['1,234.50', `1${space}234,50`])
  })

  it('keep every digit, also where a float would not', () => {
    expect(en.number('1234567890123.123456')).toBe('1,234,567,890,123.123456')
    expect(en.fixed('0.123456', 2)).toBe('0.123456')
    expect(en.fixed('12.5000', 2)).toBe('12.50')
    expect(en.number('5.000000')).toBe('5')
  })

  it('of money have the digits of their currency', () => {
    expect(['JPY', 'EUR', 'KWD'].map(minorDigits)).toEqual([0, 2, 3])
    expect(en.money('1234.5', 'EUR', 'currency')).toBe(`EUR${space}1,234.50`)
    expect(pl.money('1234.5', 'PLN', 'currency')).toBe(`1${space}234,50${space}zł`)
    expect(en.money('1234', 'JPY')).toBe('1,234')
    expect(en.money('1234', 'KWD')).toBe('1,234.000')
    expect(en.money('-0.5', 'EUR')).toBe('-0.50')
  })

  it('stand before their unit', () => {
    expect([en.quantity('2.5', 'kg'), pl.quantity('2.5', 'kg')]).toEqual([`2.5${space}kg`, `2,5${space}kg`])
    expect([en.percent('23.00'), pl.percent('8.5')]).toEqual(['23%', '8,5%'])
  })
})

describe('dates', () => {
  it('are those of the document wherever the reader is', () => {
    expect([en.date('2026-11-24'), pl.date('2026-11-24')]).toEqual(['24 Nov 2026', '24.11.2026'])
    expect([en.date('2026-03-01'), pl.date('2026-03-01')]).toEqual(['1 Mar 2026', '01.03.2026'])
  })

  it('and times are those of the reader', () => {
    const local = new Date(2026, 10, 24, 14, 5).toISOString()
    expect([en.time(local), pl.time(local)]).toEqual(['14:05', '14:05'])
    expect(en.moment(local)).toBe('24 Nov 2026, 14:05')
    expect(en.recent(local)).toBe('24 Nov 2026, 14:05')
    const now = new Date().toISOString()
    expect(en.recent(now)).toBe(en.time(now))
  })
})

it('tells taxes of zero apart', () => {
  const zero = (name: string, category: string) => taxText({ name, rate: '0', category }, pl)
  expect([zero('0%', 'Z'), zero('zw.', 'E'), zero('np.', 'O'), zero('oo', 'AE')]).toEqual([
    '0%',
    'zw.',
    'np.',
    'oo',
  ])
  expect(taxText({ name: 'VAT', rate: '23', category: 'S' }, pl)).toBe('23%')
  expect(taxText({ name: 'VAT', rate: '0', category: 'S' }, pl)).toBe('0%')
})

it('sorts as the language does', () => {
  expect(['łoś', 'lis', 'mysz', 'LEW'].toSorted(pl.collator.compare)).toEqual(['LEW', 'lis', 'łoś', 'mysz'])
})
