export { ErrorPage, NotFoundPage } from './error-pages.tsx'
export { PageTitle } from './page-title.tsx'
export {
  type Crumb,
  type PageAction,
  shownActions,
  useBreadcrumbs,
  usePageActions,
  useShownActions,
  useShownCrumbs,
} from './store.ts'
