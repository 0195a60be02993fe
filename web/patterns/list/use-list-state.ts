import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { type ItemOf, api, dataKey } from '../../api/index.ts'
import { usePermissions } from '../../session/index.ts'
import type { ListDescription } from './description.ts'
import { readWidths } from './column-widths.ts'
import { type ListSearch, listSearch } from './search.ts'

export type SavedView = ItemOf<'views'>

export interface ListState {
  /** Id of the built-in or saved view that is shown. */
  readonly viewId: string
  /** The saved view that is shown; null for a built-in one. */
  readonly saved: SavedView | null
  readonly savedViews: readonly SavedView[]
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
  /** Sets one part of the address (a filter's id, `q`, `sort`, `columns`, `pinned`, `widths`); null takes it away. */
  readonly set: (change: Readonly<Record<string, string | null>>) => void
  readonly reset: () => void
  readonly show: (viewId: string) => void
}

export const viewsKey = (list: string) => dataKey('views', list)

/** What of a list is shown. All of it stands in the address. */
export function useListState<Row>(list: ListDescription<Row>): ListState {
  const asItStands: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const { may } = usePermissions()
  const name = list.id ?? list.resource
  const { data } = useQuery({
    queryKey: viewsKey(name),
    queryFn: ({ signal }) => api.get<{ items: readonly SavedView[] }>('/views', { list: name }, { signal }),
    enabled: may('views:read'),
    staleTime: 60_000,
  })
  const savedViews = data?.items
  return useMemo(() => {
    const search = listSearch(asItStands)
    const go = (next: ListSearch): void => {
      // As a text the router would put it in quotes.
      const written = Object.fromEntries(
        Object.entries(next).map(([key, value]) => [key, value === 'true' ? true : value]),
      )
      void navigate({ to: '.', search: written as never, replace: true, resetScroll: false })
    }
    const first = list.views[0]
    const asked = search['view']
    const saved = savedViews?.find((view) => view.id === asked) ?? null
    const builtIn = list.views.find((view) => view.id === asked) ?? first
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
      savedViews: savedViews ?? [],
      values,
      q,
      sort,
      ...shownColumns(list, columns, pinned),
      widths: readWidths(widths),
      edited: differing.some((key) => key !== 'q'),
      narrowed: q !== '' || Object.keys(values).some((id) => base[id] !== values[id]),
      query: merged,
      set(change) {
        const next: Record<string, string> = {}
        for (const [key, value] of Object.entries(search)) if (value !== undefined) next[key] = value
        for (const [key, value] of Object.entries(change)) {
          const empty = value === null || value === ''
          if (empty ? base[key] === undefined : base[key] === value) delete next[key]
          else next[key] = empty ? '' : value
        }
        go(next)
      },
      reset: () => go(asked === undefined ? {} : { view: asked }),
      show: (id) => go(id === first?.id ? {} : { view: id }),
    }
  }, [asItStands, list, navigate, savedViews])
}

function shownColumns<Row>(
  list: ListDescription<Row>,
  chosen: string,
  held: string,
): Pick<ListState, 'columns' | 'pinned'> {
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
