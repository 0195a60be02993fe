import type { CalendarDate } from '../../kernel/dates.ts'
import { ruleBroken } from '../../kernel/problem.ts'

const longestPattern = 60

/**
 * The pattern with a date filled in: what counts on together. A new year starts a new series where the
 * pattern has the year. The same as take_number() does in the database.
 */
export function seriesOf(pattern: string, date: CalendarDate): string {
  return pattern
    .replaceAll('{YYYY}', date.slice(0, 4))
    .replaceAll('{YY}', date.slice(2, 4))
    .replaceAll('{MM}', date.slice(5, 7))
}

/** The number of a series, `INV-{####}` and 101 giving INV-0101. */
export function numberIn(series: string, counter: number): string {
  return series.replace(/\{(#+)\}/, (_, digits: string) => String(counter).padStart(digits.length, '0'))
}

/** What stands around the counter. */
export function aroundCounter(series: string): { before: string; after: string } {
  const [before, after] = series.split(/\{#+\}/)
  return { before: before ?? '', after: after ?? '' }
}

/** @throws 422 for a pattern that cannot number documents. */
export function checkPattern(pattern: string): void {
  const refuse = (message: string) => ruleBroken('bad-pattern', '/pattern', message)
  if (pattern.length > longestPattern) throw refuse(`A pattern has ${longestPattern} characters at the most.`)
  const parts = pattern.match(/\{[^{}]*\}/g) ?? []
  const unknown = parts.find((part) => !/^\{(YYYY|YY|MM|#{1,12})\}$/.test(part))
  if (unknown !== undefined) {
    throw refuse(`${unknown} means nothing here. Use {YYYY}, {YY}, {MM} and one counter such as {####}.`)
  }
  if (parts.filter((part) => part.startsWith('{#')).length !== 1) {
    throw refuse('A pattern has exactly one counter such as {####}, in INV-{YYYY}-{####} for example.')
  }
  if (/[{}#]/.test(pattern.replace(/\{[^{}]*\}/g, ''))) {
    throw refuse('{, } and # stand only in the counter and around {YYYY}, {YY} and {MM}.')
  }
}
