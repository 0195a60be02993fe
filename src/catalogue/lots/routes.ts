import { Count } from '../../http/count.ts'
import { type AnyRoute, route } from '../../http/route.ts'
import { IdParams, listQuery, object, page } from '../../http/schemas.ts'
import { readBack } from '../../kernel/transaction.ts'
import { changeLot } from './change-lot.ts'
import { countLots, listLots, loadLot } from './list-lots.ts'
import { LotOut, LotPatch, lotFilters } from './schema.ts'

const tag = 'Lots and serial numbers'

/** Lots come into being when goods are received; here they are looked up and described. */
export const lotRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/lots',
    summary: 'List lots and serial numbers with what is on hand',
    description: '`q` finds a part of the number. Sorts by number, expiresOn, createdAt and id.',
    tag,
    permission: 'lots:read',
    query: object({ ...listQuery, ...lotFilters }),
    response: page(LotOut),
    handle: (tx, { query, ctx }) => listLots(tx, ctx.company.id, query),
  }),
  route({
    method: 'GET',
    path: '/lots/count',
    summary: 'Count lots and serial numbers',
    tag,
    permission: 'lots:read',
    query: object({ q: listQuery.q, ...lotFilters }),
    response: Count,
    handle: (tx, { query, ctx }) => countLots(tx, ctx.company.id, query),
  }),
  route({
    method: 'GET',
    path: '/lots/{id}',
    summary: 'Get a lot or serial number',
    tag,
    permission: 'lots:read',
    params: IdParams,
    response: LotOut,
    handle: (tx, { params, ctx }) => loadLot(tx, ctx.company.id, params.id),
  }),
  route({
    method: 'PATCH',
    path: '/lots/{id}',
    summary: 'Change the expiry or notes of a lot',
    tag,
    permission: 'lots:write',
    params: IdParams,
    body: LotPatch,
    response: LotOut,
    async handle(tx, { params, body, ctx, ifMatch }) {
      await changeLot(tx, ctx, params.id, body, ifMatch)
      return readBack(() => loadLot(tx, ctx.company.id, params.id))
    },
  }),
]
