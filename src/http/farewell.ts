import type { FastifyInstance } from 'fastify'

/**
 * What is answered while the server closes is the last answer on its connection. A connection that was kept
 * alive after it would hold the server up, for nobody closes it once it is idle.
 */
export function closeAfterLastAnswer(app: FastifyInstance): void {
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })
  app.addHook('onSend', async (_request, reply) => {
    if (closing) void reply.header('connection', 'close')
  })
}
