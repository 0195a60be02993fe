/**
 * Where a person came from: the list as it was, so that the way back leads to the same view and row, and
 * `[` and `]` walk along it. Kept for as long as the tab shows the app.
 */
export interface Trail {
  /** Search of the list's address, with `?`, or ''. */
  readonly search: string
  readonly ids: readonly string[]
  /** The row that was opened last. */
  readonly active: string | null
  /** How far the page was scrolled then. */
  readonly scrolled: number
}

const trails = new Map<string, Trail>()
const none: Trail = { search: '', ids: [], active: null, scrolled: 0 }

export function rememberList(path: string, change: Partial<Trail>): void {
  trails.set(path, { ...recallList(path), ...change })
}

/** @param path of the list below the company, `sales-orders` */
export function recallList(path: string): Trail {
  return trails.get(path) ?? none
}

/** The rows before and behind this one in the list that it was opened from. */
export function neighbours(path: string, id: string): { before: string | null; after: string | null } {
  const { ids } = recallList(path)
  const at = ids.indexOf(id)
  return { before: at > 0 ? ids[at - 1]! : null, after: at < 0 ? null : (ids[at + 1] ?? null) }
}
