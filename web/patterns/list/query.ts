import type { Query } from '../../api/index.ts'
import type { ListDescription } from './description.ts'
import { readPeriod } from './period.ts'

/** The parameters of the API for the values of a list's filters. */
export function apiQuery<Row>(
  list: Pick<ListDescription<Row>, 'filters' | 'fixed'>,
  values: Readonly<Record<string, string>>,
  q: string,
  today: string,
): Query {
  const query: Record<string, Query[string]> = { ...list.fixed }
  if (q.trim() !== '') query['q'] = q.trim()
  for (const filter of list.filters) {
    const value = values[filter.id]
    if (value === undefined || value === '') continue
    if (filter.type !== 'period') query[filter.id] = value
    else {
      const period = readPeriod(value, today)
      query[filter.from] = period?.from
      query[filter.to] = period?.to
    }
  }
  return query
}
