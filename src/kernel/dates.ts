/**
 * Calendar dates of documents: text `YYYY-MM-DD`, never a Date, so that no time zone can move them
 * (R14, S34).
 */
export type CalendarDate = string

const formatters = new Map<string, Intl.DateTimeFormat>()
const minute = 60_000
/** The last minute that each zone was asked for, and its date: every request asks, and days begin with a minute. */
const lastAsked = new Map<string, { readonly minute: number; readonly date: CalendarDate }>()

/** The calendar date at a moment in a time zone (IANA name such as 'Europe/Warsaw'). */
export function dateIn(timeZone: string, moment: Date): CalendarDate {
  const asked = Math.floor(moment.getTime() / minute)
  const last = lastAsked.get(timeZone)
  if (last?.minute === asked) return last.date
  const date = formatDate(timeZone, moment)
  lastAsked.set(timeZone, { minute: asked, date })
  return date
}

function formatDate(timeZone: string, moment: Date): CalendarDate {
  let formatter = formatters.get(timeZone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
    formatters.set(timeZone, formatter)
  }
  const parts = new Map(formatter.formatToParts(moment).map((p) => [p.type, p.value]))
  return `${parts.get('year')!.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`
}

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** True for a date of the calendar: 2026-02-30 is not one. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const moment = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text)
}

const quarter = 15 * minute

/** The first moment of a day in a time zone; where the clocks skip that day, of the next. */
export function startOfDay(date: CalendarDate, timeZone: string): Date {
  // No place is further from Greenwich than 14 hours, and offsets are whole quarters of an hour.
  let moment = Date.parse(`${date}T00:00:00Z`) - 60 * quarter
  while (formatDate(timeZone, new Date(moment)) < date) moment += quarter
  return new Date(moment)
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  const moment = new Date(`${date}T00:00:00Z`)
  moment.setUTCDate(moment.getUTCDate() + days)
  return moment.toISOString().slice(0, 10)
}

/** Days since 1970: the difference of two of them is the days between. */
export function dayNumber(date: CalendarDate): number {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / 86_400_000)
}
