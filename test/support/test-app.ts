import type { FastifyInstance } from 'fastify'
import { setClock } from '../../src/kernel/clock.ts'
import type { Company } from '../../src/kernel/context.ts'
import type { Database } from '../../src/kernel/transaction.ts'
import { buildServer, type ServerOptions } from '../../src/http/server.ts'
import type { AnyRoute } from '../../src/http/route.ts'
import type { Role } from '../../src/permissions.ts'
import { Api } from './api.ts'
import { type Caller, Companies } from './companies.ts'
import { copyDatabase } from './databases.ts'

/** A running server with a database, a company and a signed-in owner of its own. */
export interface TestApp {
  readonly base: string
  readonly db: Database
  readonly ownerDb: Database
  readonly ownerUrl: string
  readonly company: Company
  readonly owner: Caller
  readonly server: FastifyInstance
  /** Calls the API as the owner, or as `as`; throws unless it succeeds or answers `expect`. */
  readonly api: Api['call']
  /** Calls the API and gives whatever comes back. */
  readonly send: Api['send']
  /** Somebody with this role in the company (or in another one). */
  signInAs(role: Role, where?: { company?: Company; partyId?: string }): Promise<Caller>
  /** Another company of the same installation, with its owner. */
  newCompany(settings?: Partial<Company>): Promise<Caller>
  close(): Promise<void>
}

export interface TestAppOptions {
  /** Settings of the company. */
  readonly company?: Partial<Company>
  /** These routes in place of the rooms'. */
  readonly routes?: readonly AnyRoute[]
  readonly server?: Partial<ServerOptions>
}

/** Starts a real HTTP server on a copy of the migrated database. Call `close` in afterAll. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = await copyDatabase()
  const companies = new Companies(database.ownerDb)
  const company = await companies.create(options.company)
  const owner = await companies.signIn(company, 'owner')
  const server = await buildServer({
    db: database.db,
    routes: options.routes ?? [],
    authenticate: companies.authenticate,
    validateResponses: true,
    rateLimits: null,
    ...options.server,
  })
  const base = await server.listen({ host: '127.0.0.1', port: 0 })
  const api = new Api(base, owner)
  return {
    base,
    db: database.db,
    ownerDb: database.ownerDb,
    ownerUrl: database.ownerUrl,
    company,
    owner,
    server,
    api: api.call.bind(api) as Api['call'],
    send: api.send.bind(api) as Api['send'],
    signInAs: (role, where = {}) => companies.signIn(where.company ?? company, role, where.partyId ?? null),
    async newCompany(settings) {
      return companies.signIn(await companies.create(settings), 'owner')
    },
    async close() {
      setClock(null)
      // An answer that a test did not read to its end must not hold the server up.
      server.server.closeAllConnections()
      await server.close()
      await database.drop()
    },
  }
}
