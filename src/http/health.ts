import type { FastifyInstance } from 'fastify'
import type { Database } from '../kernel/transaction.ts'
import type { Siblings } from './siblings.ts'

/** For whoever watches the server: it runs, it reaches its database, and how many processes share the work. */
export function mountHealth(app: FastifyInstance, db: Database, siblings?: Siblings): void {
  app.get('/api/health', async () => {
    // Told by another process: this one is up whether that answers or not.
    const workers = await siblings?.census().catch(() => undefined)
    return { status: 'up', ...(workers && { workers }) }
  })
  app.get('/api/ready', async (_request, reply) => {
    try {
      await db.query('select 1')
      return { status: 'ready' }
    } catch {
      return reply.code(503).header('retry-after', '5').send({ status: 'database does not answer' })
    }
  })
}
