import cluster from 'node:cluster'
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import { openDatabase } from '../database/index.ts'
import { metricsOfProcess } from '../http/metrics.ts'
import { forgetPrincipalsHere, tellOthersToForget } from '../identity/index.ts'
import { exitCodes } from './outcome.ts'
import { longestFarewell, openApp } from './serve-app.ts'
import type { FromWorker, ToWorker, Task } from './serve-workers.ts'
import type { Settings } from './settings.ts'
import { Line } from './worker-line.ts'

/** One of several processes that serve the same port. Everything that exists once is the primary's. */
export async function serveAsWorker(settings: Settings, log: Logger, told: Promise<void>): Promise<void> {
  const own = log.child({ worker: process.pid })
  const toldByPrimary = Promise.withResolvers<void>()
  const answer = (question: ToWorker): unknown => {
    if (question.ask === 'metrics') return metricsOfProcess()
    if (question.ask === 'forget') return forgetPrincipalsHere()
    return toldByPrimary.resolve()
  }
  const line = new Line<ToWorker>(
    {
      send: (message) => void process.send!(message),
      onMessage: (listener) => process.on('message', listener),
    },
    answer,
  )
  const ask = <A>(question: FromWorker): Promise<A> => line.ask<A>(question)
  // Without the primary nobody reaches this process any more, and nobody would start it again.
  const orphaned = new Promise<void>((resolve) => process.once('disconnect', resolve))
  void orphaned.then(() => line.cut())

  const task = await ask<Task>({ ask: 'task' })
  const db = openDatabase(task.appUrl, {
    max: task.connections,
    applicationName: `zapas worker ${task.number}`,
    onError: (error) => own.warn(`a database connection broke: ${error.message}`),
  })
  tellOthersToForget(() => ask({ ask: 'forget' }))
  const siblings = {
    census: () => ask<{ wanted: number; serving: number }>({ ask: 'census' }),
    metrics: () => ask<string>({ ask: 'metrics' }),
    count: (key: string, window: number) =>
      ask<{ count: number; milliseconds: number }>({ ask: 'count', key, window }),
  }
  try {
    const { app, port } = await openApp({ db, secret: task.secret, settings, log: own, siblings })
    await ask({ ask: 'serving', port })
    await Promise.race([told, toldByPrimary.promise, orphaned])
    await Promise.race([app.close(), pause(longestFarewell)])
  } catch (error) {
    // The primary says it, or starts this one again.
    await ask({ ask: 'failed', why: (error as Error).message }).catch(() => {})
    process.exit(exitCodes.refused)
  }
  await Promise.race([db.end(), pause(1000)])
  cluster.worker?.disconnect()
}
