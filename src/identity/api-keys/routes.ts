import { type AnyRoute, route } from '../../http/route.ts'
import { Empty, IdParams, listQuery, object, page } from '../../http/schemas.ts'
import { readBack } from '../../kernel/transaction.ts'
import { createApiKey } from './create-key.ts'
import { listApiKeys, loadApiKey } from './list-keys.ts'
import { revokeApiKey } from './revoke-key.ts'
import { KeyBody, KeyOut, NewKeyOut, keyFilters } from './schema.ts'

const tag = 'API keys'

export const apiKeyRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api-keys',
    summary: 'List the API keys of the company',
    description: 'Sorts by name, createdAt and lastUsedAt.',
    tag,
    permission: 'api-keys:read',
    query: object({ sort: listQuery.sort, cursor: listQuery.cursor, limit: listQuery.limit, ...keyFilters }),
    response: page(KeyOut),
    handle: (tx, { query, ctx }) => listApiKeys(tx, ctx.company.id, ctx.now, query),
  }),
  route({
    method: 'GET',
    path: '/api-keys/{id}',
    summary: 'Get an API key, without its secret',
    tag,
    permission: 'api-keys:read',
    params: IdParams,
    response: KeyOut,
    handle: (tx, { params, ctx }) => loadApiKey(tx, ctx.company.id, params.id, ctx.now),
  }),
  route({
    method: 'POST',
    path: '/api-keys',
    summary: 'Make an API key; its secret is shown once',
    tag,
    permission: 'api-keys:write',
    body: KeyBody,
    response: NewKeyOut,
    status: 201,
    example: { body: { name: 'Web shop', role: 'sales' } },
    withoutSecrets: (answer) => ({
      ...answer,
      key: 'shown once, in the first answer; revoke this key and make another',
    }),
    async handle(tx, { body, ctx }) {
      const { id, key } = createApiKey(tx, ctx, body)
      return readBack(async () => ({ ...(await loadApiKey(tx, ctx.company.id, id, ctx.now)), key }))
    },
  }),
  route({
    method: 'DELETE',
    path: '/api-keys/{id}',
    summary: 'Revoke an API key, at once and for good',
    tag,
    permission: 'api-keys:write',
    params: IdParams,
    response: Empty,
    status: 204,
    handle: (tx, { params, ctx }) => revokeApiKey(tx, ctx, params.id),
  }),
]
