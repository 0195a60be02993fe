import { describe, expect, it } from 'vitest'
import { countriesIn } from '../../ui/countries.ts'
import { currencyOf, ratesOf } from './countries.ts'
import { isNip } from './nip.ts'

describe('the proposals of the first steps', () => {
  it('know a NIP by its check digit', () => {
    expect(['526-025-09-95', '5260250995', 'PL 526 025 09 95'].every(isNip)).toBe(true)
    expect(['5260250996', '526025099', '', '52602509950', 'abcdefghij'].some(isNip)).toBe(false)
  })

  it('name countries in the language, sorted as it sorts', () => {
    const english = countriesIn('en')
    expect(english.find(({ value }) => value === 'PL')?.label).toBe('Poland')
    expect(countriesIn('pl').find(({ value }) => value === 'DE')?.label).toBe('Niemcy')
    expect(new Set(english.map(({ value }) => value)).size).toBe(english.length)
    expect(english.every(({ label }) => label.length > 2)).toBe(true)
  })

  it('give the currency and the rates of a country, or nothing', () => {
    expect([
      currencyOf('PL'),
      currencyOf('DE'),
      currencyOf('US'),
      currencyOf('AQ'),
      currencyOf(null),
    ]).toEqual(['PLN', 'EUR', 'USD', null, null])
    expect([ratesOf('PL')[0], ratesOf('US'), ratesOf(null)]).toEqual(['23', [], []])
  })
})
