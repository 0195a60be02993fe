import { QueryCache, QueryClient } from '@tanstack/react-query'
import { NetworkFailure, isProblem, meQuery } from '../api/index.ts'

/** What the account lacks, since a moment ago: the frame asks for it as soon as it knows. */
const lacking = new Set(['second-factor-required', 'password-change-required'])

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (isProblem(error, 403) && lacking.has(error.code)) {
        void queryClient.invalidateQueries({ queryKey: meQuery().queryKey })
      }
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal stays one however often it is asked; only a lost answer is worth another try.
      retry: (failures, error) => error instanceof NetworkFailure && failures < 2,
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
})
