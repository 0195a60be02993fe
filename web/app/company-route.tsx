import { createRoute, redirect } from '@tanstack/react-router'
import { enterCompany, isProblem, meQuery } from '../api/index.ts'
import { Frame } from './shell/frame.tsx'
import { rootRoute } from './root-route.tsx'

/** Everything of one company: `/c/<slug>/…`. Whoever is not signed in does so first and comes back. */
export const companyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/c/$slug',
  component: Frame,
  beforeLoad: async ({ context, params, location }) => {
    enterCompany(params.slug)
    try {
      const me = await context.queryClient.ensureQueryData(meQuery())
      if (me !== null) {
        rememberCompany(params.slug)
        return
      }
    } catch (error) {
      // Not this person's company: the start page finds one that is.
      if (isProblem(error, 403) || isProblem(error, 404)) throw redirect({ to: '/', replace: true })
      throw error
    }
    throw redirect({ to: '/sign-in', search: { next: location.href }, replace: true })
  },
})

export const lastCompanyKept = 'zapas-company'

function rememberCompany(slug: string): void {
  try {
    localStorage.setItem(lastCompanyKept, slug)
  } catch {
    // Storage is switched off: the start page leads to the person's first company.
  }
}
