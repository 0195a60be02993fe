/** What happens by itself: work that is due by the clock. */
export { cleanUp } from './clean-up.ts'
export { sweepReservations } from './sweep-reservations.ts'
export { type Worker, type WorkerOptions, startWorker } from './worker.ts'
