import { type CalendarDate, addDays } from '../../kernel/dates.ts'

/** On which dates something is repeated. Pure: every date is counted from the first, so that none drifts. */
export interface Rhythm {
  readonly every: number
  readonly unit: 'day' | 'week' | 'month' | 'year'
  /** Of months and years. */
  readonly day: number | null
  readonly firstDate: CalendarDate
  readonly lastDate: CalendarDate | null
  /** So many dates in all. */
  readonly times: number | null
}

/** The date at a position, the first being 0; null where the schedule is over. */
export function dateAt(rhythm: Rhythm, position: number): CalendarDate | null {
  const { every, unit, day, firstDate, lastDate, times } = rhythm
  if (times !== null && position >= times) return null
  const date =
    unit === 'day' || unit === 'week'
      ? addDays(firstDate, position * every * (unit === 'week' ? 7 : 1))
      : dayOfMonth(firstDate, position * every * (unit === 'year' ? 12 : 1), day!)
  // Years of four digits: what comes later is nobody's business here, and sorts no more.
  if (date === null || (lastDate !== null && date > lastDate)) return null
  return date
}

/** The first date not before another that the rhythm meets. */
export function firstDateOf({
  unit,
  day,
  firstDate,
}: Pick<Rhythm, 'unit' | 'day' | 'firstDate'>): CalendarDate {
  if (unit === 'day' || unit === 'week') return firstDate
  const inMonth = dayOfMonth(firstDate, 0, day!)!
  return inMonth >= firstDate ? inMonth : dayOfMonth(firstDate, 1, day!)!
}

/** Dates from a position on, at most so many. */
export function datesFrom(rhythm: Rhythm, position: number, most: number): CalendarDate[] {
  const dates: CalendarDate[] = []
  for (let at = position; dates.length < most; at++) {
    const date = dateAt(rhythm, at)
    if (date === null) break
    dates.push(date)
  }
  return dates
}

/** A day of the month that lies so many after a date's; the 31st of a shorter one is its last. */
function dayOfMonth(date: CalendarDate, months: number, day: number): CalendarDate | null {
  const [year, month] = date.split('-').map(Number) as [number, number]
  const count = year * 12 + month - 1 + months
  const inYear = Math.floor(count / 12)
  if (inYear > 9999) return null
  const last = new Date(Date.UTC(inYear, (count % 12) + 1, 0)).getUTCDate()
  const text = (value: number, width: number): string => String(value).padStart(width, '0')
  return `${text(inYear, 4)}-${text((count % 12) + 1, 2)}-${text(Math.min(day, last), 2)}`
}
