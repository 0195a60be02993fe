import { type QueryClient, infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type Query, api, call, currentCompany } from './client.ts'
import { isProblem } from './problem.ts'
import type {
  Chain,
  Count,
  ItemOf,
  Me,
  OneOf,
  Page,
  Preview,
  Resource,
  SearchHit,
  Setup,
} from './resources.ts'

/**
 * Keys and options of every question, so that the same question has one key. All that belongs to a company
 * begins with `['company', slug]`.
 */
const ofCompany = (...rest: readonly unknown[]) => ['company', currentCompany(), ...rest] as const

/** The key of any other question about the company's data; `refreshData` asks it anew too. */
export const dataKey = (...rest: readonly unknown[]) => ofCompany('data', ...rest)

/** Settings change rarely; figures are read anew when a page is entered. */
const rarely = 5 * 60_000

export const setupQuery = () =>
  queryOptions({
    queryKey: ['setup'],
    queryFn: ({ signal }) => api.get<Setup>('/setup', {}, { signal, company: null, anonymous: true }),
  })

/** Who is signed in, in the company of the address; null when nobody is. */
export const meQuery = () =>
  queryOptions({
    queryKey: ofCompany('me'),
    staleTime: rarely,
    queryFn: async ({ signal }): Promise<Me | null> => {
      try {
        return await api.get<Me>('/me', {}, { signal, anonymous: true })
      } catch (error) {
        if (isProblem(error, 401)) return null
        throw error
      }
    },
  })

/** One page of a list: `search` holds the API's own filters, `sort` and `limit`. */
export const listQuery = <R extends Resource>(resource: R, search: Query = {}) =>
  queryOptions({
    queryKey: ofCompany('data', resource, 'list', search),
    queryFn: ({ signal }) => api.get<Page<ItemOf<R>>>(`/${resource}`, search, { signal }),
  })

/** A list that grows by 'Load more'. */
export const endlessListQuery = <R extends Resource>(resource: R, search: Query = {}) =>
  infiniteQueryOptions({
    queryKey: ofCompany('data', resource, 'endless', search),
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<ItemOf<R>>>(`/${resource}`, { ...search, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<ItemOf<R>>) => last.nextCursor,
  })

/** How many rows the filters leave, capped by the server. */
export const countQuery = (resource: Resource, search: Query = {}) =>
  queryOptions({
    queryKey: ofCompany('data', resource, 'count', search),
    queryFn: ({ signal }) => api.get<Count>(`/${resource}/count`, search, { signal }),
  })

export const documentQuery = <R extends Resource>(resource: R, id: string) =>
  queryOptions({
    queryKey: ofCompany('data', resource, 'one', id),
    queryFn: ({ signal }) => api.get<OneOf<R>>(`/${resource}/${id}`, {}, { signal }),
  })

export const chainQuery = (id: string) =>
  queryOptions({
    queryKey: ofCompany('data', 'chain', id),
    queryFn: ({ signal }) => api.get<Chain>(`/documents/${id}/chain`, {}, { signal }),
  })

export const searchQuery = (q: string, only?: 'documents' | 'products' | 'parties') =>
  queryOptions({
    queryKey: ofCompany('data', 'search', q, only),
    queryFn: ({ signal }) => api.get<{ items: readonly SearchHit[] }>('/search', { q, only }, { signal }),
  })

const pathOf = ({ resource, id, name }: ActionCall): string =>
  `/${[resource, id, name].filter((part) => part !== '').join('/')}`

export interface ActionCall {
  readonly resource: Resource
  /** '' with the name '': the document itself is made. */
  readonly id: string
  /** An action (`confirm`) or a follow-up (`delivery-notes`): the last part of the path. */
  readonly name: string
  readonly body?: unknown
}

/** What the action would change. Nothing is changed. */
export function previewAction<T = OneOf<Resource>>(
  asked: ActionCall,
  signal?: AbortSignal,
): Promise<T & { readonly changes: Preview }> {
  return call('POST', pathOf(asked), { body: asked.body, query: { preview: true }, signal })
}

/** Takes the action. `key` is made when the dialog opens and kept for every try. */
export function runAction<T = OneOf<Resource>>(
  asked: ActionCall,
  options: { readonly key: string; readonly ifMatch?: number; readonly company?: string | null },
): Promise<T> {
  return api.post<T>(pathOf(asked), asked.body, options)
}

/** After a write: whatever is shown of the company is asked anew, since one action changes a whole chain. */
export function refreshData(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: ofCompany('data') })
}
