import { createHash } from 'node:crypto'
import type { TSchema } from 'typebox'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import helmet from 'helmet'
import { newId } from '../kernel/ids.ts'
import { Problem, notFound } from '../kernel/problem.ts'
import type { Database } from '../kernel/transaction.ts'
import type { Permission } from '../permissions.ts'
import { allow, refuseForeignPages, refuseWhileSeeing } from './access.ts'
import { type AuthHandler, mountAuthHandler } from './auth-handler.ts'
import { type Endpoint, apiPrefix, endpoint } from './endpoint.ts'
import { type Answer, type Asked, type Cost, type Previewer, execute } from './execute.ts'
import { closeAfterLastAnswer } from './farewell.ts'
import { dispositionOf, signsHeader } from './file-answer.ts'
import { mountHealth } from './health.ts'
import { readKey, requestHash } from './idempotency.ts'
import { mountMetrics } from './metrics.ts'
import { openApiDocument } from './openapi.ts'
import { type Sent, type Surroundings, withoutToken } from './outside.ts'
import type { Authenticate, Principal } from './principal.ts'
import { sendProblem } from './problems.ts'
import { type RateCounters, type RateLimits, rateCounters, usualLimits } from './rate-limits.ts'
import { readInput } from './read-input.ts'
import type { AnyRoute } from './route.ts'
import type { Siblings } from './siblings.ts'
import { traceRequests } from './traces.ts'
import { readIfMatch } from './version-header.ts'

export interface ServerOptions {
  /** Connections of the application role. */
  readonly db: Database
  readonly routes: readonly AnyRoute[]
  readonly authenticate: Authenticate
  /** Finds whom a customer's link lets in; null when it is none, or over. Left out: nobody comes by a link. */
  readonly authenticateLink?: Authenticate
  /** Of the installation; what is encrypted for it alone is encrypted with this. */
  readonly secret?: string
  readonly stripeUrl?: string
  /** The sign-in library's handler, mounted at /api/auth. */
  readonly authHandler?: AuthHandler
  /** The address that people use; pages of it may write with a session cookie. */
  readonly baseUrl?: string
  /** Whose `X-Forwarded-*` headers are believed. Nobody's, unless said. */
  readonly trustProxy?: boolean | string | string[]
  /** Null: no limits. */
  readonly rateLimits?: Partial<RateLimits> | null
  /** For tests: an answer that its schema does not describe is an error. */
  readonly validateResponses?: boolean
  /** Adds to the answer of a preview what the action would change. */
  readonly previewer?: { readonly run: Previewer; readonly schema: TSchema }
  readonly logger?: FastifyBaseLogger
  /** Whoever sends this may read /metrics; without one only this machine may. */
  readonly metricsToken?: string | undefined
  readonly version?: string
  /** Of one of several processes on the same port. */
  readonly siblings?: Siblings
  /** Everything that is not the API: the web app. */
  readonly web?: FastifyPluginAsync
}

const longestParameter = 200
/** Milliseconds in which a request must have arrived as a whole. */
const slowestRequest = 120_000

/** The HTTP server of all rooms: every route under /api/v1, its documentation, sign-in and health. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = fastify({
    ...(options.logger && { loggerInstance: options.logger }),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => newId(),
    trustProxy: options.trustProxy ?? false,
    routerOptions: { maxParamLength: longestParameter },
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply),
    forceCloseConnections: 'idle',
    requestTimeout: slowestRequest,
  })
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply))
  closeAfterLastAnswer(app)
  acceptJsonOnly(app)
  app.decorateRequest('principal', null)
  app.decorateRequest('bodyText', '')
  traceRequests(app)
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => logRequest(request, reply))
  protectPages(app, options.baseUrl)

  const endpoints = options.routes.map((route) => endpoint(route, options.previewer?.schema))
  refuseDuplicates(endpoints)
  const limits = options.rateLimits === null ? null : { ...usualLimits, ...options.rateLimits }
  const count = await rateCounters(app, limits, options.siblings)
  const trusted = new Set(options.baseUrl === undefined ? [] : [new URL(options.baseUrl).origin])

  await mountDocumentation(app, endpoints, options.version ?? '0.0.0')
  mountHealth(app, options.db, options.siblings)
  mountMetrics(app, options.db, options.metricsToken, count.refused, options.siblings)
  if (options.authHandler) mountAuthHandler(app, options.authHandler, count)
  for (const each of endpoints.filter(({ route }) => route.upload === undefined))
    mountEndpoint(app, each, options, count, trusted)
  await app.register(async (uploads) => {
    acceptFilesOnly(uploads)
    for (const each of endpoints.filter(({ route }) => route.upload !== undefined))
      mountEndpoint(uploads, each, options, count, trusted)
  })
  // Unknown addresses of the API are problems; those of the web app are its own to answer.
  const unknown = notFoundHandler(endpoints)
  await app.register(async (api) => api.setNotFoundHandler(unknown), { prefix: '/api' })
  app.setNotFoundHandler(unknown)
  if (options.web) await app.register(options.web)
  return app
}

function mountEndpoint(
  app: FastifyInstance,
  each: Endpoint,
  options: ServerOptions,
  count: RateCounters,
  trusted: ReadonlySet<string>,
): void {
  const { route, reads } = each
  const surroundings: Surroundings = {
    db: options.db,
    baseUrl: (options.baseUrl ?? '').replace(/\/$/, ''),
    secret: options.secret ?? '',
    stripeUrl: options.stripeUrl,
  }
  app.route({
    method: route.method,
    url: each.path,
    bodyLimit: each.bodyLimit,
    // Before the body is read: a stranger's upload is not worth reading.
    onRequest: async (request, reply) => {
      await count.address(request)
      if (route.permission === 'portal') {
        keepPrivate(reply)
        request.principal = (await options.authenticateLink?.(request)) ?? null
        if (request.principal === null) {
          await count.refused(request)
          throw notFound('link')
        }
        return count.link(request)
      }
      request.principal = await principalOf(request, options.authenticate, route.permission)
      if (request.principal === null && route.permission !== 'public') await count.refused(request)
      allow(request.principal, route.permission)
      refuseWhileSeeing(request.principal, reads)
      if (request.principal !== null) await count.actor(request)
      if (!reads) refuseForeignPages(request, trusted)
    },
    handler: async (request, reply) => {
      const key = readKey(request.headers['idempotency-key'])
      const input = readInput(each, request)
      const asked: Asked = {
        principal: request.principal,
        ...input,
        ifMatch: readIfMatch(request.headers['if-match']),
        requestId: request.id,
        key: key === null ? null : { key, request: requestHash(request) },
        sent: sentOf(request),
        surroundings,
      }
      const cost: Cost = { roundTrips: 0, milliseconds: 0 }
      let answer: Answer
      try {
        answer = await execute(options.db, each, asked, cost, options.previewer?.run)
      } finally {
        void reply.header('server-timing', serverTiming(cost))
      }
      if (options.validateResponses) checkAnswer(each, answer)
      if (!answer.replayed) await request.principal?.done?.()
      return send(reply, each, answer)
    },
  })
}

/** What a link opens is nobody else's: not for search engines, and not named to the next page. */
function keepPrivate(reply: FastifyReply): void {
  void reply.header('referrer-policy', 'no-referrer').header('x-robots-tag', 'noindex, nofollow')
}

function sentOf(request: FastifyRequest): Sent {
  return {
    address: request.ip,
    text: request.bodyText,
    header: (name) => {
      const value = request.headers[name]
      return typeof value === 'string' ? value : null
    },
  }
}

/** On a public route a sign-in that is refused is none at all. */
async function principalOf(
  request: FastifyRequest,
  authenticate: Authenticate,
  permission: Permission,
): Promise<Principal | null> {
  try {
    return await authenticate(request)
  } catch (error) {
    if (permission === 'public' && error instanceof Problem) return null
    throw error
  }
}

function send(reply: FastifyReply, each: Endpoint, answer: Answer): FastifyReply {
  void reply.code(answer.status).header('cache-control', 'no-store')
  if (answer.etag !== null) void reply.header('etag', answer.etag)
  if (answer.replayed) void reply.header('idempotency-replayed', 'true')
  if (answer.file && each.route.file) {
    const { name, foreignType, replacedSigns } = answer.file
    const how = foreignType === null ? 'inline' : 'attachment'
    void reply.header('content-disposition', dispositionOf(name, how)).type(foreignType ?? each.route.file)
    if (replacedSigns.length > 0) void reply.header('zapas-replaced-signs', signsHeader(replacedSigns))
    // Whatever a browser makes of a file that somebody sent, it is no page of this server.
    if (foreignType !== null)
      void reply.header('content-security-policy', "sandbox; default-src 'none'; frame-ancestors 'none'")
    const { bytes } = answer.file
    return reply.send(bytes instanceof Uint8Array ? Buffer.from(bytes) : bytes)
  }
  if (answer.status === 204) return reply.send()
  if (answer.status === 201) {
    const place = placeOf(each, answer)
    if (place !== null) void reply.header('location', place)
  }
  return reply.type('application/json; charset=utf-8').send(answer.body)
}

/** Where a created object is read: the last name of the path (`/orders/{id}/invoices` makes an invoice) and its id. */
function placeOf(each: Endpoint, { id }: Answer): string | null {
  const name = each.route.path.split('/').findLast((part) => part !== '' && !part.startsWith('{'))
  return id !== null && name !== undefined ? `${apiPrefix}/${name}/${id}` : null
}

function serverTiming(cost: Cost): string {
  const trips = cost.roundTrips === 1 ? '1 round trip' : `${cost.roundTrips} round trips`
  return `db;dur=${cost.milliseconds.toFixed(1)};desc="${trips}"`
}

function checkAnswer(each: Endpoint, answer: Answer): void {
  const name = `${each.route.method} ${each.route.path}`
  if ((answer.file === undefined) !== (each.route.file === undefined))
    throw new Error(`${name} answers a file, or declares one: not both`)
  if (answer.file) return
  if (answer.status === 204) {
    if (each.responseCheck !== null) throw new Error(`${name} answers nothing, its schema says otherwise`)
    return
  }
  if (each.responseCheck === null) throw new Error(`${name} answers something, its schema says nothing`)
  const [fault, ...more] = each.responseCheck.faults(JSON.parse(answer.body))
  if (fault === undefined) return
  const others = more.length > 0 ? ` (and ${more.length} more)` : ''
  throw new Problem(
    500,
    'answer-not-as-described',
    `The answer of ${name} is not what its schema says: ${fault.pointer || 'it'} ${fault.message}${others}`,
    { errors: [fault, ...more].slice(0, 20) },
  )
}

/** JSON is the one content type of the API; an empty body is no body, whatever its type. */
function acceptJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    request.bodyText = body as string
    if (request.bodyText.trim() === '') return done(null, undefined)
    return parse(request, request.bodyText, (error, value) => {
      if (error) {
        done(new Problem(400, 'malformed-json', `The body is not valid JSON: ${error.message}`))
      } else done(null, value)
    })
  })
}

/** A file is sent as it is; what it is, its content says. */
function acceptFilesOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (request, body, done) => {
    // For the Idempotency-Key: the same key must come with the same file.
    request.bodyText = createHash('sha256').update(body).digest('hex')
    done(null, body)
  })
}

function protectPages(app: FastifyInstance, baseUrl: string | undefined): void {
  const secure = baseUrl?.startsWith('https:') ?? false
  // Not the plugin of Fastify: it puts the policy together again for every request.
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // The components of the web app set styles on elements.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // For browsers that do not know frame-ancestors; says the same.
    frameguard: { action: 'deny' },
    strictTransportSecurity: secure ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'same-origin' },
  })
  app.addHook('onRequest', (request, reply, done) => protect(request.raw, reply.raw, done as () => void))
}

async function mountDocumentation(
  app: FastifyInstance,
  endpoints: readonly Endpoint[],
  version: string,
): Promise<void> {
  const document = openApiDocument(endpoints, version)
  const text = JSON.stringify(document)
  app.get(`${apiPrefix}/openapi.json`, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache').send(text),
  )
  await app.register(swagger, {
    mode: 'static',
    specification: { document: JSON.parse(text) as never },
  })
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    uiConfig: { docExpansion: 'none', filter: true, tryItOutEnabled: false },
  })
}

function refuseDuplicates(endpoints: readonly Endpoint[]): void {
  const seen = new Set<string>()
  for (const { route } of endpoints) {
    const name = `${route.method} ${route.path.replace(/\{\w+\}/g, '{}')}`
    if (seen.has(name)) throw new Error(`two routes answer ${route.method} ${route.path}`)
    seen.add(name)
  }
}

/** 404, or 405 when the address exists for other methods. */
function notFoundHandler(
  endpoints: readonly Endpoint[],
): (request: FastifyRequest, reply: FastifyReply) => void {
  const known = endpoints.map(({ path, route }) => ({
    pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`),
    method: route.method,
  }))
  return (request, reply) => {
    const path = request.url.split('?', 1)[0]!
    const methods = known.filter((each) => each.pattern.test(path)).map((each) => each.method)
    const problem =
      methods.length > 0
        ? new Problem(
            405,
            'method-not-allowed',
            `${request.method} is not possible here. Possible: ${methods.join(', ')}.`,
            { facts: { allow: methods.join(', ') } },
          )
        : new Problem(
            404,
            'unknown-address',
            'There is nothing at this address. The API is described at /api/docs.',
          )
    sendProblem(problem, request, reply)
  }
}

/** One line per request; never headers, bodies or the query, which may hold secrets. */
function logRequest(request: FastifyRequest, reply: FastifyReply): void {
  request.log.info(
    {
      method: request.method,
      path: withoutToken(request.url.split('?', 1)[0]!),
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime * 10) / 10,
      address: request.ip,
      actor: request.principal?.actor.id,
      company: request.principal?.company.slug,
      ...(request.trace && { traceId: request.trace.traceId }),
    },
    'request',
  )
}
