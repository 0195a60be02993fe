import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { RateCounters } from './rate-limits.ts'

/** The sign-in library's own handler: a web request in, a web response out. */
export type AuthHandler = (request: Request) => Promise<Response>

const authPrefix = '/api/auth'
const bodyLimit = 64 * 1024

/** What a proxy would set; believed from nobody but ourselves. */
const forwarded = new Set([
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
])

/** Paths that let somebody try passwords or codes. */
const guessing = /\/(sign-in|sign-up|forget-password|request-password-reset|reset-password|two-factor)(\/|$)/

/** Mounts the sign-in library under /api/auth, with a limit on tries. */
export function mountAuthHandler(app: FastifyInstance, handler: AuthHandler, count: RateCounters): void {
  void app.register(async (scope) => {
    // The library reads its bodies itself.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => {
      done(null, body)
    })
    scope.route({
      method: ['GET', 'POST'],
      url: `${authPrefix}/*`,
      bodyLimit,
      handler: async (request, reply) => {
        await count.address(request)
        if (request.method === 'POST' && guessing.test(request.url)) await count.signIn(request)
        return answer(reply, await handler(webRequest(request)))
      },
    })
  })
}

function webRequest(request: FastifyRequest): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || forwarded.has(name) || name === 'content-length') continue
    headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  headers.set('x-forwarded-for', request.ip)
  const body = Buffer.isBuffer(request.body) && request.body.length > 0 ? new Uint8Array(request.body) : null
  return new Request(`${request.protocol}://${request.host}${request.url}`, {
    method: request.method,
    headers,
    ...(body && { body }),
  })
}

async function answer(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  // What it answers holds sessions and second factors: no cache may keep it.
  void reply.code(response.status).header('cache-control', 'no-store')
  for (const [name, value] of response.headers) if (name !== 'set-cookie') void reply.header(name, value)
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) void reply.header('set-cookie', cookies)
  const body = Buffer.from(await response.arrayBuffer())
  return reply.send(body.length > 0 ? body : undefined)
}
