import type { QueryClient } from '@tanstack/react-query'

/** What the `loader` of a page is given: it starts the page's questions while its code is on the way. */
export interface LoaderInput {
  readonly client: QueryClient
  /** Of the address: `{ id }`, or `{ list, id }` for documents. */
  readonly params: Readonly<Record<string, string>>
  readonly search: Readonly<Record<string, unknown>>
}
