import { useQuery } from '@tanstack/react-query'
import { type Page, type Query, api, dataKey } from '../../api/index.ts'
import type { ListDescription } from './description.ts'

/** So often it is asked whether others made rows, and only while the page is looked at. */
const between = 20_000
/** More are not told apart. */
const mostCounted = 50

interface Known {
  readonly ids: readonly string[]
  /** There are rows behind these. */
  readonly more: boolean
  /** The rows are those of the present filters, and nothing is on its way. */
  readonly settled: boolean
}

/**
 * How many rows others made since the list was read. They are not shown before somebody wants them, so that
 * nothing moves under the pointer. Ids are made in the order of time, so the newest one is all that must be
 * compared: one row every twenty seconds, and the count only when there is something to count.
 */
export function useNewRows<Row>(
  list: ListDescription<Row>,
  filters: Query,
  { ids, more, settled }: Known,
): { readonly count: number; readonly capped: boolean } {
  const watched = list.grows !== false && settled
  const path = `/${list.resource}`
  const newest = async (limit: number, signal: AbortSignal): Promise<readonly string[]> => {
    const query = { ...filters, sort: '-id', limit }
    const { items } = await api.get<Page<Row>>(path, query, { signal })
    return items.map(list.idOf)
  }
  // Sorted by anything else, and not read to the end, the newest row may not be among those shown.
  const falling = ids.every((id, at) => at === 0 || id < ids[at - 1]!)
  const shown = ids.reduce((last, id) => (id > last ? id : last), '')
  const start = useQuery({
    queryKey: dataKey(list.resource, 'newest', filters, shown),
    queryFn: async ({ signal }) => (await newest(1, signal))[0] ?? '',
    enabled: watched && more && !falling,
    staleTime: Infinity,
    retry: false,
  })
  const last = more && !falling ? (start.data ?? null) : shown
  const since = useQuery({
    queryKey: dataKey(list.resource, 'since', filters, last),
    async queryFn({ signal }) {
      const [first] = await newest(1, signal)
      if (first === undefined || first <= last!) return 0
      return (await newest(mostCounted, signal)).filter((id) => id > last!).length
    },
    initialData: 0,
    // Just read: the first look comes after the interval.
    initialDataUpdatedAt: () => Date.now(),
    staleTime: between,
    enabled: watched && last !== null,
    refetchInterval: between,
    refetchIntervalInBackground: false,
    retry: false,
  })
  return { count: watched && !since.isError ? since.data : 0, capped: since.data >= mostCounted }
}
