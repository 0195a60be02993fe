import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { api, dataKey } from '../../api/index.ts'
import { usePermissions } from '../../session/index.ts'
import type { ListDescription } from './description.ts'
import { type ReadState, type SavedView, readState } from './read-state.ts'
import { type ListSearch, listSearch } from './search.ts'

export interface ListState extends Omit<ReadState, 'base'> {
  readonly savedViews: readonly SavedView[]
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
    const asked = search['view']
    const { base, ...shown } = readState(list, asItStands, savedViews ?? [])
    return {
      ...shown,
      savedViews: savedViews ?? [],
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
      show: (id) => go(id === list.views[0]?.id ? {} : { view: id }),
    }
  }, [asItStands, list, navigate, savedViews])
}
