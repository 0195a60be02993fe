import type { CalendarDate } from './dates.ts'
import { conflict, ruleBroken, versionMismatch } from './problem.ts'

/** Refuses a change of a row that is not the version the caller has seen. Lock the row before. */
export function refuseStale(version: number, ifMatch: number | null): void {
  if (ifMatch !== null && ifMatch !== version) throw versionMismatch(version)
}

/** How many rows of a kind hold on to a row. */
export interface Use {
  readonly kind: string
  readonly count: number
  /** What a few of them are called, where people know them by a number or name. */
  readonly names?: readonly string[] | undefined
}

/** Counting stops here: a row that is used so often is not deleted anyway. */
export const mostUsesCounted = 1000

/**
 * Refuses to delete what something else uses, and says what that is (S32).
 * @param thing as in 'product'.
 * @param wayOut what to do instead, a sentence.
 */
export function refuseWhileUsed(thing: string, uses: readonly Use[], wayOut: string): void {
  const used = uses.filter((use) => use.count > 0)
  if (used.length === 0) return
  throw conflict('in-use', `This ${thing} cannot be deleted: it is used by ${inWords(used)}. ${wayOut}`, {
    uses: used.map(({ kind, count }) => ({ kind, count: Math.min(count, mostUsesCounted) })),
  })
}

function inWords(uses: readonly Use[]): string {
  const parts = uses.map(({ kind, count, names = [] }) => {
    const name = kind.replaceAll('-', ' ')
    const more = count > names.length ? ', …' : ''
    const which = names.length === 0 ? '' : ` (${names.join(', ')}${more})`
    if (count === 1) return `1 ${name}${which}`
    const many = count > mostUsesCounted ? `more than ${mostUsesCounted}` : String(count)
    return `${many} ${name.replace(/y$/, 'ie')}s${which}`
  })
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`
}

/** Refuses a period that is asked for the wrong way round. */
export function refuseBackwards(first: CalendarDate, last: CalendarDate): void {
  if (first > last)
    throw ruleBroken(
      'period-ends-before-it-begins',
      'to',
      `The period ends (${last}) before it begins (${first}).`,
    )
}

/** A name or code without the spaces around it. */
export function tidy(text: string, pointer: string): string {
  const tidied = text.trim()
  if (tidied === '') throw ruleBroken('empty-text', pointer, 'This must have at least one letter or digit.')
  return tidied
}

/** A text that may be left out: empty means none. */
export function tidyOptional(text: string | null | undefined): string | null {
  const tidied = text?.trim() ?? ''
  return tidied === '' ? null : tidied
}
