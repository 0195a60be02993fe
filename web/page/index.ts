export { ErrorPage, NotFoundPage } from './error-pages.tsx'
export { PageTitle } from './page-title.tsx'
export {
  type Crumb,
  type PageAction,
  useBreadcrumbs,
  usePageActions,
  useShownActions,
  useShownCrumbs,
} from './store.ts'
export type { LoaderInput } from './loader-input.ts'
export { handleKey, useOwnShortcuts, useShortcut, useTakenShortcuts } from './keys.ts'
export {
  type Job,
  type JobOutcome,
  type JobResult,
  countOf,
  forgetJobs,
  retryJob,
  startJob,
  stopJob,
  useJobs,
} from './jobs.ts'
export { type Opened, recentlyOpened } from './recent.ts'
export { useAddress } from './use-address.ts'
export { isSettled, useSettled } from './settled.ts'
export { useLoadedWhenCalm } from './when-calm.ts'
