import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProblem, newKey, refreshData } from '../../api/index.ts'

/**
 * Makes one thing from a small form. Asked again after an answer was lost it is the same request; after a
 * refusal it is a new one.
 * @param send sends what was entered under this Idempotency-Key
 * @param onDone is given what was made, before what the page shows is read again.
 */
export function useCreate<T>(send: (key: string) => Promise<T>, onDone: (made: T) => void) {
  const client = useQueryClient()
  const [key, setKey] = useState(newKey)
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => send(key),
    onSuccess: async (made) => {
      onDone(made)
      await refreshData(client)
    },
    onError: (failure) => {
      if (failure instanceof ApiProblem) setKey(newKey())
    },
  })
  return {
    create: () => {
      if (!isPending) mutate()
    },
    isPending,
    error,
    /** What the server says of a field. */
    fault: (field: string): string | undefined =>
      error instanceof ApiProblem
        ? error.errors.find(({ pointer }) => pointer === `/${field}`)?.message
        : undefined,
  }
}
