import { describe, expect, it } from 'vitest'
import { dateIn, startOfDay } from './dates.ts'

describe('the start of a day', () => {
  it.each([
    ['2026-11-30', 'UTC', '2026-11-30T00:00:00.000Z'],
    ['2026-11-30', 'Asia/Singapore', '2026-11-29T16:00:00.000Z'],
    ['2026-07-01', 'America/New_York', '2026-07-01T04:00:00.000Z'],
    ['2026-07-01', 'Asia/Kathmandu', '2026-06-30T18:15:00.000Z'],
    ['2026-07-01', 'Pacific/Kiritimati', '2026-06-30T10:00:00.000Z'],
    // The clocks go forward at midnight: the day begins at one o'clock.
    ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z'],
  ])('%s in %s is %s', (date, zone, moment) => {
    expect(startOfDay(date, zone).toISOString()).toBe(moment)
  })
})

describe('the calendar date in a time zone', () => {
  it('changes at midnight there, whatever was asked before', () => {
    const asked: [zone: string, moment: string, date: string][] = [
      ['Europe/Warsaw', '2026-06-30T21:59:59.999Z', '2026-06-30'],
      ['Europe/Warsaw', '2026-06-30T22:00:00.000Z', '2026-07-01'],
      ['Asia/Kathmandu', '2026-06-30T18:14:59.999Z', '2026-06-30'],
      ['Asia/Kathmandu', '2026-06-30T18:15:00.000Z', '2026-07-01'],
      ['Australia/Sydney', '2026-06-30T13:59:59.000Z', '2026-06-30'],
      ['Australia/Sydney', '2026-06-30T14:00:00.000Z', '2026-07-01'],
      // Back again, within the same minute of another zone.
      ['Europe/Warsaw', '2026-06-30T14:00:00.000Z', '2026-06-30'],
      ['America/St_Johns', '2027-01-01T03:29:59.999Z', '2026-12-31'],
      ['America/St_Johns', '2027-01-01T03:30:00.000Z', '2027-01-01'],
    ]
    for (const [zone, moment, date] of asked)
      expect(dateIn(zone, new Date(moment)), `${zone} ${moment}`).toBe(date)
  })
})
