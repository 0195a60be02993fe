import { describe, expect, it } from 'vitest'
import { decimal } from '../kernel/decimal.ts'
import { amountInWords } from './amount-words.ts'

describe('an amount in words', () => {
  it.each([
    ['0', 'zero 00/100 PLN', 'zero 00/100 PLN'],
    ['1.05', 'one 05/100 PLN', 'jeden 05/100 PLN'],
    ['12', 'twelve 00/100 PLN', 'dwanaście 00/100 PLN'],
    ['21.99', 'twenty-one 99/100 PLN', 'dwadzieścia jeden 99/100 PLN'],
    ['100', 'one hundred 00/100 PLN', 'sto 00/100 PLN'],
    ['1005', 'one thousand and five 00/100 PLN', 'tysiąc pięć 00/100 PLN'],
    [
      '2953.23',
      'two thousand nine hundred and fifty-three 23/100 PLN',
      'dwa tysiące dziewięćset pięćdziesiąt trzy 23/100 PLN',
    ],
    ['12000', 'twelve thousand 00/100 PLN', 'dwanaście tysięcy 00/100 PLN'],
    ['22000', 'twenty-two thousand 00/100 PLN', 'dwadzieścia dwa tysiące 00/100 PLN'],
    ['112000', 'one hundred and twelve thousand 00/100 PLN', 'sto dwanaście tysięcy 00/100 PLN'],
    ['3000001.10', 'three million and one 10/100 PLN', 'trzy miliony jeden 10/100 PLN'],
    ['-5', 'minus five 00/100 PLN', 'minus pięć 00/100 PLN'],
  ])('%s', (amount, english, polish) => {
    expect(amountInWords(decimal(amount), 'PLN', 2, 'en')).toBe(english)
    expect(amountInWords(decimal(amount), 'PLN', 2, 'pl')).toBe(polish)
  })

  it('has as many digits in the fraction as the currency, and none without', () => {
    expect(amountInWords(decimal('7'), 'JPY', 0, 'en')).toBe('seven JPY')
    expect(amountInWords(decimal('7.125'), 'KWD', 3, 'en')).toBe('seven 125/1000 KWD')
  })

  it('beyond the words that are here is not written', () => {
    expect(amountInWords(decimal('999999999999.99'), 'PLN', 2, 'pl')).toContain('miliardów')
    expect(amountInWords(decimal('1000000000000'), 'PLN', 2, 'pl')).toBeNull()
  })
})
