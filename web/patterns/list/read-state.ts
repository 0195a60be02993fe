import { readWidths } from './column-widths.ts'
import type { ListDescription } from './description.ts'
import { type ListSearch, listSearch } from './search.ts'
import type { ItemOf } from '../../api/index.ts'

export type SavedView = ItemOf<'views'>

/** What of a list its address and the saved views say. */
export interface ReadState {
  /** Id of the built-in or saved view that is shown. */
  readonly viewId: string
  /** The saved view that is shown; null for a built-in one. */
  readonly saved: SavedView | null
  /** Values of filters by id: the view's, changed by the address. */
  readonly values: Readonly<Record<string, string>>
  readonly q: string
  /** As the API takes it; '' for its own order. */
  readonly sort: string
  /** Shown columns in their order. */
  readonly columns: readonly string[]
  /** Columns that stay in sight when the table scrolls sideways, besides the first. */
  readonly pinned: readonly string[]
  /** Of columns that somebody made wider or narrower, in pixels. */
  readonly widths: Readonly<Record<string, number>>
  /** Something differs from the view. */
  readonly edited: boolean
  /** A filter or word narrows the list beyond its view. */
  readonly narrowed: boolean
  /** Everything that a view of this would hold. */
  readonly query: Readonly<Record<string, string>>
  /** What the view alone would hold. */
  readonly base: Readonly<Record<string, string>>
}

/** @param address the search as the router took it */
export function readState<Row>(
  list: ListDescription<Row>,
  address: Record<string, unknown>,
  savedViews: readonly SavedView[],
): ReadState {
  const search: ListSearch = listSearch(address)
  const asked = search['view']
  const saved = savedViews.find((view) => view.id === asked) ?? null
  const builtIn = list.views.find((view) => view.id === asked) ?? list.views[0]
  const base: Readonly<Record<string, string>> =
    saved === null ? (builtIn?.query ?? {}) : textsOf(saved.query)
  const merged: Record<string, string> = { ...base }
  for (const [key, value] of Object.entries(search)) {
    if (key === 'view' || value === undefined) continue
    if (value === '') delete merged[key]
    else merged[key] = value
  }
  const { q = '', sort = '', columns = '', pinned = '', widths = '', ...rest } = merged
  const known = new Set(list.filters.map((filter) => filter.id))
  const values = Object.fromEntries(Object.entries(rest).filter(([id]) => known.has(id)))
  const keys = new Set([...Object.keys(base), ...Object.keys(merged)])
  const differing = [...keys].filter((key) => base[key] !== merged[key])
  return {
    viewId: saved?.id ?? builtIn?.id ?? '',
    saved,
    values,
    q,
    sort,
    ...shownColumns(list, columns, pinned),
    widths: readWidths(widths),
    edited: differing.some((key) => key !== 'q'),
    narrowed: q !== '' || Object.keys(values).some((id) => base[id] !== values[id]),
    query: merged,
    base,
  }
}

function shownColumns<Row>(
  list: ListDescription<Row>,
  chosen: string,
  held: string,
): Pick<ReadState, 'columns' | 'pinned'> {
  const all = list.columns.map((column) => column.id)
  const wanted = chosen.split(',').filter((id) => all.includes(id))
  const usual = list.columns.filter((column) => column.hidden !== true).map((column) => column.id)
  const [first] = all
  const shown = (wanted.length === 0 ? usual : wanted).filter((id) => id !== first)
  const ids = held.split(',')
  const pinned = shown.filter((id) => ids.includes(id))
  return { columns: [first!, ...pinned, ...shown.filter((id) => !pinned.includes(id))], pinned }
}

function textsOf(query: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  )
}
