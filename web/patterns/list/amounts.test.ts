import { expect, it } from 'vitest'
import { readAmounts, writeAmounts } from './amounts.ts'

it('keeps decimals as they are written, and reads nothing else', () => {
  expect(readAmounts('100.00..500.00')).toEqual({ from: '100.00', to: '500.00' })
  expect(readAmounts('0.1..')).toEqual({ from: '0.1', to: null })
  expect(readAmounts('..12345678901.123456')).toEqual({ from: null, to: '12345678901.123456' })
  for (const text of ['100', '1,5..2', '1e3..', '1...2', '.5..1', '1..2..3'])
    expect(readAmounts(text), text).toBeNull()
})

it('writes what it reads; without limits there is no filter', () => {
  for (const text of ['100.00..500.00', '1..', '..2']) expect(writeAmounts(readAmounts(text)!)).toBe(text)
  expect(writeAmounts({ from: null, to: null })).toBeNull()
})
