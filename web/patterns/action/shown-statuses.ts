import type { Preview } from '../../api/index.ts'

type Status = Preview['statuses'][number]

/**
 * Statuses as the badges say them: goods of a transfer that are on their way are not received, though the
 * transfer is posted. What the transfer's state and its goods say becomes one row. Pure.
 */
export function shownStatuses(statuses: readonly Status[]): readonly Status[] {
  const travelling = new Map(statuses.flatMap((row) => (row.field === 'inTransit' ? [[row.id, row]] : [])))
  if (travelling.size === 0) return statuses
  const states = new Map(statuses.flatMap((row) => (row.field === 'state' ? [[row.id, row]] : [])))
  return statuses.flatMap((row) => {
    const goods = travelling.get(row.id)
    if (goods === undefined) return [row]
    if (row.field === 'state') return []
    if (row !== goods) return [row]
    const state = states.get(row.id)
    return [
      {
        ...row,
        field: 'state',
        before: said(goods.before) ?? state?.before ?? null,
        after: said(goods.after) ?? state?.after ?? null,
      },
    ]
  })
}

function said(inTransit: string | null): string | null {
  if (inTransit === null) return null
  return inTransit === 'true' ? 'transit' : 'posted'
}
