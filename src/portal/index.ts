import type { AnyRoute } from '../http/route.ts'
import { customerRoutes } from './customer-routes.ts'
import { payRoutes } from './pay-routes.ts'
import { staffRoutes } from './staff-routes.ts'

/** What customers see and do without a sign-in, by links that somebody of the company made. */
export { authenticateLinkBy } from './authenticate-link.ts'
export { makePortalLink, portalKinds } from './links.ts'

export const routes: AnyRoute[] = [...staffRoutes, ...customerRoutes, ...payRoutes]
