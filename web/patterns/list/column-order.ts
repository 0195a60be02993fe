/**
 * Between which places of a list's columns one may move: the first, which is the link, stays where it is, and pinned
 * columns stay among each other. Null: it does not move.
 */
export function placesOf(
  shown: readonly string[],
  pinned: number,
  id: string,
): { readonly first: number; readonly last: number } | null {
  const at = shown.indexOf(id)
  if (at < 1) return null
  return at <= pinned ? { first: 1, last: pinned } : { first: pinned + 1, last: shown.length - 1 }
}

/** The columns with one of them at another place, which is cut to where it may stand. */
export function moved(
  shown: readonly string[],
  pinned: number,
  id: string,
  place: number,
): readonly string[] {
  const places = placesOf(shown, pinned, id)
  if (places === null) return shown
  const others = shown.filter((each) => each !== id)
  others.splice(Math.min(Math.max(place, places.first), places.last), 0, id)
  return others
}

/** The columns as they stand in the address; null: those that the list has by itself. */
export function columnsText(
  list: { readonly columns: readonly { readonly id: string; readonly hidden?: boolean }[] },
  shown: readonly string[],
): string | null {
  const usual = list.columns.filter((column) => column.hidden !== true).map((column) => column.id)
  return shown.join(',') === usual.join(',') ? null : shown.join(',')
}
