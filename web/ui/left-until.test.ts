import { expect, it } from 'vitest'
import { leftUntil } from './left-until.ts'

const now = Date.parse('2026-11-30T12:00:00Z')

it.each([
  ['2026-12-03T11:59:59Z', { days: 2 }],
  ['2026-12-01T12:00:00Z', { days: 1 }],
  ['2026-12-01T11:59:59Z', { clock: '23:59:59' }],
  ['2026-11-30T12:01:05Z', { clock: '00:01:05' }],
  // Until it is over there is something left.
  ['2026-11-30T12:00:00.001Z', { clock: '00:00:01' }],
  ['2026-11-30T12:00:00Z', null],
  ['2026-11-29T12:00:00Z', null],
])('until %s', (moment, left) => {
  expect(leftUntil(moment, now)).toEqual(left)
})
