import { Type } from 'typebox'
import { type AnyRoute, route } from '../http/route.ts'
import { allowAlso } from '../http/access.ts'
import { DateText, Id, object } from '../http/schemas.ts'
import { AgeingOut, ageing } from './ageing.ts'
import { SalesByMonthOut, SalesByMonthQuery, salesByMonth } from './sales-by-month.ts'

const tag = 'Reports'
const query = object({
  partyId: Type.Optional(Id),
  asOf: Type.Optional({ ...DateText, description: 'At the end of this day; today when left out.' }),
})

/** Figures over many documents, made from the ledger at the moment they are asked for. */
export const reportRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/receivables',
    summary: 'What customers owe, by how long it is due',
    tag,
    permission: 'invoice:read',
    query,
    response: AgeingOut,
    handle: (tx, { ctx, query: asked }) => ageing(tx, ctx, 'customer', asked),
  }),
  route({
    method: 'GET',
    path: '/payables',
    summary: 'What vendors are owed, by how long it is due',
    tag,
    permission: 'bill:read',
    query,
    response: AgeingOut,
    handle: (tx, { ctx, query: asked }) => ageing(tx, ctx, 'vendor', asked),
  }),
  route({
    method: 'GET',
    path: '/sales-by-month',
    summary: 'Sales, cost of goods, margin, and money in and out, by month',
    description: 'Also needs `invoice:read`, `credit-note:read`, `payment:read`.',
    tag,
    // Costs and what vendors are paid stand in it: nothing for a customer's login.
    permission: 'bill:read',
    query: SalesByMonthQuery,
    response: SalesByMonthOut,
    handle: (tx, { ctx, query: { months } }) => {
      for (const each of ['invoice:read', 'credit-note:read', 'payment:read'] as const) allowAlso(ctx, each)
      return salesByMonth(tx, ctx, months ?? 12)
    },
  }),
]
