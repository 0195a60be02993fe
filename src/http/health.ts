import type { FastifyInstance } from 'fastify'
import type { Database } from '../kernel/transaction.ts'

/** For whoever watches the server: it runs, and it reaches its database. */
export function mountHealth(app: FastifyInstance, db: Database): void {
  app.get('/api/health', async () => ({ status: 'up' }))
  app.get('/api/ready', async (_request, reply) => {
    try {
      await db.query('select 1')
      return { status: 'ready' }
    } catch {
      return reply.code(503).header('retry-after', '5').send({ status: 'database does not answer' })
    }
  })
}
