import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { type Page, type Query, api, countQuery, endlessListQuery } from '../../api/index.ts'
import { useToday } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.tsx'
import type { ListDescription } from './description.ts'
import { listQueries } from './query.ts'
import type { ListState } from './use-list-state.ts'
import { useNewRows } from './use-new-rows.ts'
import type { Selection } from './use-selection.ts'

/** As many are chosen at once by 'Select all that match': what a job can do, and a file of chosen rows can hold. */
const mostSelected = 10_000

/** 'Select all that match': what matches is read at that moment, and stays what is chosen. */
export function useAllThatMatch<Row>(data: Rows<Row>, list: ListDescription<Row>, selection: Selection) {
  const format = useFormat()
  const query = JSON.stringify(data.query)
  /** Read for this question; of another one they say nothing. */
  const [read, setRead] = useState<{ readonly query: string; readonly rows: readonly Row[] } | null>(null)
  const [busy, setBusy] = useState(false)
  const here = read?.query === query && read.rows.length > data.rows.length ? read.rows : null
  const run = async () => {
    setBusy(true)
    try {
      const rows = await data.loadAll(mostSelected)
      setRead({ query, rows })
      selection.set(rows.map(list.idOf))
    } catch (error) {
      notify.error(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  const { count } = data
  const tooMany = count !== null && (count.capped || count.count > mostSelected)
  return {
    rows: here ?? data.rows,
    /** Null: they are chosen. */
    select:
      here !== null && here.every((row) => selection.has(list.idOf(row)))
        ? null
        : {
            count: data.countText,
            most: tooMany ? format.number(String(mostSelected)) : null,
            busy,
            run: () => void run(),
          },
  }
}

/** The rows of a list as far as they are read, and how to get more. */
export interface Rows<Row> {
  /** Filters and sort, as the API takes them. */
  readonly query: Query
  readonly rows: readonly Row[]
  readonly ids: readonly string[]
  readonly loading: boolean
  readonly refetching: boolean
  readonly error: Error | null
  readonly again: () => Promise<unknown>
  /** There are rows behind those shown. */
  readonly more: boolean
  readonly loadMore: () => void
  readonly loadingMore: boolean
  readonly loadAll: (most: number) => Promise<readonly Row[]>
  /** Made by others since the rows were read. */
  readonly fresh: ReturnType<typeof useNewRows>
  readonly count: { readonly count: number; readonly capped: boolean } | null
  /** '1,234' or '10,000+'; '' while it is not known. */
  readonly countText: string
}

export function useRows<Row>(list: ListDescription<Row>, state: ListState): Rows<Row> {
  const format = useFormat()
  const today = useToday()
  const { filters, asked, rows: query } = listQueries(list, state, () => today)
  const found = useInfiniteQuery({
    ...endlessListQuery(list.resource, query),
    placeholderData: keepPreviousData,
    // Coming back to the window moves nothing either; what is new is told.
    refetchOnWindowFocus: false,
  })
  const counted = useQuery({
    ...countQuery(list.resource, filters),
    enabled: list.countable !== false,
    placeholderData: keepPreviousData,
  })
  const rows = useMemo(
    () => (found.data?.pages.flatMap((page) => page.items) ?? []) as unknown as readonly Row[],
    [found.data],
  )
  const ids = useMemo(() => rows.map(list.idOf), [list, rows])
  const fresh = useNewRows(list, filters, {
    ids,
    more: found.hasNextPage,
    settled: found.isSuccess && !found.isFetching && !found.isPlaceholderData,
  })
  const count = counted.data ?? null
  return {
    query: asked,
    rows,
    ids,
    fresh,
    loading: found.isPending,
    refetching: found.isFetching && !found.isPending && !found.isFetchingNextPage,
    error: found.error,
    again: () => found.refetch(),
    more: found.hasNextPage,
    loadMore: () => void found.fetchNextPage({ cancelRefetch: false }),
    loadingMore: found.isFetchingNextPage,
    count,
    countText: count === null ? '' : format.number(String(count.count)) + (count.capped ? '+' : ''),
    async loadAll(most) {
      const all: Row[] = []
      let cursor: string | null = null
      do {
        const page: Page<Row> = await api.get(`/${list.resource}`, { ...query, limit: 200, cursor })
        all.push(...page.items)
        cursor = page.nextCursor
      } while (cursor !== null && all.length < most)
      return all.slice(0, most)
    },
  }
}
