import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { type OneOf, type Resource, api } from '../../api/index.ts'

/** A record as it is when its form is opened; nothing reloads under an open edit. */
export function useRecordOnce<R extends Resource>(resource: R, id: string) {
  const visit = useId()
  return useQuery({
    queryKey: ['record-form', resource, id, visit],
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: ({ signal }) => api.get<OneOf<R>>(`/${resource}/${id}`, {}, { signal }),
  })
}
