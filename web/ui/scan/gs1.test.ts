import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codesOfGtin, isGtin, parseGs1, separator } from './gs1.ts'

const today = '2026-11-25'
const nothing = { gtin: null, lot: null, expiresOn: null, serial: null, count: null }

describe('a GS1 code', () => {
  it('is taken apart: trade item, expiry, lot', () => {
    expect(parseGs1(`01059012341234571727022810AB-12`, today)).toEqual({
      ...nothing,
      gtin: '05901234123457',
      expiresOn: '2027-02-28',
      lot: 'AB-12',
    })
  })

  it('needs the separator only behind what has no fixed length', () => {
    const text = `]C1010590123412345710L7${separator}1727020021S-9${separator}30012`
    expect(parseGs1(text, today)).toEqual({
      gtin: '05901234123457',
      lot: 'L7',
      expiresOn: '2027-02-28',
      serial: 'S-9',
      count: '12',
    })
  })

  it('of a logistic unit names what is in it and how many', () => {
    const text = `]d2001061414112345678970205901234123457370048`
    expect(parseGs1(text, today)).toEqual({ ...nothing, gtin: '05901234123457', count: '48' })
  })

  it('may be typed as it is printed', () => {
    expect(parseGs1('(01)05901234123457(17)261231(10)A/1', today)).toEqual({
      ...nothing,
      gtin: '05901234123457',
      expiresOn: '2026-12-31',
      lot: 'A/1',
    })
  })

  it('skips elements that do not matter, whatever their length', () => {
    const text = `01059012341234573103001750240PART-9${separator}10L`
    expect(parseGs1(text, today)).toMatchObject({ gtin: '05901234123457', lot: 'L' })
  })

  it('reads the year within 50 years', () => {
    const on = (yy: string) => parseGs1(`010590123412345717${yy}0101`, today)?.expiresOn
    expect([on('26'), on('75'), on('76'), on('77'), on('99')]).toEqual([
      '2026-01-01',
      '2075-01-01',
      '2076-01-01',
      '1977-01-01',
      '1999-01-01',
    ])
  })
})

describe('what is not a GS1 code', () => {
  it.each([
    ['an EAN', '5901234123457'],
    ['an EAN that begins with 01', '0105901234127'],
    ['a location', 'A-01-3'],
    ['a wrong check digit', '01059012341234581726123110A'],
    ['a day that does not exist', '010590123412345717260230'],
    ['a torn element', ']C101059012'],
    ['a count that is none', `]C10105901234123457301X`],
    ['nothing', ''],
  ])('%s is left alone', (_, text) => expect(parseGs1(text, today)).toBeNull())

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseGs1(text, today)
        parseGs1(`]C1${text}`, today)
      }),
    )
  })
})

it('check digits', () => {
  expect(['5901234123457', '05901234123457', '96385074', '036000291452'].every(isGtin)).toBe(true)
  expect(['5901234123458', '123', '59012341234570'].some(isGtin)).toBe(false)
})

it('a GTIN is found under its shorter forms', () => {
  expect(codesOfGtin('05901234123457')).toEqual(['05901234123457', '5901234123457'])
  expect(codesOfGtin('00000096385074')).toEqual([
    '00000096385074',
    '0000096385074',
    '000096385074',
    '96385074',
  ])
  expect(codesOfGtin('15901234123454')).toEqual(['15901234123454'])
})
