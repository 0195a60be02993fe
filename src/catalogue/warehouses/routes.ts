import { archiveRoutes } from '../../http/archive-routes.ts'
import { Count } from '../../http/count.ts'
import { type AnyRoute, route } from '../../http/route.ts'
import { Empty, IdParams, listQuery, object, page, rowIds } from '../../http/schemas.ts'
import { readBack } from '../../kernel/transaction.ts'
import { countWarehouses, listWarehouses, loadWarehouse } from './list-warehouses.ts'
import { WarehouseBody, WarehouseOut, WarehousePatch, warehouseFilters } from './schema.ts'
import {
  type WarehouseHooks,
  addWarehouse,
  changeWarehouse,
  deleteWarehouse,
  setWarehouseArchived,
} from './write-warehouses.ts'

const tag = 'Warehouses'

/**
 * The routes of warehouses. They are built with what the stock room does when a warehouse comes to allow
 * negative stock or not, because this room may not import that one.
 */
export function warehouseRoutes(hooks: WarehouseHooks): AnyRoute[] {
  return [
    route({
      method: 'GET',
      path: '/warehouses',
      summary: 'List warehouses, the oldest first',
      description: 'Archived ones only when asked for. Sorts by id, code and name.',
      tag,
      permission: 'warehouses:read',
      query: object({ ...listQuery, ids: rowIds, ...warehouseFilters }),
      response: page(WarehouseOut),
      handle: (tx, { query, ctx }) => listWarehouses(tx, ctx.company.id, query),
    }),
    route({
      method: 'GET',
      path: '/warehouses/count',
      summary: 'Count warehouses',
      tag,
      permission: 'warehouses:read',
      query: object({ q: listQuery.q, ...warehouseFilters }),
      response: Count,
      handle: (tx, { query, ctx }) => countWarehouses(tx, ctx.company.id, query),
    }),
    route({
      method: 'GET',
      path: '/warehouses/{id}',
      summary: 'Get a warehouse',
      tag,
      permission: 'warehouses:read',
      params: IdParams,
      response: WarehouseOut,
      handle: (tx, { params, ctx }) => loadWarehouse(tx, ctx.company.id, params.id),
    }),
    route({
      method: 'POST',
      path: '/warehouses',
      summary: 'Make a warehouse, with a place for stock and one for quarantine',
      tag,
      permission: 'warehouses:write',
      body: WarehouseBody,
      response: WarehouseOut,
      status: 201,
      example: { body: { code: 'EAST', name: 'East coast' } },
      async handle(tx, { body, ctx }) {
        const id = addWarehouse(tx, ctx, body)
        return readBack(() => loadWarehouse(tx, ctx.company.id, id))
      },
    }),
    route({
      method: 'PATCH',
      path: '/warehouses/{id}',
      summary: 'Change a warehouse',
      tag,
      permission: 'warehouses:write',
      params: IdParams,
      body: WarehousePatch,
      response: WarehouseOut,
      async handle(tx, { params, body, ctx, ifMatch }) {
        await changeWarehouse(tx, ctx, params.id, body, ifMatch, hooks)
        return readBack(() => loadWarehouse(tx, ctx.company.id, params.id))
      },
    }),
    route({
      method: 'DELETE',
      path: '/warehouses/{id}',
      summary: 'Delete a warehouse that nothing uses',
      tag,
      permission: 'warehouses:write',
      params: IdParams,
      response: Empty,
      status: 204,
      handle: (tx, { params, ctx, ifMatch }) => deleteWarehouse(tx, ctx, params.id, ifMatch),
    }),
    ...archiveRoutes({
      path: '/warehouses',
      name: 'warehouse',
      tag,
      permission: 'warehouses:write',
      response: WarehouseOut,
      setArchived: setWarehouseArchived,
      load: loadWarehouse,
    }),
  ]
}
