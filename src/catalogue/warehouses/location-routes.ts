import { archiveRoutes } from '../../http/archive-routes.ts'
import { Count } from '../../http/count.ts'
import { type AnyRoute, route } from '../../http/route.ts'
import { Empty, IdParams, listQuery, object, page } from '../../http/schemas.ts'
import { readBack } from '../../kernel/transaction.ts'
import { countLocations, listLocations, loadLocation } from './list-locations.ts'
import { LocationBody, LocationOut, LocationPatch, locationFilters } from './schema.ts'
import { changeLocation, createLocation, deleteLocation, setLocationArchived } from './write-locations.ts'

const tag = 'Warehouses'

export const locationRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/locations',
    summary: 'List locations by code',
    description:
      'Archived ones only when asked for. `parentId` answers one level of the tree. Sorts by code, name and id.',
    tag,
    permission: 'warehouses:read',
    query: object({ ...listQuery, ...locationFilters }),
    response: page(LocationOut),
    handle: (tx, { query, ctx }) => listLocations(tx, ctx.company.id, query),
  }),
  route({
    method: 'GET',
    path: '/locations/count',
    summary: 'Count locations',
    tag,
    permission: 'warehouses:read',
    query: object({ q: listQuery.q, ...locationFilters }),
    response: Count,
    handle: (tx, { query, ctx }) => countLocations(tx, ctx.company.id, query),
  }),
  route({
    method: 'GET',
    path: '/locations/{id}',
    summary: 'Get a location',
    tag,
    permission: 'warehouses:read',
    params: IdParams,
    response: LocationOut,
    handle: (tx, { params, ctx }) => loadLocation(tx, ctx.company.id, params.id),
  }),
  route({
    method: 'POST',
    path: '/locations',
    summary: 'Make a location in a warehouse',
    tag,
    permission: 'warehouses:write',
    body: LocationBody,
    response: LocationOut,
    status: 201,
    async handle(tx, { body, ctx }) {
      const id = await createLocation(tx, ctx, body)
      return readBack(() => loadLocation(tx, ctx.company.id, id))
    },
  }),
  route({
    method: 'PATCH',
    path: '/locations/{id}',
    summary: 'Change a location; its warehouse and type are fixed',
    tag,
    permission: 'warehouses:write',
    params: IdParams,
    body: LocationPatch,
    response: LocationOut,
    async handle(tx, { params, body, ctx, ifMatch }) {
      await changeLocation(tx, ctx, params.id, body, ifMatch)
      return readBack(() => loadLocation(tx, ctx.company.id, params.id))
    },
  }),
  route({
    method: 'DELETE',
    path: '/locations/{id}',
    summary: 'Delete a location that nothing uses',
    tag,
    permission: 'warehouses:write',
    params: IdParams,
    response: Empty,
    status: 204,
    handle: (tx, { params, ctx, ifMatch }) => deleteLocation(tx, ctx, params.id, ifMatch),
  }),
  ...archiveRoutes({
    path: '/locations',
    name: 'location',
    tag,
    permission: 'warehouses:write',
    response: LocationOut,
    setArchived: setLocationArchived,
    load: loadLocation,
  }),
]
