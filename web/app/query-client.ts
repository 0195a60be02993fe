import { QueryClient } from '@tanstack/react-query'
import { NetworkFailure } from '../api/index.ts'

export const queryClient = new QueryClient({
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
