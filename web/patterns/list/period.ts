/** Periods of a list's filter. Named ones move with the calendar, so a saved view stays what it says. */
export const namedPeriods = [
  'today',
  'this-week',
  'this-month',
  'last-month',
  'last-30',
  'this-year',
] as const
export type NamedPeriod = (typeof namedPeriods)[number]

export interface Period {
  /** `YYYY-MM-DD`; null: no limit. */
  readonly from: string | null
  readonly to: string | null
}

export function isNamedPeriod(value: string): value is NamedPeriod {
  return (namedPeriods as readonly string[]).includes(value)
}

/**
 * The dates that a filter's value means: a name, or `from..to` of which one may be missing.
 * @param today `YYYY-MM-DD` in the company's time zone
 * @returns null when it is no period
 */
export function readPeriod(value: string, today: string): Period | null {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number)
  const date = (y: number, m: number, d: number): string =>
    new Date(Date.UTC(y, m - 1, d)).toISOString().slice(0, 10)
  switch (value) {
    case 'today':
      return { from: today, to: today }
    case 'this-week': {
      const weekday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7
      return { from: date(year, month, day - weekday), to: date(year, month, day - weekday + 6) }
    }
    case 'this-month':
      return { from: date(year, month, 1), to: date(year, month + 1, 0) }
    case 'last-month':
      return { from: date(year, month - 1, 1), to: date(year, month, 0) }
    case 'last-30':
      return { from: date(year, month, day - 29), to: today }
    case 'this-year':
      return { from: date(year, 1, 1), to: date(year, 12, 31) }
    default: {
      const found = /^(\d{4}-\d{2}-\d{2})?\.\.(\d{4}-\d{2}-\d{2})?$/.exec(value)
      return found === null ? null : { from: found[1] ?? null, to: found[2] ?? null }
    }
  }
}

export function writePeriod({ from, to }: Period): string {
  return `${from ?? ''}..${to ?? ''}`
}
