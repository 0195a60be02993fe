import type { Query } from '../../api/index.ts'
import type { ListDescription } from './description.ts'
import { readAmounts } from './amounts.ts'
import { readPeriod } from './period.ts'
import type { ReadState } from './read-state.ts'

/** Rows of one page, and of each page that follows. */
const pageSize = 50

/**
 * What a list asks for: `filters` counts, `rows` with order and page.
 * @param today called only where a filter speaks of days, since the first date of a page takes long to tell.
 */
export function listQueries<Row>(
  list: Pick<ListDescription<Row>, 'filters' | 'fixed'>,
  { values, q, sort }: Pick<ReadState, 'values' | 'q' | 'sort'>,
  today: () => string,
): { readonly filters: Query; readonly asked: Query; readonly rows: Query } {
  const filters = apiQuery(list, values, q, today)
  const asked: Query = { ...filters, ...(sort !== '' && { sort }) }
  return { filters, asked, rows: { ...asked, limit: pageSize } }
}

/** The parameters of the API for the values of a list's filters. */
function apiQuery<Row>(
  list: Pick<ListDescription<Row>, 'filters' | 'fixed'>,
  values: Readonly<Record<string, string>>,
  q: string,
  today: () => string,
): Query {
  const query: Record<string, Query[string]> = { ...list.fixed }
  if (q.trim() !== '') query['q'] = q.trim()
  for (const filter of list.filters) {
    const value = values[filter.id]
    if (value === undefined || value === '') continue
    if (filter.type === 'choice') {
      const choice = filter.choices.find((each) => each.value === value)
      Object.assign(query, choice?.query ?? { [filter.id]: value })
    } else if (filter.type === 'period' || filter.type === 'amount') {
      const range = filter.type === 'period' ? readPeriod(value, today()) : readAmounts(value)
      query[filter.from] = range?.from
      query[filter.to] = range?.to
    } else query[filter.id] = value
  }
  return query
}
