import { endlessListQuery, meQuery } from '../../api/index.ts'
import { type LoaderInput, isSettled } from '../../page/index.ts'
import { todayIn } from '../../session/today.ts'
import type { ListDescription } from './description.ts'
import { listQueries } from './query.ts'
import { readState } from './read-state.ts'

type Asked = Pick<LoaderInput, 'client' | 'search'>

/** Milliseconds that the very first page waits for its rows, lest it is drawn twice; then it shows where they will be. */
const patience = 250

/**
 * Asks for the first rows of a list while its page is still to be drawn: for the `loader` of a page. What a saved view
 * shows is known only when the saved views are there.
 */
export async function startList<Row>(list: ListDescription<Row>, { client, search }: Asked): Promise<void> {
  const view = search['view']
  if (view !== undefined && !list.views.some(({ id }) => id === view)) return
  const today = () => todayIn(client.getQueryData(meQuery().queryKey)?.company.timeZone)
  const { rows } = listQueries(list, readState(list, search, []), today)
  const there = client.prefetchInfiniteQuery(endlessListQuery(list.resource, rows))
  if (!isSettled()) await Promise.race([there, new Promise((resolve) => setTimeout(resolve, patience))])
}

/** The `loader` of a page that is this list. */
export const loaderOf =
  <Row>(list: ListDescription<Row>) =>
  (asked: Asked): Promise<void> =>
    startList(list, asked)
