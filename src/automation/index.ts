import type { AnyRoute } from '../http/route.ts'
import { approvalRoutes } from './approvals/routes.ts'
import { noticeRoutes } from './notices/routes.ts'
import { recurringRoutes } from './recurring/routes.ts'
import { recipeRoutes } from './recipes/routes.ts'
import { ruleRoutes } from './rules/routes.ts'
import { webhookRoutes } from './webhooks/routes.ts'

/** What happens by itself: work that is due by the clock, other programs that are told. */
export { cleanUp } from './clean-up.ts'
export { sweepReservations } from './sweep-reservations.ts'
export { type Worker, type WorkerOptions, startWorker } from './worker.ts'
export { makeRecurring } from './recurring/make-due.ts'
export { lookForRules } from './rules/looks.ts'
export { runRules, startRules } from './rules/run-rules.ts'
export { openSender } from './webhooks/send.ts'
export { sendDue, startWebhooks } from './webhooks/run-webhooks.ts'

export const routes: AnyRoute[] = [
  ...webhookRoutes,
  ...ruleRoutes,
  ...recipeRoutes,
  ...approvalRoutes,
  ...recurringRoutes,
  ...noticeRoutes,
]
