import type { FastifyRequest } from 'fastify'
import type { Principal } from '../http/principal.ts'
import { Problem, forbidden } from '../kernel/problem.ts'
import { type Role, permissionsOf, roles } from '../permissions.ts'
import type { SignedIn } from './signed-in.ts'

/** The header by which a person who may manage users sees what another role sees. */
const header = 'zapas-see-as'

/**
 * The same person with no more than a role has, as long as the request says so: what the role may not see is refused
 * as to anybody who has it. Nothing can be written meanwhile. A customer's login is left out: it sees one customer.
 * @throws 403 for who may not manage users, 400 for no such role
 */
export function seenAs(principal: Principal, request: FastifyRequest): Principal {
  const asked = request.headers[header]
  if (typeof asked !== 'string' || asked === '') return principal
  const role = roles.find((each) => each === asked && each !== 'customer')
  if (role === undefined)
    throw new Problem(400, 'unknown-role', `The header Zapas-See-As names no role: ${seenRoles.join(', ')}.`)
  if (!principal.permissions.has('users:read'))
    throw forbidden('Only who may see users can see Zapas as another role does.')
  const permissions = new Set(
    [...permissionsOf[role]].filter((permission) => principal.permissions.has(permission)),
  )
  const actor: SignedIn = { ...(principal.actor as SignedIn), permissions }
  return { ...principal, actor, role, permissions, seesAs: role }
}

const seenRoles: readonly Role[] = roles.filter((role) => role !== 'customer')
