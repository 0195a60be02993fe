/**
 * What the address of a list says: `view`, `q`, `sort`, `columns`, and the values of its filters by their id.
 * An empty text takes away what the view says.
 */
export type ListSearch = Readonly<Record<string, string | undefined>>

/** Reads the search of an address, whatever the router took its values for. */
export function listSearch(input: Record<string, unknown>): ListSearch {
  const search: Record<string, string> = {}
  for (const [name, value] of Object.entries(input)) {
    if (typeof value === 'string') search[name] = value
    // The router reads `?q=123` and `?late=true` as JSON.
    else if (typeof value === 'number' || typeof value === 'boolean') search[name] = String(value)
  }
  return search
}
