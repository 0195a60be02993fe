import type { FastifyInstance } from 'fastify'
import { routes as automation } from './automation/index.ts'
import { routes as catalogue, warehouseRoutes } from './catalogue/index.ts'
import { routes as counts } from './counts/index.ts'
import { routes as demo } from './demo/index.ts'
import { importRoutes, viewExportRoutes } from './exchange/index.ts'
import { Changes, routes as documents, withChanges } from './documents/index.ts'
import type { AnyRoute } from './http/route.ts'
import { type ServerOptions, buildServer } from './http/server.ts'
import { type AuthOptions, createSignIn, routes as identity } from './identity/index.ts'
import { routes as invoices } from './invoices/index.ts'
import { routes as onlinePayments } from './online-payments/index.ts'
import { routes as mail } from './mail/index.ts'
import { routes as orders } from './orders/index.ts'
import { routes as parties } from './parties/index.ts'
import { authenticateLinkBy, routes as portal } from './portal/index.ts'
import { routes as printing } from './printing/index.ts'
import { routes as replenishment } from './replenishment/index.ts'
import { routes as reports } from './reports/index.ts'
import { routes as setup } from './setup/index.ts'
import { routes as shipments } from './shipments/index.ts'
import { setAllowNegative, routes as stock } from './stock/index.ts'
import { webApp } from './web/index.ts'

/** Every endpoint of every room. */
const rooms: readonly AnyRoute[] = [
  ...setup,
  ...demo,
  ...identity,
  ...catalogue,
  ...warehouseRoutes({ afterAllowNegativeChange: setAllowNegative }),
  ...parties,
  ...stock,
  ...orders,
  ...replenishment,
  ...shipments,
  ...counts,
  ...invoices,
  ...documents,
  ...reports,
  ...printing,
  ...mail,
  ...onlinePayments,
  ...portal,
  ...automation,
  ...importRoutes,
]

/** Every endpoint, in the order of the documentation. */
export const routes: readonly AnyRoute[] = [...rooms, ...viewExportRoutes(rooms)]

export interface AppOptions
  extends
    Omit<
      ServerOptions,
      'routes' | 'authenticate' | 'authenticateLink' | 'authHandler' | 'baseUrl' | 'secret'
    >,
    Omit<AuthOptions, 'db' | 'warn'> {
  /** In place of the rooms' own, for tests of the HTTP shell. */
  readonly routes?: readonly AnyRoute[]
}

/** Wires the rooms to HTTP. The caller lets it listen, and closes it before the database. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { secret, trustedOrigins, signInLimits, ...server } = options
  const { db, baseUrl, logger } = options
  const signIn = createSignIn({
    db,
    secret,
    baseUrl,
    trustedOrigins,
    signInLimits,
    warn: (message) => logger?.warn(message),
  })
  return buildServer({
    web: webApp(),
    routes,
    previewer: { run: withChanges, schema: Changes },
    ...server,
    ...signIn,
    secret,
    authenticateLink: authenticateLinkBy(db),
  })
}
