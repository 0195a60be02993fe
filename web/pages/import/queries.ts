import { queryOptions } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type {
  FaultsOut,
  ImportItem as ItemSchema,
  ImportOut as OneSchema,
  KindsOut,
} from '../../../src/exchange/jobs/schema.ts'
import { api, dataKey } from '../../api/index.ts'
import type { Json } from '../../api/json.ts'

export type ImportItem = Json<Static<typeof ItemSchema>>
export type ImportOut = Json<Static<typeof OneSchema>>
export type ImportKind = Json<Static<typeof KindsOut>>['items'][number]
export type Faults = Json<Static<typeof FaultsOut>>

export const kindsQuery = () =>
  queryOptions({
    queryKey: dataKey('imports', 'kinds'),
    queryFn: ({ signal }) => api.get<{ items: readonly ImportKind[] }>('/imports/kinds', {}, { signal }),
  })

export const importsQuery = () =>
  queryOptions({
    queryKey: dataKey('imports', 'list'),
    queryFn: ({ signal }) => api.get<{ items: readonly ImportItem[] }>('/imports', {}, { signal }),
    refetchInterval: ({ state }) => (state.data?.items.some(isBusy) === true ? 2000 : false),
  })

export const importKey = (id: string) => dataKey('imports', 'one', id)

/** One import, asked again and again while the server works on it. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: importKey(id),
    queryFn: ({ signal }) => api.get<ImportOut>(`/imports/${id}`, {}, { signal }),
    refetchInterval: ({ state }) => (state.data !== undefined && isBusy(state.data) ? 700 : false),
  })

/** What is wrong with rows; of a new try another answer. */
export const faultsQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: dataKey('imports', 'faults', id, version),
    queryFn: ({ signal }) => api.get<Faults>(`/imports/${id}/faults`, {}, { signal }),
  })

export function isBusy({ state }: Pick<ImportItem, 'state'>): boolean {
  return state === 'waiting' || state === 'running'
}
