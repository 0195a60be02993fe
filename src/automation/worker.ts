import { Logger, type LogLevel, run } from 'graphile-worker'
import { traced } from '../kernel/tracing.ts'
import type { Database } from '../kernel/transaction.ts'
import { cleanUp } from './clean-up.ts'
import { sweepReservations } from './sweep-reservations.ts'

/** Work that is due by the clock. What is right never depends on it having run. */
const schedule: readonly {
  readonly task: string
  /** Minute, hour, day, month, weekday, in UTC. */
  readonly when: string
  readonly work: (db: Database) => Promise<void>
}[] = [
  { task: 'sweep-reservations', when: '* * * * *', work: sweepReservations },
  { task: 'clean-up', when: '17 * * * *', work: cleanUp },
]

export interface WorkerOptions {
  /** The role that owns the schema: the queue keeps its tables in a schema of its own, `graphile_worker`. */
  readonly ownerUrl: string
  /** Connections of the application; the work itself is done by them. */
  readonly db: Database
  readonly log?: (level: LogLevel, message: string) => void
}

export interface Worker {
  /** Lets what is under way come to its end and takes on nothing more. */
  stop(): Promise<void>
}

/** Brings the tables of the queue up to date and begins to work. Several processes share the work. */
export async function startWorker({ ownerUrl, db, log }: WorkerOptions): Promise<Worker> {
  const runner = await run({
    connectionString: ownerUrl,
    maxPoolSize: 3,
    concurrency: 1,
    // The database tells of new work; asking is for what it failed to tell.
    pollInterval: 30_000,
    noHandleSignals: true,
    logger: new Logger(() => (level, message) => log?.(level, message)),
    // One job of a kind at a time: a minute that was missed needs no run of its own.
    crontab: schedule.map(({ task, when }) => `${when} ${task} ?max=1&jobKey=${task}`).join('\n'),
    taskList: Object.fromEntries(
      schedule.map(({ task, work }) => [task, () => traced(`job ${task}`, {}, () => work(db))]),
    ),
  })
  return {
    async stop() {
      await runner.stop()
    },
  }
}
