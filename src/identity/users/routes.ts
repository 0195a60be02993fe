import { Count } from '../../http/count.ts'
import { type AnyRoute, route } from '../../http/route.ts'
import { Empty, listQuery, object, page } from '../../http/schemas.ts'
import { readBack } from '../../kernel/transaction.ts'
import { changeMembership, removeMember } from './change-membership.ts'
import { createUser } from './create-user.ts'
import { giveOneTimePassword } from './give-one-time-password.ts'
import { countUsers, listUsers } from './list-users.ts'
import {
  NewUserOut,
  OneTimePasswordBody,
  OneTimePasswordOut,
  UserBody,
  UserOut,
  UserParams,
  UserPatch,
  userFilters,
} from './schema.ts'
import { loadUser } from './user-row.ts'

const tag = 'Users'

export const userRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/users',
    summary: 'List the people of the company',
    description: 'Sorts by name, email, role and createdAt.',
    tag,
    permission: 'users:read',
    query: object({ ...listQuery, ...userFilters }),
    response: page(UserOut),
    handle: (tx, { query, ctx }) => listUsers(tx, ctx.company.id, query),
  }),
  route({
    method: 'GET',
    path: '/users/count',
    summary: 'Count the people of the company',
    tag,
    permission: 'users:read',
    query: object({ q: listQuery.q, ...userFilters }),
    response: Count,
    handle: (tx, { query, ctx }) => countUsers(tx, ctx.company.id, query),
  }),
  route({
    method: 'GET',
    path: '/users/{id}',
    summary: 'Get a person of the company',
    tag,
    permission: 'users:read',
    params: UserParams,
    response: UserOut,
    handle: (tx, { params, ctx }) => loadUser(tx, ctx.company.id, params.id),
  }),
  route({
    method: 'POST',
    path: '/users',
    summary: 'Give a person access to the company',
    description:
      'Makes an account unless there is one with this e-mail address. Without a password a one-time password is made and shown once.',
    tag,
    permission: 'users:write',
    body: UserBody,
    response: NewUserOut,
    status: 201,
    example: { body: { email: 'ewa@example.com', name: 'Ewa Nowak', role: 'sales' } },
    withoutSecrets: (answer) => ({ ...answer, oneTimePassword: null }),
    async handle(tx, { body, ctx }) {
      const { id, oneTimePassword } = await createUser(tx, ctx, body)
      return readBack(async () => ({ ...(await loadUser(tx, ctx.company.id, id)), oneTimePassword }))
    },
  }),
  route({
    method: 'PATCH',
    path: '/users/{id}',
    summary: 'Change the role of a person in the company',
    description: 'A new role begins with its own permissions, without the exceptions of the old one.',
    tag,
    permission: 'users:write',
    params: UserParams,
    body: UserPatch,
    response: UserOut,
    example: { body: { role: 'accounting' } },
    async handle(tx, { params, body, ctx, ifMatch }) {
      await changeMembership(tx, ctx, params.id, body, ifMatch)
      return readBack(() => loadUser(tx, ctx.company.id, params.id))
    },
  }),
  route({
    method: 'DELETE',
    path: '/users/{id}',
    summary: 'Take a person’s access to the company away',
    tag,
    permission: 'users:write',
    params: UserParams,
    response: Empty,
    status: 204,
    handle: (tx, { params, ctx, ifMatch }) => removeMember(tx, ctx, params.id, ifMatch),
  }),
  route({
    method: 'POST',
    path: '/users/{id}/one-time-password',
    summary: 'Give a one-time password to a person who forgot theirs',
    description: 'Ends the person’s sessions. It must be replaced at the next sign-in.',
    tag,
    permission: 'users:write',
    params: UserParams,
    body: OneTimePasswordBody,
    bodyOptional: true,
    response: OneTimePasswordOut,
    withoutSecrets: () => ({ oneTimePassword: 'shown once, in the first answer; ask for another' }),
    async handle(tx, { params, body, ctx }) {
      return { oneTimePassword: await giveOneTimePassword(tx, ctx, params.id, body) }
    },
  }),
]
