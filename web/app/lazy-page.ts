import type { QueryClient } from '@tanstack/react-query'
import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { type Room, withTexts } from '../i18n/index.ts'
import type { LoaderInput } from '../page/index.ts'

export interface PageModule {
  readonly default: ComponentType
  /** Starts the page's questions (`void client.prefetchQuery(…)`); what it awaits delays the page. */
  readonly loader?: (input: LoaderInput) => unknown
}

/**
 * A route whose module is fetched when it is entered or about to be.
 * @param room whose texts come with it
 * @param validateSearch makes the typed search of the address's `?…`; leave it out for pages without.
 */
export function lazyPage<
  Parent extends AnyRoute,
  const Path extends string,
  Search = Record<string, unknown>,
>(
  parent: Parent,
  path: Path,
  room: Room | null,
  load: () => Promise<PageModule>,
  validateSearch: (input: Record<string, unknown>) => Search = (input) => input as Search,
) {
  const whole = room === null ? load : withTexts(room, load)
  return createRoute({
    getParentRoute: () => parent,
    path,
    validateSearch,
    component: lazyRouteComponent(whole),
    loaderDeps: ({ search }) => ({ search }),
    // What it asks for does not wait for the texts.
    loader: async ({ context, params, deps }) => {
      const { loader } = await load()
      await loader?.({
        client: (context as { queryClient: QueryClient }).queryClient,
        params: params as Record<string, string>,
        search: deps.search as Record<string, unknown>,
      })
    },
  })
}
