import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { Type } from 'typebox'
import { shortSecret } from '../database/index.ts'
import { Email } from '../identity/index.ts'
import { halfAnOwner } from '../setup/index.ts'
import type { TraceOptions } from './open-telemetry.ts'
import { UsageError } from './outcome.ts'
import { refuseUnfit } from './refuse-unfit.ts'

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
type LogLevel = (typeof logLevels)[number]

/** What the environment says. Read here and nowhere else. */
export interface Settings {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  /** What the server logs in as there; without one the role of `databaseUrl`. */
  readonly databaseAppUrl: string | undefined
  /** The address people use; by default that of this machine. */
  readonly url: string | undefined
  readonly trustProxy: string | undefined
  readonly secret: string | undefined
  readonly currency: string | undefined
  readonly ownerEmail: string | undefined
  readonly ownerPassword: string | undefined
  readonly demo: boolean
  readonly logLevel: LogLevel | undefined
  /** Opens /metrics to whoever sends it; without one it is for this machine only. */
  readonly metricsToken: string | undefined
  /** Where traces are sent; without one none are made. */
  readonly traces: TraceOptions | undefined
  /** Mail may be handed to a server on this machine, where a company allows internal ones. */
  readonly mailLoopback: boolean
  /** Processes that serve the port. */
  readonly workers: number
}

/** The environment variables, for --help. */
export const environmentHelp = `
Environment:
  DATABASE_URL          a PostgreSQL 16 or later of your own (postgres://user:password@host:5432/name);
                        without it Zapas runs the one that comes along
  DATABASE_APP_URL      the same database as a role that owns nothing: what the server logs in as
  ZAPAS_DATA            data folder (default ./data)
  PORT, HOST            where the server listens (default 3000 on localhost)
  ZAPAS_URL             the address that people use, such as https://stock.example.com
  ZAPAS_TRUST_PROXY     whose X-Forwarded-* headers are believed: addresses of your proxies, comma-separated
  ZAPAS_SECRET          signs sessions, 32 characters or more (default: made once, kept in the database)
  ZAPAS_CURRENCY        of the first company (default USD)
  ZAPAS_OWNER_EMAIL     of the first owner, with
  ZAPAS_OWNER_PASSWORD  (default: asked for in the browser)
  ZAPAS_DEMO=1          loads the demo company at start
  ZAPAS_MAIL_LOOPBACK=1 mail may be handed to a server on this machine, such as a mail catcher
  ZAPAS_LOG_LEVEL       debug, info, warn, error, silent (default info; in a terminal warn)
  ZAPAS_METRICS_TOKEN   whoever sends it as a bearer token may read /metrics, 16 characters or more
                        (default: only this machine may)
  OTEL_EXPORTER_OTLP_ENDPOINT  where traces are sent by OTLP over HTTP, such as http://localhost:4318 (default:
                        none are made); with OTEL_SERVICE_NAME (zapas) and OTEL_TRACES_SAMPLER_ARG (1: all)
  ZAPAS_WORKERS         processes that serve, for a machine of several processors (default 1)

Exit codes: 0 done, 1 refused or differences found, 2 wrong usage.`

export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const text = (name: string): string | undefined => env[name]?.trim() || undefined
  // Spaces may belong to a password.
  const ownerPassword = env.ZAPAS_OWNER_PASSWORD || undefined
  const ownerEmail = ownerOf(text('ZAPAS_OWNER_EMAIL'), ownerPassword)
  return {
    port: portOf(text('PORT')),
    host: text('HOST') ?? 'localhost',
    dataDir: resolve(text('ZAPAS_DATA') ?? 'data'),
    databaseUrl: text('DATABASE_URL'),
    databaseAppUrl: text('DATABASE_APP_URL'),
    url: urlOf(text('ZAPAS_URL')),
    trustProxy: proxiesOf(text('ZAPAS_TRUST_PROXY')),
    secret: secretOf(text('ZAPAS_SECRET')),
    currency: currencyOf(text('ZAPAS_CURRENCY')),
    ownerEmail,
    ownerPassword,
    demo: isOn(text('ZAPAS_DEMO')),
    mailLoopback: isOn(text('ZAPAS_MAIL_LOOPBACK')),
    logLevel: logLevelOf(text('ZAPAS_LOG_LEVEL')),
    metricsToken: metricsTokenOf(text('ZAPAS_METRICS_TOKEN')),
    traces: tracesOf(
      text('OTEL_EXPORTER_OTLP_ENDPOINT'),
      text('OTEL_SERVICE_NAME'),
      text('OTEL_TRACES_SAMPLER_ARG'),
    ),
    workers: workersOf(text('ZAPAS_WORKERS')),
  }
}

function isOn(text: string | undefined): boolean {
  return ['1', 'true', 'yes'].includes((text ?? '').toLowerCase())
}

function portOf(text: string | undefined): number {
  if (text === undefined) return 3000
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port
  throw new UsageError(`PORT is "${text}"; it is a number from 1 to 65535, or 0 for any free one.`)
}

function currencyOf(text: string | undefined): string | undefined {
  const code = text?.toUpperCase()
  if (code === undefined || /^[A-Z]{3}$/.test(code)) return code
  throw new UsageError(`ZAPAS_CURRENCY is "${text}"; it is an ISO 4217 code of three letters, such as EUR.`)
}

function ownerOf(email: string | undefined, password: string | undefined): string | undefined {
  const fault = halfAnOwner({ ownerEmail: email, ownerPassword: password })
  if (fault !== null) throw new UsageError(fault)
  if (email !== undefined)
    refuseUnfit(Type.Object({ email: Email }), { email }, { email: `ZAPAS_OWNER_EMAIL is "${email}"; it` })
  return email
}

function secretOf(text: string | undefined): string | undefined {
  const fault = text === undefined ? null : shortSecret(text)
  if (fault !== null) throw new UsageError(fault)
  return text
}

function urlOf(text: string | undefined): string | undefined {
  if (text === undefined || /^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text
  throw new UsageError(
    `ZAPAS_URL is "${text}"; it is the whole address that people use, such as https://stock.example.com.`,
  )
}

/** Names of ranges that the server knows beside addresses and networks. */
const knownProxies = new Set(['loopback', 'linklocal', 'uniquelocal'])

function proxiesOf(text: string | undefined): string | undefined {
  const wrong = text?.split(',').find((each) => !knownProxies.has(each.trim()) && !isNetwork(each.trim()))
  if (wrong === undefined) return text
  throw new UsageError(
    `ZAPAS_TRUST_PROXY names "${wrong.trim()}"; it is the addresses or networks of your proxies, such as 10.0.0.5,10.1.0.0/16.`,
  )
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const family = isIP(address)
  return (
    family !== 0 &&
    more.length === 0 &&
    (bits === undefined || isBits(bits, family === 4 ? 32 : 128) || isIP(bits) === family)
  )
}

const isBits = (text: string, most: number): boolean => /^\d{1,3}$/.test(text) && Number(text) <= most

function tracesOf(
  endpoint: string | undefined,
  service: string | undefined,
  share: string | undefined,
): TraceOptions | undefined {
  if (endpoint === undefined) return undefined
  if (!/^https?:/.test(URL.parse(endpoint)?.protocol ?? '')) {
    throw new UsageError(
      `OTEL_EXPORTER_OTLP_ENDPOINT is "${endpoint}"; it is an address such as http://localhost:4318.`,
    )
  }
  const ratio = Number(share ?? 1)
  if (!(ratio >= 0 && ratio <= 1))
    throw new UsageError(`OTEL_TRACES_SAMPLER_ARG is "${share}"; it is a part of the requests, from 0 to 1.`)
  return { endpoint, service: service ?? 'zapas', ratio }
}

const mostWorkers = 64

function workersOf(text: string | undefined): number {
  if (text === undefined) return 1
  const workers = Number(text)
  if (Number.isInteger(workers) && workers >= 1 && workers <= mostWorkers) return workers
  throw new UsageError(`ZAPAS_WORKERS is "${text}"; it is a number of processes from 1 to ${mostWorkers}.`)
}

const shortestToken = 16

function metricsTokenOf(text: string | undefined): string | undefined {
  if (text === undefined || text.length >= shortestToken) return text
  throw new UsageError(
    `ZAPAS_METRICS_TOKEN has ${text.length} characters; it needs ${shortestToken} or more.`,
  )
}

function logLevelOf(text: string | undefined): LogLevel | undefined {
  const level = logLevels.find((each) => each === text?.toLowerCase())
  if (text === undefined || level !== undefined) return level
  throw new UsageError(`ZAPAS_LOG_LEVEL is "${text}"; it is one of ${logLevels.join(', ')}.`)
}
