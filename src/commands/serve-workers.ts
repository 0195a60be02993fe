import cluster, { type Worker } from 'node:cluster'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { AggregatorRegistry, type MetricObject } from 'prom-client'
import type { Counted } from '../http/siblings.ts'
import type { Database } from '../kernel/transaction.ts'
import { longestFarewell } from './serve-app.ts'
import { Counts } from './worker-counts.ts'
import { Line } from './worker-line.ts'

/** What a worker is given to work with. */
export interface Task {
  /** What it logs in to the database as. */
  readonly appUrl: string
  readonly secret: string
  readonly connections: number
  /** Its place among the workers, from 1; the one that is started in its stead takes it over. */
  readonly number: number
}

/** What a worker asks the primary. */
export type FromWorker =
  | { readonly ask: 'task' | 'census' | 'metrics' | 'forget' }
  | { readonly ask: 'count'; readonly key: string; readonly window: number }
  | { readonly ask: 'serving'; readonly port: number }
  | { readonly ask: 'failed'; readonly why: string }

/** What the primary asks a worker. */
export interface ToWorker {
  readonly ask: 'metrics' | 'forget' | 'stop'
}

interface Place {
  readonly number: number
  worker: Worker | null
  line: Line<FromWorker> | null
  serving: boolean
  /** How often the worker at this place has ended soon after its start. */
  soonEnded: number
}

/** A worker that lived so long has not ended because of how it starts. */
const longEnough = 30_000
const shortestWait = 500
const longestWait = 30_000
/** So long a change of rights waits for the other workers: then they ask the database anew in any case. */
const longestForget = 2000

/** The processes that serve one port, each with connections of its own; one that ends is started again. */
export class Workers {
  readonly #task: Omit<Task, 'number'>
  readonly #log: Logger
  readonly #places: Place[]
  readonly #counts = new Counts()
  #port: number | null = null
  #why: string | null = null
  #stopping = false

  constructor(count: number, task: Omit<Task, 'number'>, log: Logger) {
    this.#task = task
    this.#log = log
    this.#places = Array.from({ length: count }, (_, i) => ({
      number: i + 1,
      worker: null,
      line: null,
      serving: false,
      soonEnded: 0,
    }))
    cluster.setupPrimary({
      exec: fileURLToPath(new URL('../main.ts', import.meta.url)),
      args: ['serve'],
      serialization: 'advanced',
    })
  }

  /**
   * Starts them all and answers the port that they serve.
   * @throws when the first one cannot serve: then none could.
   */
  async start(): Promise<number> {
    const [first, ...others] = this.#places
    await this.#open(first!)
    if (this.#port === null) {
      this.#stopping = true
      throw new Error(this.#why ?? 'The server process ended while it started.')
    }
    await Promise.all(others.map((place) => this.#open(place)))
    return this.#port
  }

  /** Each finishes what it has begun; one that does not come to an end is ended. */
  async stop(): Promise<void> {
    this.#stopping = true
    await Promise.all(
      this.#places.map(async ({ worker, line }) => {
        if (worker === null || line === null) return
        const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
        line.ask({ ask: 'stop' } satisfies ToWorker).catch(() => {}) // it is ending by itself
        const ended = await Promise.race([gone.then(() => true), pause(longestFarewell + 3000, false)])
        if (!ended) worker.process.kill('SIGKILL')
      }),
    )
  }

  /** Starts a worker; done when it serves, or has ended without. */
  #open(place: Place): Promise<void> {
    const worker = cluster.fork()
    const began = performance.now()
    const opened = Promise.withResolvers<void>()
    place.worker = worker
    const line = new Line<FromWorker>(
      {
        send: (message) => void worker.send(message),
        onMessage: (listener) => worker.on('message', listener),
      },
      (question) => this.#answer(place, question, opened.resolve),
    )
    place.line = line
    worker.on('error', (error) => this.#log.warn(`worker ${place.number}: ${error.message}`))
    worker.once('exit', (code, signal) => {
      line.cut()
      place.worker = place.line = null
      place.serving = false
      opened.resolve()
      if (!this.#stopping && this.#port !== null) {
        const how = signal ? `was ended by ${signal}` : `ended with code ${code}`
        void this.#replace(place, `worker ${place.number} (process ${worker.process.pid}) ${how}`, began)
      }
    })
    return opened.promise
  }

  async #replace(place: Place, what: string, began: number): Promise<void> {
    place.soonEnded = performance.now() - began < longEnough ? place.soonEnded + 1 : 0
    const wait = place.soonEnded === 0 ? 0 : Math.min(longestWait, shortestWait * 2 ** (place.soonEnded - 1))
    this.#log.error(`${what}; another is started${wait > 0 ? ` in ${wait / 1000} seconds` : ''}`)
    await pause(wait)
    if (!this.#stopping) await this.#open(place)
  }

  #answer(place: Place, question: FromWorker, opened: () => void): unknown {
    switch (question.ask) {
      case 'task':
        return { ...this.#task, number: place.number } satisfies Task
      case 'serving':
        this.#port = question.port
        place.serving = true
        this.#log.info(`worker ${place.number} (process ${place.worker?.process.pid}) serves`)
        return opened()
      case 'failed':
        this.#why = question.why
        return this.#log.error(`worker ${place.number}: ${question.why}`)
      case 'census':
        return { wanted: this.#places.length, serving: this.#serving().length }
      case 'count':
        return this.#counts.count(question.key, question.window) satisfies Counted
      case 'forget':
        return this.#forget(place)
      case 'metrics':
        return this.#metrics()
      default:
        throw new Error('a worker asked what is no question')
    }
  }

  #serving(): Place[] {
    return this.#places.filter((place) => place.serving)
  }

  /** Done when no other worker believes what it knew before. */
  async #forget(by: Place): Promise<void> {
    const others = this.#serving().filter((place) => place !== by)
    const told = others.map(async ({ line }) =>
      line?.ask({ ask: 'forget' } satisfies ToWorker).catch(() => {}),
    )
    await Promise.race([Promise.all(told), pause(longestForget)])
  }

  async #metrics(): Promise<string> {
    const all = this.#serving().map(({ line }) =>
      Promise.race([
        line?.ask<MetricObject[]>({ ask: 'metrics' } satisfies ToWorker).catch(() => []),
        pause(2000, []),
      ]),
    )
    const metrics = (await Promise.all(all)).filter((each) => each !== undefined)
    return AggregatorRegistry.aggregate(metrics).metrics()
  }
}

/** For the primary, `zapas` commands beside the server, jobs, an administrator. */
const spare = 20
const fewest = 3

/** How many connections each worker may have: its share of what this PostgreSQL allows. */
export async function connectionsOfWorker(
  db: Database,
  workers: number,
  usual: number,
  log: Logger,
): Promise<number> {
  const { rows } = await db.query<{ allowed: number }>(
    `select sum(case name when 'max_connections' then setting::int else -setting::int end)::int as allowed
     from pg_settings
     where name in ('max_connections', 'superuser_reserved_connections', 'reserved_connections')`,
  )
  const allowed = rows[0]!.allowed
  const share = Math.floor((allowed - spare) / workers)
  if (share < fewest) {
    throw new Error(
      `PostgreSQL allows ${allowed} connections; ${workers} workers need ${spare + fewest * workers} or more. ` +
        'Raise max_connections, or lower ZAPAS_WORKERS.',
    )
  }
  if (share < usual)
    log.info(`each worker takes up to ${share} of the ${allowed} connections that PostgreSQL allows`)
  return Math.min(usual, share)
}
