import type { Preview } from '../../api/index.ts'

/**
 * A preview as it can be compared with another: documents that would be made have a new id in each, so they are called
 * by their kind and their place among those of it. Pure.
 */
export function settled(changes: Preview): Preview {
  const places = new Map<string, number>()
  const names = new Map<string, string>()
  for (const { kind, id, change } of changes.documents) {
    if (change !== 'made') continue
    const place = places.get(kind) ?? 0
    places.set(kind, place + 1)
    names.set(id, `${kind} ${place}`)
  }
  const named = <T extends { readonly id: string }>(row: T): T => ({
    ...row,
    id: names.get(row.id) ?? row.id,
  })
  return {
    ...changes,
    documents: changes.documents.map(named),
    statuses: changes.statuses.map(named),
  }
}
