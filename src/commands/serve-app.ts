import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { buildApp } from '../app.ts'
import { createLogger } from '../http/logger.ts'
import type { Siblings } from '../http/siblings.ts'
import type { Database } from '../kernel/transaction.ts'
import { exitCodes } from './outcome.ts'
import type { Settings } from './settings.ts'
import { version } from './version.ts'

/** So long a request may take after the server was told to stop. */
export const longestFarewell = 10_000

/** What a server process works with. */
export interface Workplace {
  readonly db: Database
  /** Of the installation. */
  readonly secret: string
  readonly settings: Settings
  readonly log: Logger
  /** Of one of several processes on the same port. */
  readonly siblings?: Siblings
}

/** The server of one process, listening. */
export async function openApp({
  db,
  secret,
  settings,
  log,
  siblings,
}: Workplace): Promise<{ app: FastifyInstance; port: number }> {
  const app = await buildApp({
    db,
    secret,
    baseUrl: settings.url ?? `http://localhost:${settings.port}`,
    trustProxy: settings.trustProxy?.split(',').map((each) => each.trim()) ?? false,
    logger: log,
    metricsToken: settings.metricsToken,
    version,
    ...(siblings && { siblings }),
  })
  await listen(app, settings)
  return { app, port: portOf(app) }
}

async function listen(app: FastifyInstance, { host, port }: Settings): Promise<void> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    await app.close()
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') {
      throw new Error(`Port ${port} is taken by another program. Stop that one, or choose another by PORT.`, {
        cause: error,
      })
    }
    if (code === 'EACCES') {
      throw new Error(`This user may not listen on port ${port}. Choose one above 1023 by PORT.`, {
        cause: error,
      })
    }
    throw error
  }
}

function portOf(app: FastifyInstance): number {
  const address = app.server.address()
  return typeof address === 'object' && address ? address.port : 0
}

/** Every request for whoever collects logs; a person at a terminal is told what matters and no more. */
export function serverLog({ logLevel }: Settings): Logger {
  return createLogger(logLevel ?? (process.stdout.isTTY ? 'warn' : 'info'))
}

/** The first SIGTERM or Ctrl-C asks for an orderly end, one well after it for an immediate one. */
export function toldToStop(log: Logger): Promise<void> {
  return new Promise((resolve) => {
    let since: number | null = null
    const stop = (signal: NodeJS.Signals): void => {
      if (since === null) {
        since = Date.now()
        log.info(`${signal}: stopping`)
        return resolve()
      }
      // A terminal sends it to npm and to us, and npm passes it on: the same wish twice.
      if (Date.now() - since > 2000) process.exit(exitCodes.refused)
    }
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
  })
}
