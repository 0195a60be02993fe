import { setTimeout as pause } from 'node:timers/promises'
import { Command } from 'commander'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { buildApp } from '../app.ts'
import { startWorker } from '../automation/index.ts'
import { type Installation, installationSecret, openInstallation } from '../database/index.ts'
import { createLogger } from '../http/logger.ts'
import { firstStart } from '../setup/index.ts'
import { demoAtStart } from './demo.ts'
import { exitCodes } from './outcome.ts'
import { type Settings, readSettings } from './settings.ts'
import { version } from './version.ts'

/** Connections of one server process; PostgreSQL has as many again for others. */
const connections = 20
/** So long a request may take after the server was told to stop. */
const longestFarewell = 10_000

export function serveCommand(): Command {
  return new Command('serve')
    .description('run the server: web app and API (what npm start does)')
    .action(async () => {
      const settings = readSettings(process.env)
      const log = logger(settings)
      const told = toldToStop(log)
      await serve(settings, log, told)
      // Whatever may still be waiting somewhere has nobody left to answer.
      process.exit(exitCodes.done)
    })
}

async function serve(settings: Settings, log: Logger, told: Promise<void>): Promise<void> {
  const installation = await openInstallation({
    dataDir: settings.dataDir,
    databaseUrl: settings.databaseUrl,
    migrate: true,
    serving: true,
    connections: {
      max: connections,
      applicationName: 'zapas server',
      onError: (error) => log.warn(`a database connection broke: ${error.message}`),
    },
    onMigration: (migration) => log.info(`migration ${migration.name}`),
    notice: (text) => log.warn(text),
    lost: (error) => {
      log.fatal(error, 'PostgreSQL is gone and does not start again')
      process.exit(exitCodes.refused)
    },
  })
  try {
    const app = await open(installation, settings, log)
    const worker = await startWorker({ ownerUrl: installation.ownerUrl, db: installation.db })
    await told
    await Promise.race([Promise.all([app.close(), worker.stop()]), pause(longestFarewell)])
  } finally {
    await installation.close()
  }
  log.info('Zapas has stopped')
}

async function open(installation: Installation, settings: Settings, log: Logger): Promise<FastifyInstance> {
  const { db } = installation
  const started = await firstStart(db, settings)
  if (settings.demo) await demoAtStart(db, log)
  const app = await buildApp({
    db,
    secret: await installationSecret(db, settings.secret),
    baseUrl: settings.url ?? `http://localhost:${settings.port}`,
    trustProxy: settings.trustProxy?.split(',') ?? false,
    logger: log,
    metricsToken: settings.metricsToken,
    version,
  })
  await listen(app, settings)
  const address = settings.url ?? `http://localhost:${portOf(app)}`
  const more = started.needsOwner ? '; open it and make the owner account' : ''
  announce(log, `Zapas ${version} is at ${address} (data in ${installation.place})${more}`)
  return app
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
function logger({ logLevel }: Settings): Logger {
  return createLogger(logLevel ?? (process.stdout.isTTY ? 'warn' : 'info'))
}

function announce(log: Logger, text: string): void {
  if (log.isLevelEnabled('info')) log.info(text)
  else console.log(text)
}

/** The first SIGTERM or Ctrl-C asks for an orderly end, one well after it for an immediate one. */
function toldToStop(log: Logger): Promise<void> {
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
