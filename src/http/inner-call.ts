import type { Context } from '../kernel/context.ts'
import { ReadBack, type Transaction } from '../kernel/transaction.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import type { AnyRoute, Input } from './route.ts'
import { invalidRequest } from './validation.ts'

/** An operation of the API that is about to be called from within. */
export interface InnerCall {
  readonly route: AnyRoute
  run(tx: Transaction): Promise<unknown>
}

/**
 * The public API from within: the same operations by the same addresses, checked by the same schemas, in an
 * open transaction. Who calls it asks for the permission, which a request would need.
 * @returns a function that reads a call; it throws what a request would be refused with, or where there is no
 * such address.
 */
export function innerCalls(routes: readonly AnyRoute[]) {
  const known: Known[] = routes
    .map((route) => ({ route, parts: route.path.split('/'), endpoint: null }))
    // '/products/count' before '/products/{id}'.
    .toSorted((a, b) => named(a.route.path) - named(b.route.path))
  return (method: string, address: string, body: object | undefined, ctx: Context): InnerCall => {
    const [path, search] = address.split('?', 2) as [string, string | undefined]
    const { found, params } = find(known, method, path)
    const query = Object.fromEntries(new URLSearchParams(search))
    const { checks, route } = found
    const faults = [...checks.params.faults(params), ...checks.query.faults(query)]
    if (body !== undefined)
      faults.push(...(checks.body?.faults(body) ?? [{ pointer: '', message: 'no body' }]))
    else if (checks.body !== null && !route.bodyOptional)
      faults.push({ pointer: '', message: 'body missing' })
    if (faults.length > 0) throw invalidRequest(faults)
    const input: Input<unknown, unknown, unknown> = {
      params,
      query,
      body,
      ctx,
      ifMatch: null,
      preview: false,
    }
    return {
      route,
      async run(tx) {
        const done = await route.handle(tx, input as never)
        const result: unknown = done instanceof ReadBack ? await done.run() : done
        await tx.settle()
        return result
      },
    }
  }
}

interface Known {
  readonly route: AnyRoute
  readonly parts: readonly string[]
  endpoint: Endpoint | null
}

function named(path: string): number {
  return path.split('{').length
}

function find(
  known: readonly Known[],
  method: string,
  path: string,
): { found: Endpoint; params: Record<string, string> } {
  const asked = path.split('/')
  for (const each of known) {
    if (each.route.method !== method || each.parts.length !== asked.length) continue
    if (!each.parts.every((part, i) => part.startsWith('{') || part === asked[i])) continue
    const params: Record<string, string> = {}
    for (const [i, part] of each.parts.entries())
      if (part.startsWith('{')) params[part.slice(1, -1)] = asked[i]!
    each.endpoint ??= endpoint(each.route)
    return { found: each.endpoint, params }
  }
  throw new Error(`there is no ${method} ${path}`)
}
