import type { FastifyInstance } from 'fastify'
import type { AnyRoute } from '../../src/http/route.ts'
import { buildServer } from '../../src/http/server.ts'
import { routes as catalogue } from '../../src/catalogue/index.ts'
import { type AuthOptions, createSignIn, routes as identity } from '../../src/identity/index.ts'
import { routes as parties } from '../../src/parties/index.ts'
import { type FirstStart, firstStart, routes as setup } from '../../src/setup/index.ts'
import { type TestDatabase, copyDatabase } from '../support/databases.ts'

export const owner = { email: 'owner@example.com', password: 'correct-horse-battery-1' }

/** A whole installation as `npm start` makes it, with the real sign-in. */
export interface Installation extends TestDatabase {
  readonly base: string
  readonly server: FastifyInstance
  /** Signs in and answers the cookie. */
  signIn(email: string, password: string): Promise<string>
  /** Sends what it is told to /api/auth. */
  auth(path: string, body: object, headers?: Record<string, string>): Promise<Response>
  /** Calls the API with a cookie or a key. */
  call(method: string, path: string, options?: Call): Promise<Answer>
  close(): Promise<void>
}

export interface Call {
  readonly cookie?: string
  readonly key?: string
  readonly company?: string
  readonly body?: object
  readonly headers?: Record<string, string>
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: Json
}

/** What comes back, with the fields that these tests read. */
export interface Json {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly slug: string
  readonly role: string
  readonly type: string
  readonly code: string
  readonly detail: string
  readonly version: number
  readonly permissions: readonly string[]
  readonly company: Json
  readonly companies: readonly Json[]
  readonly items: readonly Json[]
  readonly nextCursor: string | null
  readonly key: string
  readonly oneTimePassword: string
  readonly mustChangePassword: boolean
  readonly [field: string]: unknown
}

export async function startInstallation(
  options: {
    readonly start?: FirstStart | null
    readonly auth?: Partial<AuthOptions>
    readonly routes?: readonly AnyRoute[]
  } = {},
): Promise<Installation> {
  const database = await copyDatabase()
  const start =
    options.start === undefined ? { ownerEmail: owner.email, ownerPassword: owner.password } : options.start
  if (start !== null) await firstStart(database.db, start)
  const { authHandler, authenticate } = createSignIn({
    db: database.db,
    secret: 'a-secret-of-this-test-that-is-long-enough-0123456789',
    baseUrl: 'http://localhost:3000',
    signInLimits: null,
    ...options.auth,
  })
  const server = await buildServer({
    db: database.db,
    routes: options.routes ?? [...identity, ...setup, ...catalogue, ...parties],
    authenticate,
    authHandler,
    validateResponses: true,
    rateLimits: null,
  })
  const base = await server.listen({ host: '127.0.0.1', port: 0 })
  const auth: Installation['auth'] = (path, body, headers = {}) =>
    fetch(`${base}/api/auth${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: base, ...headers },
      body: JSON.stringify(body),
    })
  return {
    ...database,
    base,
    server,
    auth,
    async signIn(email, password) {
      const response = await auth('/sign-in/email', { email, password })
      if (!response.ok) throw new Error(`sign-in ${response.status} ${await response.text()}`)
      return cookieOf(response)
    },
    async call(method, path, { cookie, key, company, body, headers } = {}) {
      const answer = await fetch(`${base}/api/v1${path}`, {
        method,
        headers: {
          origin: base,
          ...(cookie !== undefined && { cookie }),
          ...(key !== undefined && { authorization: `Bearer ${key}` }),
          ...(company !== undefined && { 'zapas-company': company }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      return { status: answer.status, headers: answer.headers, text, json: parsed(text) }
    },
    async close() {
      await server.close()
      await database.drop()
    },
  }
}

export function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return {} as Json
  }
}
