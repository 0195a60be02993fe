import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { type ActionCall, type Preview, currentCompany, previewAction } from '../../api/index.ts'

/** Milliseconds of rest after a change until the preview is asked anew. */
const rest = 300

export interface PreviewState {
  readonly changes: Preview | null
  /** What the action would answer. */
  readonly answer: unknown
  readonly error: Error | null
  /** What is shown belongs to an earlier input. */
  readonly stale: boolean
  readonly again: () => void
}

/**
 * What an action would change, asked anew whenever its input rests.
 * @param call null: the input is not complete, or the action has no preview
 */
export function usePreview(call: ActionCall | null): PreviewState {
  const dialog = useId()
  const text = JSON.stringify(call)
  const [asked] = useDebouncedValue(text, rest)
  const found = useQuery({
    queryKey: ['preview', currentCompany(), dialog, asked],
    queryFn: ({ signal }) => previewAction<object>(JSON.parse(asked) as ActionCall, signal),
    enabled: call !== null && asked !== 'null',
    staleTime: 0,
    gcTime: 0,
    placeholderData: keepPreviousData,
  })
  const settled = asked === text
  return {
    changes: found.data?.changes ?? null,
    answer: found.data ?? null,
    error: settled && !found.isFetching ? found.error : null,
    stale: !settled || found.isFetching,
    again: () => void found.refetch(),
  }
}
