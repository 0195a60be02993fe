import { expect, it } from 'vitest'
import { ean13 } from './ean.ts'

it.each([
  ['400638133393', '4006381333931'],
  ['590123412345', '5901234123457'],
  ['200000000000', '2000000000008'],
])('%s gets its check digit', (digits, whole) => {
  expect(ean13(digits)).toBe(whole)
})

it('takes twelve digits only', () => {
  expect(() => ean13('123')).toThrow('twelve')
})
