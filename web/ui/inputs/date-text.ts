/** Calendar dates as `YYYY-MM-DD`, never a `Date`: saving a document never moves its date. */

export function addDays(date: string, days: number): string {
  const moment = new Date(`${date}T00:00:00Z`)
  moment.setUTCDate(moment.getUTCDate() + days)
  return moment.toISOString().slice(0, 10)
}

const months: readonly (readonly string[])[] = [
  ['jan', 'sty'],
  ['feb', 'lut'],
  ['mar', 'mar'],
  ['apr', 'kwi'],
  ['may', 'maj'],
  ['jun', 'cze'],
  ['jul', 'lip'],
  ['aug', 'sie'],
  ['sep', 'wrz'],
  ['oct', 'paź', 'paz'],
  ['nov', 'lis'],
  ['dec', 'gru'],
]

/**
 * Reads a date as people type it, the day before the month: `24.11`, `24/11/26`, `24112026`, `24 Nov 2026`,
 * `2026-11-24`, `t` for today, `+30` and `-7` for days from today. Without a year it is this year's.
 * @returns null when it is no date of the calendar.
 */
export function readDate(text: string, today: string): string | null {
  const asked = text.trim().toLowerCase()
  if (asked === 't' || asked === 'd') return today
  const days = /^([+-]\d{1,4})$/.exec(asked)
  if (days !== null) return addDays(today, Number(days[1]))
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(asked)
  if (iso !== null) return existing(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const dense = /^(\d{2})(\d{2})(\d{2}|\d{4})?$/.exec(asked)
  if (dense !== null) return existing(yearOf(dense[3], today), Number(dense[2]), Number(dense[1]))
  const parts = /^(\d{1,2})[\s./-]+(\d{1,2})(?:[\s./-]+(\d{2}|\d{4}))?[.]?$/.exec(asked)
  if (parts !== null) return existing(yearOf(parts[3], today), Number(parts[2]), Number(parts[1]))
  const named = /^(\d{1,2})[\s.-]*(\p{L}{3,})\.?[\s.-]*(\d{2}|\d{4})?$/u.exec(asked)
  if (named === null) return null
  const month = months.findIndex((names) => names.some((name) => named[2]!.startsWith(name)))
  return month < 0 ? null : existing(yearOf(named[3], today), month + 1, Number(named[1]))
}

function yearOf(digits: string | undefined, today: string): number {
  if (digits === undefined) return Number(today.slice(0, 4))
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits)
}

function existing(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  const same = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return same && year >= 1900 && year <= 2999 ? date.toISOString().slice(0, 10) : null
}
