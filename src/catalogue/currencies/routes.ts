import { Count } from '../../http/count.ts'
import { type AnyRoute, route } from '../../http/route.ts'
import { Empty, listQuery, object, page } from '../../http/schemas.ts'
import { badCursor } from '../../kernel/keyset.ts'
import { readBack } from '../../kernel/transaction.ts'
import { listCurrencies, loadCurrency } from './list-currencies.ts'
import {
  CurrencyBody,
  CurrencyOut,
  CurrencyParams,
  CurrencyPatch,
  currencyFilters,
  currencyLimit,
} from './schema.ts'
import { changeCurrency, createCurrency, deleteCurrency } from './write-currencies.ts'

const tag = 'Currencies'

export const currencyRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/currencies',
    summary: 'List currencies by code',
    tag,
    permission: 'currencies:read',
    query: object({ cursor: listQuery.cursor, limit: currencyLimit, ...currencyFilters }),
    response: page(CurrencyOut),
    async handle(tx, { query, ctx }) {
      const currencies = await listCurrencies(tx, ctx.company.id, query)
      // They are so few that a page is cut from all of them; the cursor is the code before it.
      if (query.cursor !== undefined && !/^[A-Z]{3}$/.test(query.cursor)) throw badCursor()
      const rest = currencies.filter((currency) => currency.code > (query.cursor ?? ''))
      const items = rest.slice(0, query.limit ?? 200)
      return { items, nextCursor: items.length < rest.length ? items.at(-1)!.code : null }
    },
  }),
  route({
    method: 'GET',
    path: '/currencies/count',
    summary: 'Count currencies',
    tag,
    permission: 'currencies:read',
    query: object(currencyFilters),
    response: Count,
    async handle(tx, { query, ctx }) {
      const currencies = await listCurrencies(tx, ctx.company.id, query)
      return { count: currencies.length, capped: false }
    },
  }),
  route({
    method: 'GET',
    path: '/currencies/{code}',
    summary: 'Get a currency',
    tag,
    permission: 'currencies:read',
    params: CurrencyParams,
    response: CurrencyOut,
    handle: (tx, { params, ctx }) => loadCurrency(tx, ctx.company.id, params.code),
  }),
  route({
    method: 'POST',
    path: '/currencies',
    summary: 'Add a currency; what is left out comes from ISO 4217',
    tag,
    permission: 'currencies:write',
    body: CurrencyBody,
    response: CurrencyOut,
    status: 201,
    example: { body: { code: 'AUD' } },
    async handle(tx, { body, ctx }) {
      createCurrency(tx, ctx, body)
      return readBack(() => loadCurrency(tx, ctx.company.id, body.code))
    },
  }),
  route({
    method: 'PATCH',
    path: '/currencies/{code}',
    summary: 'Change a currency; its decimals are fixed',
    tag,
    permission: 'currencies:write',
    params: CurrencyParams,
    body: CurrencyPatch,
    response: CurrencyOut,
    async handle(tx, { params, body, ctx }) {
      await changeCurrency(tx, ctx, params.code, body)
      return readBack(() => loadCurrency(tx, ctx.company.id, params.code))
    },
  }),
  route({
    method: 'DELETE',
    path: '/currencies/{code}',
    summary: 'Delete a currency that nothing is in',
    tag,
    permission: 'currencies:write',
    params: CurrencyParams,
    response: Empty,
    status: 204,
    handle: (tx, { params, ctx }) => deleteCurrency(tx, ctx, params.code),
  }),
]
