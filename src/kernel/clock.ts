/**
 * The only source of 'now'. Business rules take the time from here (never `now()` in SQL), so that a
 * test can stand at 10:29:59 and a second later at 10:30:00 (S07).
 */
let source: () => Date = () => new Date()

export function now(): Date {
  return source()
}

/** For tests: stops or moves the clock. Null gives the real one back. */
export function setClock(fixed: Date | (() => Date) | null): void {
  source = fixed === null ? () => new Date() : typeof fixed === 'function' ? fixed : () => fixed
}
