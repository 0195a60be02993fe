import cluster from 'node:cluster'
import { setTimeout as pause } from 'node:timers/promises'
import { Command } from 'commander'
import type { Logger } from 'pino'
import { startRules, startWebhooks, startWorker } from '../automation/index.ts'
import { type Installation, installationSecret, openInstallation, ownerPool } from '../database/index.ts'
import { startMails } from '../mail/index.ts'
import { startAskingProviders } from '../online-payments/index.ts'
import { firstStart } from '../setup/index.ts'
import { buildWebApp } from './build-web-app.ts'
import { demoAtStart } from './demo.ts'
import { startTraces } from './open-telemetry.ts'
import { linksOfMails } from './mail-links.ts'
import { exitCodes } from './outcome.ts'
import { longestFarewell, openApp, serverLog, toldToStop } from './serve-app.ts'
import { serveAsWorker } from './serve-as-worker.ts'
import { Workers, connectionsOfWorker } from './serve-workers.ts'
import { type Settings, readSettings } from './settings.ts'
import { version } from './version.ts'

/** Connections of one server process. */
const connections = 20
/** Of a process that serves nobody itself: first start, demo data, work that is due by the clock. */
const connectionsOfPrimary = 4

export function serveCommand(): Command {
  return new Command('serve')
    .description('run the server: web app and API (what npm start does)')
    .action(async () => {
      const settings = readSettings(process.env)
      const log = serverLog(settings)
      const told = toldToStop(log)
      const traces = settings.traces && (await startTraces(settings.traces))
      if (cluster.isWorker) await serveAsWorker(settings, log, told)
      else await serve(settings, log, told)
      await Promise.race([traces?.stop(), pause(longestFarewell)])
      // Whatever may still be waiting somewhere has nobody left to answer.
      process.exit(exitCodes.done)
    })
}

async function serve(settings: Settings, log: Logger, told: Promise<void>): Promise<void> {
  const alone = settings.workers === 1
  const installation = await openInstallation({
    dataDir: settings.dataDir,
    databaseUrl: settings.databaseUrl,
    databaseAppUrl: settings.databaseAppUrl,
    migrate: true,
    serving: true,
    connections: {
      max: alone ? connections : connectionsOfPrimary,
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
  const { db, ownerUrl } = installation
  try {
    const { needsOwner } = await firstStart(db, settings)
    if (settings.demo) await demoAtStart(db, log)
    await buildWebApp(log)
    const secret = await installationSecret(db, settings.secret)
    const server = await (alone ? serveAlone : serveByWorkers)(installation, secret, settings, log)
    // One process does what is due by the clock, for all of them.
    const owner = ownerPool(ownerUrl, { max: 3, applicationName: 'zapas jobs' })
    const jobs = await startWorker({
      owner,
      db,
      failed: (message) => log.error(`the queue of jobs: ${message}`),
    })
    const webhooks = startWebhooks(db, { failed: (error) => log.error(error, 'webhooks were not sent') })
    const rules = startRules(db, { failed: (error) => log.error(error, 'rules did not run') })
    const mails = startMails(
      db,
      { secret, loopback: settings.mailLoopback, linkOf: linksOfMails(addressOf(settings, server.port)) },
      { failed: (error) => log.error(error, 'mail was not sent') },
    )
    const payments = startAskingProviders(
      { db, secret, baseUrl: addressOf(settings, server.port) },
      { failed: (error) => log.error(error, 'a provider of payments was not asked') },
    )
    announce(server.port, settings, log, installation.place, needsOwner)
    await told
    await Promise.race([
      Promise.all([
        server.stop(),
        jobs.stop().then(() => owner.end()),
        webhooks.stop(),
        rules.stop(),
        mails.stop(),
        payments.stop(),
      ]),
      pause(2 * longestFarewell),
    ])
  } finally {
    await installation.close()
  }
  log.info('Zapas has stopped')
}

interface Served {
  readonly port: number
  stop(): Promise<unknown>
}

type Serve = (installation: Installation, secret: string, settings: Settings, log: Logger) => Promise<Served>

const serveAlone: Serve = async ({ db }, secret, settings, log) => {
  const { app, port } = await openApp({ db, secret, settings, log })
  return { port, stop: () => Promise.race([app.close(), pause(longestFarewell)]) }
}

const serveByWorkers: Serve = async ({ db, appUrl }, secret, settings, log) => {
  const share = await connectionsOfWorker(db, settings.workers, connections, log)
  const workers = new Workers(settings.workers, { appUrl, secret, connections: share }, log)
  return { port: await workers.start(), stop: () => workers.stop() }
}

/** The address that people use, without a slash at the end. */
function addressOf(settings: Settings, port: number): string {
  return (settings.url ?? `http://localhost:${port}`).replace(/\/$/, '')
}

function announce(port: number, settings: Settings, log: Logger, place: string, needsOwner: boolean): void {
  const address = addressOf(settings, port)
  const by = settings.workers === 1 ? '' : `, ${settings.workers} processes`
  const more = needsOwner ? '; open it and make the owner account' : ''
  const text = `Zapas ${version} is at ${address} (data in ${place}${by})${more}`
  if (log.isLevelEnabled('info')) log.info(text)
  else console.log(text)
}
