import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '../i18n/index.ts'
import { companyRoute } from './company-route.tsx'

/** Stands in no address: what the list of settings goes on standing beside. */
export const settingsRoute = createRoute({
  getParentRoute: () => companyRoute,
  // With the underscore, for `/settings` is an address of its own.
  id: '_settings',
  component: lazyRouteComponent(withTexts('settings', () => import('../pages/settings/around.tsx'))),
})
