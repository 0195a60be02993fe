import { EventEmitter } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { Logger, type Runner, run } from 'graphile-worker'
import { runImports } from '../exchange/index.ts'
import { traced } from '../kernel/tracing.ts'
import type { Database } from '../kernel/transaction.ts'
import { remindBySchedule } from '../mail/index.ts'
import { runBatches } from '../printing/index.ts'
import { cleanUp } from './clean-up.ts'
import { makeRecurring } from './recurring/make-due.ts'
import { lookForRules } from './rules/looks.ts'
import { sweepReservations } from './sweep-reservations.ts'

/** Work that is due by the clock. What is right never depends on it having run. */
const schedule: readonly {
  readonly task: string
  /** Minute, hour, day, month, weekday, in UTC. */
  readonly when: string
  readonly work: (db: Database) => Promise<void>
}[] = [
  { task: 'sweep-reservations', when: '* * * * *', work: sweepReservations },
  { task: 'look-for-rules', when: '* * * * *', work: lookForRules },
  // A batch or an import that was asked for is announced besides, and begun at once.
  { task: 'print-batches', when: '* * * * *', work: runBatches },
  { task: 'imports', when: '* * * * *', work: runImports },
  { task: 'make-recurring', when: '* * * * *', work: makeRecurring },
  { task: 'clean-up', when: '17 * * * *', work: cleanUp },
  { task: 'payment-reminders', when: '5 * * * *', work: remindBySchedule },
]

export interface WorkerOptions {
  /**
   * Connections of the role that owns the schema, three at least: the queue keeps its tables in a schema of its
   * own, `graphile_worker`. Whoever made them ends them after the worker. The queue's own are ended by it without
   * waiting, and what PostgreSQL says to one that is ending, such as that it stops, would end the whole process.
   */
  readonly owner: Database
  /** Connections of the application; the work itself is done by them. */
  readonly db: Database
  /** Told of what went wrong; the work goes on. */
  readonly failed?: (message: string) => void
}

export interface Worker {
  /** Lets what is under way come to its end and takes on nothing more. */
  stop(): Promise<void>
}

/** After a failure that ended the runner, before it is begun again. */
const breath = 1000

/**
 * Brings the tables of the queue up to date and begins to work. Several processes share the work.
 *
 * A runner of the queue ends for good when its clock or its connection fails (PostgreSQL restarted at the
 * wrong moment); then it is begun again, for nobody would notice that nothing is swept any more.
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const stopping = new AbortController()
  let runner: Runner | null = await beginRunner(options)
  const running = (async () => {
    for (;;) {
      await runner?.promise.catch((error: unknown) => options.failed?.(String(error)))
      if (stopping.signal.aborted) return
      await pause(breath, undefined, { signal: stopping.signal }).catch(() => {})
      if (stopping.signal.aborted) return
      runner = await beginRunner(options).catch((error: unknown) => {
        options.failed?.(String(error))
        return null
      })
      // Told to stop while it began.
      if (stopping.signal.aborted) await endRunner(runner)
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await endRunner(runner)
      await running
    },
  }
}

/** One that has ended by itself refuses to be stopped, which is no failure. */
async function endRunner(runner: Runner | null): Promise<void> {
  await runner?.stop().catch(() => {})
}

/**
 * A runner asks the database once what its tasks are called there and keeps the answer, a refusal too: where the
 * connection was cut at that moment it would never find work again. So one that has not asked with success yet
 * ends with its first failure, and is begun again.
 */
async function beginRunner({ owner, db, failed }: WorkerOptions): Promise<Runner> {
  const events = new EventEmitter()
  let asked = false
  const refused = new Promise<void>((resolve) => {
    for (const name of ['worker:getJob:empty', 'job:start']) events.on(name, () => (asked = true))
    events.on('worker:getJob:error', () => !asked && resolve())
  })
  const runner = await run({
    events,
    pgPool: owner,
    // A long import does not hold up the rest.
    concurrency: 2,
    // The database tells of new work; asking is for what it failed to tell.
    pollInterval: 30_000,
    noHandleSignals: true,
    logger: new Logger(() => (level: string, message) => {
      if (level === 'error') failed?.(message)
    }),
    // One job of a kind at a time: a minute that was missed needs no run of its own.
    crontab: schedule.map(({ task, when }) => `${when} ${task} ?max=1&jobKey=${task}`).join('\n'),
    taskList: Object.fromEntries(
      schedule.map(({ task, work }) => [task, () => traced(`job ${task}`, {}, () => work(db))]),
    ),
  })
  void refused.then(() => endRunner(runner))
  return runner
}
