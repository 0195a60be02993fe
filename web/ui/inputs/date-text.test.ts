import { describe, expect, it } from 'vitest'
import { todayIn } from '../../session/today.ts'
import { addDays, readDate } from './date-text.ts'

const today = '2026-11-24'

describe('reading a date', () => {
  it.each([
    ['24.11', '2026-11-24'],
    ['2.3', '2026-03-02'],
    ['02/03', '2026-03-02'],
    ['02/03/2026', '2026-03-02'],
    ['24-11-26', '2026-11-24'],
    ['24112026', '2026-11-24'],
    ['241126', '2026-11-24'],
    ['2411', '2026-11-24'],
    ['24 11 2026', '2026-11-24'],
    ['2026-11-24', '2026-11-24'],
    ['24 Nov 2026', '2026-11-24'],
    ['1 paź', '2026-10-01'],
    ['5 maja 2027', '2027-05-05'],
    ['3 March', '2026-03-03'],
    ['t', today],
    ['+30', '2026-12-24'],
    ['-7', '2026-11-17'],
    ['29.02.2028', '2028-02-29'],
  ])('%s is %s', (text, date) => {
    expect(readDate(text, today)).toBe(date)
  })

  it.each(['', '31.02', '29.02.2026', '11/24', '0', '24.13', 'soon', '24.11.1', '1.1.1800', '24 xyz'])(
    '%s is none',
    (text) => expect(readDate(text, today)).toBeNull(),
  )
})

it('knows today by the company and not by the browser', () => {
  const moment = new Date('2026-03-31T20:30:00Z')
  expect(todayIn('Asia/Dhaka', moment)).toBe('2026-04-01')
  expect(todayIn('America/Denver', moment)).toBe('2026-03-31')
  expect(todayIn('UTC', moment)).toBe('2026-03-31')
})

it('counts days over changes of the clock', () => {
  expect(addDays('2026-03-28', 2)).toBe('2026-03-30')
  expect(addDays('2026-10-24', 2)).toBe('2026-10-26')
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
})
