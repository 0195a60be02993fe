import type { FastifyInstance } from 'fastify'
import { routes as catalogue } from './catalogue/index.ts'
import type { AnyRoute } from './http/route.ts'
import { type ServerOptions, buildServer } from './http/server.ts'
import { routes as orders } from './orders/index.ts'

/** Every endpoint of every room, in the order of the documentation. */
export const routes: readonly AnyRoute[] = [...catalogue, ...orders]

export type AppOptions = Omit<ServerOptions, 'routes'>

/** Wires the rooms to HTTP. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  return buildServer({ ...options, routes })
}
