import type { AnyRoute } from '../http/route.ts'
import { webhookRoutes } from './webhooks/routes.ts'

/** What happens by itself: work that is due by the clock, other programs that are told. */
export { cleanUp } from './clean-up.ts'
export { sweepReservations } from './sweep-reservations.ts'
export { type Worker, type WorkerOptions, startWorker } from './worker.ts'
export { openSender } from './webhooks/send.ts'
export { sendDue, startWebhooks } from './webhooks/run-webhooks.ts'

export const routes: AnyRoute[] = webhookRoutes
