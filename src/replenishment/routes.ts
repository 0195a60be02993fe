import { Type } from 'typebox'
import { Count } from '../http/count.ts'
import { type AnyRoute, route } from '../http/route.ts'
import { Empty, IdParams, object, page } from '../http/schemas.ts'
import { readBack } from '../kernel/transaction.ts'
import { OrderOut } from '../orders/index.ts'
import { explainProposal } from './proposals/explain-proposal.ts'
import { countProposals, listProposals } from './proposals/list-proposals.ts'
import { orderProposals } from './proposals/order-proposals.ts'
import {
  ProposalCountQuery,
  ProposalExplainQuery,
  ProposalExplained,
  ProposalOut,
  ProposalQuery,
  ProposalsToOrder,
} from './proposals/schema.ts'
import {
  countReorderLevels,
  listReorderLevels,
  loadReorderLevel,
} from './reorder-levels/list-reorder-levels.ts'
import {
  ReorderLevelBody,
  ReorderLevelCountQuery,
  ReorderLevelOut,
  ReorderLevelPatch,
  ReorderLevelQuery,
} from './reorder-levels/schema.ts'
import {
  changeReorderLevel,
  deleteReorderLevel,
  setReorderLevel,
} from './reorder-levels/write-reorder-levels.ts'

const tag = 'Replenishment'

/** When a product is bought again, and what should be bought now. */
export const routes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/reorder-levels',
    summary: 'List reorder levels: minimum, maximum, pack and lead time of a product in a warehouse',
    description: 'Searches the products. Sorts by sku, name, warehouse, createdAt and id.',
    tag,
    permission: 'products:read',
    query: ReorderLevelQuery,
    response: page(ReorderLevelOut),
    handle: (tx, { query, ctx }) => listReorderLevels(tx, ctx.company.id, query),
  }),
  route({
    method: 'GET',
    path: '/reorder-levels/count',
    summary: 'Count reorder levels',
    tag,
    permission: 'products:read',
    query: ReorderLevelCountQuery,
    response: Count,
    handle: (tx, { query, ctx }) => countReorderLevels(tx, ctx.company.id, query),
  }),
  route({
    method: 'GET',
    path: '/reorder-levels/{id}',
    summary: 'Get a reorder level',
    tag,
    permission: 'products:read',
    params: IdParams,
    response: ReorderLevelOut,
    handle: (tx, { params, ctx }) => loadReorderLevel(tx, ctx.company.id, params.id),
  }),
  route({
    method: 'POST',
    path: '/reorder-levels',
    summary: 'Set the reorder level of a product in a warehouse, in place of the one that stood there',
    tag,
    permission: 'products:write',
    body: ReorderLevelBody,
    response: ReorderLevelOut,
    status: 201,
    example: {
      body: {
        productId: '01930000-0000-7000-8000-000000000002',
        minimum: '10',
        maximum: '50',
        packSize: '12',
        leadTimeDays: 7,
      },
    },
    async handle(tx, { body, ctx }) {
      const id = await setReorderLevel(tx, ctx, body)
      return readBack(() => loadReorderLevel(tx, ctx.company.id, id))
    },
  }),
  route({
    method: 'PATCH',
    path: '/reorder-levels/{id}',
    summary: 'Change a reorder level',
    tag,
    permission: 'products:write',
    params: IdParams,
    body: ReorderLevelPatch,
    response: ReorderLevelOut,
    async handle(tx, { params, body, ctx, ifMatch }) {
      await changeReorderLevel(tx, ctx, params.id, body, ifMatch)
      return readBack(() => loadReorderLevel(tx, ctx.company.id, params.id))
    },
  }),
  route({
    method: 'DELETE',
    path: '/reorder-levels/{id}',
    summary: 'Delete a reorder level: the product is not proposed for the warehouse any more',
    tag,
    permission: 'products:write',
    params: IdParams,
    response: Empty,
    status: 204,
    handle: (tx, { params, ctx, ifMatch }) => deleteReorderLevel(tx, ctx, params.id, ifMatch),
  }),
  route({
    method: 'GET',
    path: '/purchase-proposals',
    summary: 'What should be bought now, and why',
    description:
      'Computed at this moment from reorder levels, stock, orders and past sales; nothing of it is stored. Searches the products. Sorts by sku, name, vendor, warehouse and quantity.',
    tag,
    permission: 'purchase-order:read',
    query: ProposalQuery,
    response: page(ProposalOut),
    handle: (tx, { query, ctx }) => listProposals(tx, ctx, query),
  }),
  route({
    method: 'GET',
    path: '/purchase-proposals/count',
    summary: 'Count purchase proposals',
    tag,
    permission: 'purchase-order:read',
    query: ProposalCountQuery,
    response: Count,
    handle: (tx, { query, ctx }) => countProposals(tx, ctx, query),
  }),
  route({
    method: 'GET',
    path: '/purchase-proposals/explain',
    summary: 'The documents behind a proposal, or why nothing is proposed',
    tag,
    permission: 'purchase-order:read',
    query: ProposalExplainQuery,
    response: ProposalExplained,
    handle: (tx, { query, ctx }) => explainProposal(tx, ctx, query),
  }),
  route({
    method: 'POST',
    path: '/purchase-proposals/order',
    summary: 'Make draft purchase orders from proposals, one for each vendor and warehouse',
    description:
      'Refused with 409 when less is needed by now than the proposals said, so that nobody orders a second time what somebody else has just ordered.',
    tag,
    permission: 'purchase-order:write',
    body: ProposalsToOrder,
    response: object({ orders: Type.Array(OrderOut) }),
    status: 201,
    example: {
      body: {
        lines: [
          {
            productId: '01930000-0000-7000-8000-000000000002',
            warehouseId: '01930000-0000-7000-8000-000000000003',
            vendorId: '01930000-0000-7000-8000-000000000004',
            quantity: '48',
            proposed: '48',
          },
        ],
      },
    },
    handle: (tx, { body, ctx }) => orderProposals(tx, ctx, body),
  }),
]
