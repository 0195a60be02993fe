import type { FastifyInstance } from 'fastify'
import { buildApp } from '../../src/app.ts'
import { openDatabase } from '../../src/database/index.ts'
import { createLogger } from '../../src/http/logger.ts'
import { setClock } from '../../src/kernel/clock.ts'
import type { Database } from '../../src/kernel/transaction.ts'
import { connectTimeoutMs } from './patience.ts'
import type { Asked } from './server-processes.ts'

/** A process that serves the databases of tests, each on a port of its own, as its parent asks it to. */

const serving = new Map<string, { app: FastifyInstance; db: Database }>()

async function open(ownerUrl: string): Promise<string> {
  const db = openDatabase(ownerUrl, { max: 8, connectTimeoutMs, applicationName: 'server process of a test' })
  const app = await buildApp({
    db,
    secret: 'a secret of tests, which protects nothing',
    baseUrl: 'http://localhost',
    validateResponses: true,
    rateLimits: null,
    signInLimits: null,
    logger: createLogger('error'),
  })
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  serving.set(ownerUrl, { app, db })
  return base
}

async function close(ownerUrl: string): Promise<void> {
  const served = serving.get(ownerUrl)
  serving.delete(ownerUrl)
  served?.app.server.closeAllConnections()
  await served?.app.close()
  await served?.db.end()
}

function runClockFrom(at: string): void {
  const began = performance.now()
  setClock(() => new Date(Date.parse(at) + performance.now() - began))
}

async function answer(asked: Asked): Promise<string | null> {
  if (asked.ask === 'open') return open(asked.ownerUrl)
  if (asked.ask === 'close') await close(asked.ownerUrl)
  else if (asked.ask === 'clock') runClockFrom(asked.at)
  return null
}

process.on('message', (asked: Asked & { id: number }) => {
  answer(asked).then(
    (result) => process.send!({ id: asked.id, result }),
    (error: unknown) => process.send!({ id: asked.id, error: String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
