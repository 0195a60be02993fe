import { expect, it } from 'vitest'
import { findCycle } from './no-cycles.ts'

const wants = (pairs: Readonly<Record<string, readonly string[]>>) =>
  findCycle(new Map(Object.entries(pairs)))

it('finds files that want each other, however many lie between', () => {
  expect(wants({ app: ['a', 'b'], a: ['b'], b: ['c'], c: ['a'] })).toEqual(['a', 'b', 'c', 'a'])
  expect(wants({ app: ['a'], a: ['a'] })).toEqual(['a', 'a'])
})

it('takes files that several want for what they are', () => {
  expect(wants({ app: ['a', 'b'], a: ['c'], b: ['c', 'a'], c: [] })).toBe(null)
  expect(wants({})).toBe(null)
})
