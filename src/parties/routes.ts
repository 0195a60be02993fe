import { archiveRoutes } from '../http/archive-routes.ts'
import { Count } from '../http/count.ts'
import { type AnyRoute, route } from '../http/route.ts'
import { Empty, IdParams, listQuery, object, page, rowIds } from '../http/schemas.ts'
import { archiving } from '../journal/archive.ts'
import { readBack } from '../kernel/transaction.ts'
import { countParties, listParties } from './list-parties.ts'
import { loadParty } from './party-row.ts'
import { PartyBody, PartyListItem, PartyOut, PartyPatch, partyFilters } from './schema.ts'
import { changeParty, createParties, deleteParty } from './write-parties.ts'

const tag = 'Parties'

export const partyRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/parties',
    summary: 'List customers and vendors',
    description:
      'Archived ones only when asked for. Sorts by name, code, createdAt and id; a search without a sort shows exact spellings first.',
    tag,
    permission: 'parties:read',
    query: object({ ...listQuery, ids: rowIds, ...partyFilters }),
    response: page(PartyListItem),
    handle: (tx, { query, ctx }) => listParties(tx, ctx, query),
  }),
  route({
    method: 'GET',
    path: '/parties/count',
    summary: 'Count customers and vendors',
    tag,
    permission: 'parties:read',
    query: object({ q: listQuery.q, ...partyFilters }),
    response: Count,
    handle: (tx, { query, ctx }) => countParties(tx, ctx.company.id, query),
  }),
  route({
    method: 'GET',
    path: '/parties/{id}',
    summary: 'Get a party with its contacts and addresses',
    tag,
    permission: 'parties:read',
    params: IdParams,
    response: PartyOut,
    handle: (tx, { params, ctx }) => loadParty(tx, ctx.company.id, params.id),
  }),
  route({
    method: 'POST',
    path: '/parties',
    summary: 'Make a customer, a vendor or both',
    tag,
    permission: 'parties:write',
    body: PartyBody,
    response: PartyOut,
    status: 201,
    example: { body: { name: 'Premium Computers', roles: ['customer'], currency: 'AUD' } },
    async handle(tx, { body, ctx }) {
      const [id] = createParties(tx, ctx, [body], () => '')
      return readBack(() => loadParty(tx, ctx.company.id, id!))
    },
  }),
  route({
    method: 'PATCH',
    path: '/parties/{id}',
    summary: 'Change fields of a party; contacts and addresses are replaced as a whole',
    description: 'Documents keep what they were made with.',
    tag,
    permission: 'parties:write',
    params: IdParams,
    body: PartyPatch,
    response: PartyOut,
    async handle(tx, { params, body, ctx, ifMatch }) {
      await changeParty(tx, ctx, params.id, body, ifMatch)
      return readBack(() => loadParty(tx, ctx.company.id, params.id))
    },
  }),
  route({
    method: 'DELETE',
    path: '/parties/{id}',
    summary: 'Delete a party that nothing uses',
    tag,
    permission: 'parties:write',
    params: IdParams,
    response: Empty,
    status: 204,
    handle: (tx, { params, ctx, ifMatch }) => deleteParty(tx, ctx, params.id, ifMatch),
  }),
  ...archiveRoutes({
    path: '/parties',
    name: 'party',
    tag,
    permission: 'parties:write',
    response: PartyOut,
    setArchived: archiving('parties', 'party'),
    load: loadParty,
  }),
]
