import { describe, expect, it } from 'vitest'
import { type Rhythm, dateAt, datesFrom, firstDateOf } from './dates.ts'

const rhythm = (fields: Partial<Rhythm>): Rhythm => ({
  every: 1,
  unit: 'month',
  day: null,
  firstDate: '2026-01-31',
  lastDate: null,
  times: null,
  ...fields,
})

describe('dates of a schedule', () => {
  it('end a month on its last day and come back to the day that was meant', () => {
    expect(datesFrom(rhythm({ day: 31 }), 0, 5)).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
      '2026-05-31',
    ])
    expect(datesFrom(rhythm({ day: 30, firstDate: '2027-11-30', every: 3 }), 0, 3)).toEqual([
      '2027-11-30',
      '2028-02-29',
      '2028-05-30',
    ])
  })

  it('of a leap day are the last of February in other years', () => {
    expect(datesFrom(rhythm({ unit: 'year', day: 29, firstDate: '2028-02-29' }), 0, 5)).toEqual([
      '2028-02-29',
      '2029-02-28',
      '2030-02-28',
      '2031-02-28',
      '2032-02-29',
    ])
  })

  it('of days and weeks are counted over months, years and leap days', () => {
    expect(datesFrom(rhythm({ unit: 'week', every: 2, firstDate: '2028-02-15' }), 0, 3)).toEqual([
      '2028-02-15',
      '2028-02-29',
      '2028-03-14',
    ])
    expect(dateAt(rhythm({ unit: 'day', every: 366, firstDate: '2026-12-31' }), 1)).toBe('2028-01-01')
  })

  it('begin with the first day that is meant, and end with the last date or the number of times', () => {
    const first = (day: number, firstDate: string) => firstDateOf({ unit: 'month', day, firstDate })
    expect(first(31, '2026-02-10')).toBe('2026-02-28')
    expect(first(5, '2026-12-06')).toBe('2027-01-05')
    expect(first(5, '2026-12-05')).toBe('2026-12-05')
    expect(datesFrom(rhythm({ day: 31, lastDate: '2026-03-30' }), 0, 9)).toEqual(['2026-01-31', '2026-02-28'])
    expect(datesFrom(rhythm({ day: 31, times: 3 }), 1, 9)).toEqual(['2026-02-28', '2026-03-31'])
    expect(dateAt(rhythm({ unit: 'year', every: 366, day: 1, firstDate: '2026-01-01' }), 30)).toBeNull()
  })
})
