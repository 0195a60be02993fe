import type { FastifyRequest } from 'fastify'
import type { Context } from '../kernel/context.ts'
import { Problem, forbidden } from '../kernel/problem.ts'
import { type Permission, type Role, may, permissionsOf, roles } from '../permissions.ts'
import type { Principal } from './principal.ts'

/**
 * Lets the caller through, or says why not.
 * @throws 401 without a sign-in, 403 with the way out when the role does not reach this far.
 */
export function allow(principal: Principal | null, permission: Permission): void {
  if (permission === 'public') return
  if (principal === null) {
    throw new Problem(
      401,
      'not-signed-in',
      'Sign in, or send an API key as "Authorization: Bearer <key>". If you did, that session or key is not valid (any more).',
    )
  }
  if (may(principal.permissions, permission)) return
  throw notPermitted(principal, permission)
}

/**
 * What the body of a request asks besides what its route stands for (make a draft, and post it).
 * @throws 403 as `allow` does.
 */
export function allowAlso(ctx: Context, permission: Permission): void {
  if (!ctx.permissions.has(permission)) throw notPermitted(ctx, permission)
}

function notPermitted(
  caller: Pick<Principal, 'role' | 'actor' | 'company'>,
  permission: Permission,
): Problem {
  const { role, actor, company } = caller
  const holders = roles.filter((each) => permissionsOf[each].has(permission))
  if (holders.includes(role as Role)) {
    return forbidden(
      actor.type === 'key'
        ? `This key is limited: it does not have the permission ${permission}, though its role (${role}) does. Make another key that has it.`
        : `The permission ${permission} of your role (${role}) was taken away from you. The owner of ${company.name} can give it back.`,
    )
  }
  return forbidden(
    `Your role (${role}) does not have the permission ${permission}. The owner of ${company.name} can give it to you; roles that have it: ${holders.join(', ')}.`,
  )
}

/**
 * While somebody sees what another role sees, nothing is written.
 * @throws 403
 */
export function refuseWhileSeeing(principal: Principal | null, reads: boolean): void {
  if (reads || principal?.seesAs === undefined) return
  throw new Problem(
    403,
    'seeing-as',
    `You see Zapas as the role ${principal.seesAs} does, and change nothing meanwhile. Go back to your own view first.`,
  )
}

const harmless = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a write that another website makes a signed-in browser send. A browser names the page that a
 * request comes from; an API key cannot be sent by a strange page, so it needs no such proof.
 * @param trusted origins of this installation besides the host that was called.
 * @throws 403
 */
export function refuseForeignPages(request: FastifyRequest, trusted: ReadonlySet<string>): void {
  if (harmless.has(request.method) || request.headers.authorization !== undefined) return
  if (request.headers.cookie === undefined) return
  const { origin } = request.headers
  const allowed =
    origin === undefined ? fromOwnPage(request) : trusted.has(origin) || hostOf(origin) === request.host
  if (allowed) return
  throw new Problem(
    403,
    'foreign-origin',
    'This write carries a session cookie but does not come from a page of this server. Programs use an API key ("Authorization: Bearer <key>") or send an Origin header with the address of this server.',
  )
}

function fromOwnPage(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site']
  return site === 'same-origin' || site === 'none'
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host
  } catch {
    return null
  }
}
