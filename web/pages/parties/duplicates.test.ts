import { expect, it } from 'vitest'
import { alike } from './duplicates.tsx'

it.each([
  ['Żółw', 'zolw', true],
  ['Kowalski', 'Kowalski i Synowie', true],
  ['Kowal', 'Kowalski', true],
  ['Kow', 'Kowalski', false],
  ['', '', false],
  ['Abc', 'abc', true],
  ['Nowak', 'Kowalski', false],
])('%s and %s are alike: %s', (one, other, expected) => {
  expect(alike(one, other)).toBe(expected)
  expect(alike(other, one)).toBe(expected)
})
