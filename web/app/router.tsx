import { createRoute, createRouter, redirect } from '@tanstack/react-router'
import { enterCompany, meQuery, setupQuery } from '../api/index.ts'
import { ErrorPage, NotFoundPage } from '../page/index.ts'
import { companyPages } from './pages.ts'
import { companyRoute, lastCompanyKept } from './company-route.tsx'
import { lazyPage } from './lazy-page.ts'
import { queryClient } from './query-client.ts'
import { rootRoute } from './root-route.tsx'

/** `/` only decides where to go. */
const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async ({ context }) => {
    enterCompany(null)
    const setup = await context.queryClient.fetchQuery(setupQuery())
    if (setup.needsOwner) throw redirect({ to: '/setup', replace: true })
    const me = await context.queryClient.fetchQuery({ ...meQuery(), staleTime: 0 })
    if (me === null) throw redirect({ to: '/sign-in', replace: true })
    throw redirect({
      to: '/c/$slug',
      params: { slug: lastCompany(me.companies) ?? me.company.slug },
      replace: true,
    })
  },
})

const routeTree = rootRoute.addChildren([
  startRoute,
  lazyPage(
    rootRoute,
    '/sign-in',
    null,
    () => import('../pages/sign-in/sign-in.tsx'),
    ({ next }): { next?: string } => (typeof next === 'string' ? { next } : {}),
  ),
  lazyPage(
    rootRoute,
    '/setup',
    'setup',
    () => import('../pages/setup/setup.tsx'),
    ({ step }): { step?: number } => (typeof step === 'number' && step > 1 ? { step } : {}),
  ),
  companyRoute.addChildren(companyPages),
])

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

/** Where this device was last, if this person still belongs to it. */
function lastCompany(companies: readonly { slug: string }[]): string | undefined {
  try {
    const slug = localStorage.getItem(lastCompanyKept)
    return companies.find((company) => company.slug === slug)?.slug
  } catch {
    return undefined
  }
}
