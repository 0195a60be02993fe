import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Counter, Gauge, Histogram, type MetricObject, Registry, collectDefaultMetrics } from 'prom-client'
import type { Database } from '../kernel/transaction.ts'
import { transactionCounts } from '../kernel/transaction-counts.ts'
import type { Siblings } from './siblings.ts'

/** From what the database answers at best to what a person gives up on. */
const seconds = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30]

let ofProcess: Registry | null = null
const ofServers: Registry[] = []

/** Memory, processor, event loop: one set for the process, however many servers it has. */
function processMetrics(): Registry {
  if (ofProcess === null) {
    ofProcess = new Registry()
    collectDefaultMetrics({ register: ofProcess })
    countTransactions(ofProcess)
  }
  return ofProcess
}

/** All metrics of this process, for the one that sums up those of several (see commands/serve-workers.ts). */
export async function metricsOfProcess(): Promise<MetricObject[]> {
  return Registry.merge([processMetrics(), ...ofServers]).getMetricsAsJSON()
}

/**
 * `GET /metrics` in the form of Prometheus. With a token it is for whoever sends that; without one for
 * this very machine. Anybody else is answered as if there were nothing.
 */
export function mountMetrics(
  app: FastifyInstance,
  db: Database,
  token: string | undefined,
  refused: (request: FastifyRequest) => Promise<void>,
  siblings?: Siblings,
): void {
  const registry = new Registry()
  if (siblings) ofServers.push(registry)
  countRequests(app, registry)
  countConnections(db, registry)
  app.get('/metrics', async (request, reply) => {
    const allowed = token === undefined ? isFromHere(request) : sends(token, request)
    if (!allowed) {
      await refused(request)
      return reply.callNotFound()
    }
    const all = Registry.merge([processMetrics(), registry])
    return reply
      .type(all.contentType)
      .header('cache-control', 'no-store')
      .send(await (siblings ?? all).metrics())
  })
}

function countRequests(app: FastifyInstance, registry: Registry): void {
  const duration = new Histogram({
    name: 'zapas_http_request_duration_seconds',
    help: 'Requests answered, by route, method and status, and how long they took',
    labelNames: ['method', 'route', 'status'],
    buckets: seconds,
    registers: [registry],
  })
  const replayed = new Counter({
    name: 'zapas_http_idempotent_replays_total',
    help: 'Repeated requests that were given the first answer to their Idempotency-Key',
    registers: [registry],
  })
  app.addHook('onResponse', async (request: FastifyRequest, reply: FastifyReply) => {
    // The pattern, never the address: ids would make a series each. Unknown addresses are one.
    const route = request.routeOptions.url ?? 'unknown'
    duration.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    )
    if (reply.getHeader('idempotency-replayed') === 'true') replayed.inc()
  })
}

function countConnections(db: Database, registry: Registry): void {
  const connections = new Gauge({
    name: 'zapas_database_connections',
    help: 'Connections to the database: in use, idle, and requests that wait for one',
    labelNames: ['state'],
    registers: [],
    collect() {
      this.set({ state: 'total' }, db.totalCount)
      this.set({ state: 'idle' }, db.idleCount)
      this.set({ state: 'waiting' }, db.waitingCount)
    },
  })
  registry.registerMetric(connections)
}

function countTransactions(registry: Registry): void {
  const counted = {
    zapas_database_transactions_total: ['attempts', 'Transactions that ended, every attempt counted'],
    zapas_database_transactions_retried_total: [
      'retried',
      'Attempts made again, after a deadlock or because something changed before it was locked',
    ],
    zapas_database_round_trips_total: ['roundTrips', 'Bursts of statements sent to the database'],
  } as const
  for (const [name, [count, help]] of Object.entries(counted)) {
    const counter = new Counter({
      name,
      help,
      registers: [],
      collect() {
        this.reset()
        this.inc(transactionCounts[count])
      },
    })
    registry.registerMetric(counter)
  }
}

function sends(token: string, request: FastifyRequest): boolean {
  const sent = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1]
  if (sent === undefined) return false
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(sent), hash(token))
}

/** What a proxy adds; with it, somebody else asks through this machine. */
const ofProxies = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip']

/** The connection comes from this machine, by its own name, and nobody stands in between. */
function isFromHere(request: FastifyRequest): boolean {
  const { remoteAddress } = request.socket
  const loopback = remoteAddress !== undefined && /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/.test(remoteAddress)
  const host = request.headers.host ?? ''
  return (
    loopback &&
    /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host) &&
    ofProxies.every((name) => request.headers[name] === undefined)
  )
}
