/** The documents, products and parties that were opened last, by company, for the empty palette. */

export interface Opened {
  /** Below the company: `/sales-orders/<id>`. */
  readonly path: string
  readonly title: string
}

const most = 8
const nameOf = (slug: string): string => `zapas-recent-${slug}`

export function recentlyOpened(slug: string): readonly Opened[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(nameOf(slug)) ?? '[]')
    return Array.isArray(kept) ? (kept as Opened[]) : []
  } catch {
    return []
  }
}

/** Remembers what is open, if it is one thing and not a list: `/c/<slug>/<list>/<id>`. */
export function rememberOpened(address: string, title: string): void {
  const found = /^\/c\/([^/]+)(\/[\w-]+\/(?!new$)[^/]+)$/.exec(address)
  if (found === null || title === '') return
  const [, slug = '', path = ''] = found
  const others = recentlyOpened(slug).filter((each) => each.path !== path)
  try {
    localStorage.setItem(nameOf(slug), JSON.stringify([{ path, title }, ...others].slice(0, most)))
  } catch {
    // Storage is switched off: nothing is remembered.
  }
}
