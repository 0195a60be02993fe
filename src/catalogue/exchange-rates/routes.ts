import { Count } from '../../http/count.ts'
import { type AnyRoute, route } from '../../http/route.ts'
import { Empty, IdParams, listQuery, object, page } from '../../http/schemas.ts'
import { readBack } from '../../kernel/transaction.ts'
import { countRates, listRates, loadRate } from './list-rates.ts'
import { RateBody, RateOut, RatePatch, rateFilters } from './schema.ts'
import { changeRate, deleteRate, setRate } from './write-rates.ts'

const tag = 'Exchange rates'

export const exchangeRateRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/exchange-rates',
    summary: 'List exchange rates, the latest first',
    description: 'Sorts by date, currency and id.',
    tag,
    permission: 'exchange-rates:read',
    query: object({
      sort: listQuery.sort,
      cursor: listQuery.cursor,
      limit: listQuery.limit,
      ...rateFilters,
    }),
    response: page(RateOut),
    handle: (tx, { query, ctx }) => listRates(tx, ctx.company.id, query),
  }),
  route({
    method: 'GET',
    path: '/exchange-rates/count',
    summary: 'Count exchange rates',
    tag,
    permission: 'exchange-rates:read',
    query: object(rateFilters),
    response: Count,
    handle: (tx, { query, ctx }) => countRates(tx, ctx.company.id, query),
  }),
  route({
    method: 'GET',
    path: '/exchange-rates/{id}',
    summary: 'Get an exchange rate',
    tag,
    permission: 'exchange-rates:read',
    params: IdParams,
    response: RateOut,
    handle: (tx, { params, ctx }) => loadRate(tx, ctx.company.id, params.id),
  }),
  route({
    method: 'POST',
    path: '/exchange-rates',
    summary: 'Set the rate of a currency on a date',
    description:
      'In place of the rate that stood there. A rate holds until the next date with one; documents keep the rate they were made with.',
    tag,
    permission: 'exchange-rates:write',
    body: RateBody,
    response: RateOut,
    status: 201,
    example: { body: { currency: 'AUD', date: '2026-01-01', rate: '0.65' } },
    async handle(tx, { body, ctx }) {
      const id = await setRate(tx, ctx, body)
      return readBack(() => loadRate(tx, ctx.company.id, id))
    },
  }),
  route({
    method: 'PATCH',
    path: '/exchange-rates/{id}',
    summary: 'Correct an exchange rate',
    tag,
    permission: 'exchange-rates:write',
    params: IdParams,
    body: RatePatch,
    response: RateOut,
    async handle(tx, { params, body, ctx, ifMatch }) {
      await changeRate(tx, ctx, params.id, body, ifMatch)
      return readBack(() => loadRate(tx, ctx.company.id, params.id))
    },
  }),
  route({
    method: 'DELETE',
    path: '/exchange-rates/{id}',
    summary: 'Delete an exchange rate; documents keep theirs',
    tag,
    permission: 'exchange-rates:write',
    params: IdParams,
    response: Empty,
    status: 204,
    handle: (tx, { params, ctx, ifMatch }) => deleteRate(tx, ctx, params.id, ifMatch),
  }),
]
