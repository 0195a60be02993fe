import { archiveRoutes } from '../../http/archive-routes.ts'
import { Count } from '../../http/count.ts'
import { type AnyRoute, route } from '../../http/route.ts'
import { Empty, IdParams, listQuery, object, page, rowIds } from '../../http/schemas.ts'
import { archiving } from '../../journal/archive.ts'
import { readBack } from '../../kernel/transaction.ts'
import { countTaxes, listTaxes } from './list-taxes.ts'
import { TaxBody, TaxOut, TaxPatch, taxFilters } from './schema.ts'
import { loadTax } from './tax-row.ts'
import { changeTax, createTaxes, deleteTax } from './write-taxes.ts'

const tag = 'Taxes'

export const taxRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/taxes',
    summary: 'List taxes',
    description: 'Archived ones only when asked for. Sorts by name, rate and id.',
    tag,
    permission: 'taxes:read',
    query: object({ ...listQuery, ids: rowIds, ...taxFilters }),
    response: page(TaxOut),
    handle: (tx, { query, ctx }) => listTaxes(tx, ctx.company.id, query),
  }),
  route({
    method: 'GET',
    path: '/taxes/count',
    summary: 'Count taxes',
    tag,
    permission: 'taxes:read',
    query: object({ q: listQuery.q, ...taxFilters }),
    response: Count,
    handle: (tx, { query, ctx }) => countTaxes(tx, ctx.company.id, query),
  }),
  route({
    method: 'GET',
    path: '/taxes/{id}',
    summary: 'Get a tax',
    tag,
    permission: 'taxes:read',
    params: IdParams,
    response: TaxOut,
    handle: (tx, { params, ctx }) => loadTax(tx, ctx.company.id, params.id),
  }),
  route({
    method: 'POST',
    path: '/taxes',
    summary: 'Make a tax',
    tag,
    permission: 'taxes:write',
    body: TaxBody,
    response: TaxOut,
    status: 201,
    example: { body: { name: 'GST 10 %', rate: '10', category: 'S' } },
    async handle(tx, { body, ctx }) {
      const [id] = createTaxes(tx, ctx, [body])
      return readBack(() => loadTax(tx, ctx.company.id, id!))
    },
  }),
  route({
    method: 'PATCH',
    path: '/taxes/{id}',
    summary: 'Change a tax for what is written from now on',
    tag,
    permission: 'taxes:write',
    params: IdParams,
    body: TaxPatch,
    response: TaxOut,
    async handle(tx, { params, body, ctx, ifMatch }) {
      await changeTax(tx, ctx, params.id, body, ifMatch)
      return readBack(() => loadTax(tx, ctx.company.id, params.id))
    },
  }),
  route({
    method: 'DELETE',
    path: '/taxes/{id}',
    summary: 'Delete a tax that nothing uses',
    tag,
    permission: 'taxes:write',
    params: IdParams,
    response: Empty,
    status: 204,
    handle: (tx, { params, ctx, ifMatch }) => deleteTax(tx, ctx, params.id, ifMatch),
  }),
  ...archiveRoutes({
    path: '/taxes',
    name: 'tax',
    tag,
    permission: 'taxes:write',
    response: TaxOut,
    setArchived: archiving('taxes', 'tax'),
    load: loadTax,
  }),
]
