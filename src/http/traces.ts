import type { FastifyInstance } from 'fastify'
import { type Requested, tracing } from '../kernel/tracing.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Null while nobody traces. */
    trace: Requested | null
  }
}

/** A span for each request, inside of which all that follows happens. */
export function traceRequests(app: FastifyInstance): void {
  app.decorateRequest('trace', null)
  app.addHook('onRequest', (request, _reply, done) => {
    const listening = tracing()
    if (listening === null) return done()
    const route = request.routeOptions.url ?? 'unknown'
    const { traceparent } = request.headers
    const sent = typeof traceparent === 'string' ? traceparent : undefined
    request.trace = listening.request(`${request.method} ${route}`, sent, done)
  })
  app.addHook('onResponse', async (request, reply) => {
    request.trace?.ended({
      attributes: {
        'http.request.method': request.method,
        'http.route': request.routeOptions.url ?? 'unknown',
        'http.response.status_code': reply.statusCode,
        'zapas.request_id': request.id,
        ...(request.principal && { 'zapas.company': request.principal.company.slug }),
      },
      ...(reply.statusCode >= 500 && { error: { code: String(reply.statusCode) } }),
    })
  })
}
