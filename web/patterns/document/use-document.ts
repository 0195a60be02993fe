import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type OneOf, type Resource, documentQuery } from '../../api/index.ts'
import { isOwnWrite } from './own-writes.ts'

interface Shown {
  readonly id: string
  readonly version: number
}

export interface DocumentState<R extends Resource> {
  /** What is shown; stays as it is until somebody asks for what changed. */
  readonly document: OneOf<R> | null
  readonly error: Error | null
  readonly retry: () => void
  /** Somebody else changed it; null: nobody did. */
  readonly show: (() => void) | null
}

/** Reads a document and watches whether somebody else changes it. */
export function useDocument<R extends Resource>(resource: R, id: string): DocumentState<R> {
  const found = useQuery({
    ...documentQuery(resource, id),
    refetchInterval: 20_000,
    refetchOnWindowFocus: 'always',
  })
  const { data, dataUpdatedAt } = found
  const [shown, setShown] = useState(data)
  const before = shown as (OneOf<R> & Shown) | undefined
  const now = data as (OneOf<R> & Shown) | undefined
  const news =
    before !== undefined && now !== undefined && before.id === now.id && before.version !== now.version
  const quiet = !news || isOwnWrite(dataUpdatedAt)
  // What is no news is shown at once, and is what later news are compared with.
  if (quiet && shown !== data) setShown(data)
  return {
    document: (quiet ? data : shown) ?? null,
    error: data === undefined ? found.error : null,
    retry: () => void found.refetch(),
    show: quiet ? null : () => setShown(data),
  }
}
