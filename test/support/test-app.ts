import type { FastifyInstance } from 'fastify'
import { type AppOptions, buildApp } from '../../src/app.ts'
import type { AnyRoute } from '../../src/http/route.ts'
import { setClock } from '../../src/kernel/clock.ts'
import type { Company } from '../../src/kernel/context.ts'
import type { Database } from '../../src/kernel/transaction.ts'
import type { Role } from '../../src/permissions.ts'
import { Api } from './api.ts'
import { type Caller, type CompanySettings, makeCompany, makeKey, makeSession } from './companies.ts'
import { copyDatabase } from './databases.ts'
import { askServerProcesses } from './server-processes.ts'

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
  /** An API key with this role in the company (or in another one). */
  signInAs(role: Role, where?: Where): Promise<Caller>
  /** A person with this role, signed in with a password: the requests carry a session cookie. */
  sessionAs(role: Role, where?: Where): Promise<Caller>
  /** Another company of the same installation, with its owner's key. */
  newCompany(settings?: CompanySettings): Promise<Caller>
  close(): Promise<void>
}

export interface Where {
  readonly company?: Company
  /** Of a customer's login. */
  readonly partyId?: string
}

export interface TestAppOptions {
  /** Settings of the company. */
  readonly company?: CompanySettings
  /** These routes in place of the rooms'. */
  readonly routes?: readonly AnyRoute[]
  readonly server?: Partial<AppOptions>
  /** 2: requests go by turns to two server processes of their own, for a race between processes. */
  readonly processes?: 1 | 2
}

/** Starts a real HTTP server on a copy of the migrated database. Call `close` in afterAll. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = await copyDatabase()
  const company = await makeCompany(database, options.company)
  const owner = await makeKey(database, company, 'owner')
  const server = await buildApp({
    db: database.db,
    secret: 'a secret of tests, which protects nothing',
    baseUrl: 'http://localhost',
    validateResponses: true,
    rateLimits: null,
    signInLimits: null,
    ...(options.routes && { routes: options.routes }),
    ...options.server,
  })
  const base = await server.listen({ host: '127.0.0.1', port: 0 })
  const bases =
    options.processes === 2 ? await askServerProcesses({ ask: 'open', ownerUrl: database.ownerUrl }) : [base]
  const apis = bases.map((each) => new Api(each, owner))
  let turn = 0
  const byTurns = (): Api => apis[turn++ % apis.length]!
  return {
    base,
    db: database.db,
    ownerDb: database.ownerDb,
    ownerUrl: database.ownerUrl,
    company,
    owner,
    server,
    api: ((...asked) => byTurns().call(...asked)) as Api['call'],
    send: ((...asked) => byTurns().send(...asked)) as Api['send'],
    signInAs: (role, where = {}) => makeKey(database, where.company ?? company, role, where.partyId),
    sessionAs: (role, where = {}) =>
      makeSession(database, base, where.company ?? company, role, where.partyId),
    async newCompany(settings) {
      return makeKey(database, await makeCompany(database, settings), 'owner')
    },
    async close() {
      setClock(null)
      if (options.processes === 2) await askServerProcesses({ ask: 'close', ownerUrl: database.ownerUrl })
      // An answer that a test did not read to its end must not hold the server up.
      server.server.closeAllConnections()
      await server.close()
      await database.drop()
    },
  }
}
