import { expect, it } from 'vitest'
import { readPeriod, writePeriod } from './period.ts'

it('names move with the calendar', () => {
  const on = (value: string, today: string) => {
    const period = readPeriod(value, today)
    return period === null ? null : writePeriod(period)
  }
  expect(on('today', '2026-11-25')).toBe('2026-11-25..2026-11-25')
  // A Wednesday, a Monday and a Sunday.
  expect(on('this-week', '2026-11-25')).toBe('2026-11-23..2026-11-29')
  expect(on('this-week', '2026-11-23')).toBe('2026-11-23..2026-11-29')
  expect(on('this-week', '2026-11-29')).toBe('2026-11-23..2026-11-29')
  expect(on('this-month', '2028-02-10')).toBe('2028-02-01..2028-02-29')
  expect(on('last-month', '2026-01-31')).toBe('2025-12-01..2025-12-31')
  expect(on('last-30', '2026-03-01')).toBe('2026-01-31..2026-03-01')
  expect(on('this-year', '2026-03-01')).toBe('2026-01-01..2026-12-31')
  expect(on('2026-01-05..', '2026-03-01')).toBe('2026-01-05..')
  expect(on('..2026-01-05', '2026-03-01')).toBe('..2026-01-05')
  expect(on('someday', '2026-03-01')).toBeNull()
})
