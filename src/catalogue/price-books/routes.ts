import { archiveRoutes } from '../../http/archive-routes.ts'
import { Count } from '../../http/count.ts'
import { type AnyRoute, route } from '../../http/route.ts'
import { Empty, IdParams, listQuery, object, page, rowIds } from '../../http/schemas.ts'
import { archiving } from '../../journal/archive.ts'
import { readBack } from '../../kernel/transaction.ts'
import { countPriceBooks, listPriceBooks } from './list-price-books.ts'
import { loadPriceBook } from './price-book-row.ts'
import { listPrices } from './list-prices.ts'
import {
  PriceBookBody,
  PriceBookItem,
  PriceBookOut,
  PriceBookPatch,
  PriceChoiceOut,
  PricesOut,
  PricesQuery,
  WhichPriceQuery,
  priceBookFilters,
} from './schema.ts'
import { whichPrice } from './which-price.ts'
import { changePriceBook, createPriceBook, deletePriceBook } from './write-price-books.ts'

const tag = 'Price books'

export const priceBookRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/price-books',
    summary: 'List price books, without their entries',
    description:
      'Archived ones only when asked for. Sorts by name, currency, validFrom, validTo, priority, createdAt and id.',
    tag,
    permission: 'price-books:read',
    query: object({ ...listQuery, ids: rowIds, ...priceBookFilters }),
    response: page(PriceBookItem),
    handle: (tx, { query, ctx }) => listPriceBooks(tx, ctx.company.id, query),
  }),
  route({
    method: 'GET',
    path: '/price-books/count',
    summary: 'Count price books',
    tag,
    permission: 'price-books:read',
    query: object({ q: listQuery.q, ...priceBookFilters }),
    response: Count,
    handle: (tx, { query, ctx }) => countPriceBooks(tx, ctx.company.id, query),
  }),
  route({
    method: 'GET',
    path: '/price-books/prices',
    summary: 'What one product costs in each price book, or the prices of one book',
    tag,
    permission: 'price-books:read',
    query: PricesQuery,
    response: PricesOut,
    handle: (tx, { query, ctx }) => listPrices(tx, ctx.company.id, query),
  }),
  route({
    method: 'GET',
    path: '/price-books/which',
    summary: 'Which price applies, and why',
    tag,
    permission: 'price-books:read',
    query: WhichPriceQuery,
    response: PriceChoiceOut,
    handle: (tx, { query, ctx }) => whichPrice(tx, ctx, query),
  }),
  route({
    method: 'GET',
    path: '/price-books/{id}',
    summary: 'Get a price book with its entries',
    tag,
    permission: 'price-books:read',
    params: IdParams,
    response: PriceBookOut,
    handle: (tx, { params, ctx }) => loadPriceBook(tx, ctx.company.id, params.id),
  }),
  route({
    method: 'POST',
    path: '/price-books',
    summary: 'Make a price book',
    tag,
    permission: 'price-books:write',
    body: PriceBookBody,
    response: PriceBookOut,
    status: 201,
    example: { body: { name: 'Retail AUD', currency: 'AUD', validFrom: '2026-01-01', entries: [] } },
    async handle(tx, { body, ctx }) {
      const id = await createPriceBook(tx, ctx, body)
      return readBack(() => loadPriceBook(tx, ctx.company.id, id))
    },
  }),
  route({
    method: 'PATCH',
    path: '/price-books/{id}',
    summary: 'Change a price book; entries are replaced as a whole',
    description: 'Prices on documents stay what they are.',
    tag,
    permission: 'price-books:write',
    params: IdParams,
    body: PriceBookPatch,
    response: PriceBookOut,
    async handle(tx, { params, body, ctx, ifMatch }) {
      await changePriceBook(tx, ctx, params.id, body, ifMatch)
      return readBack(() => loadPriceBook(tx, ctx.company.id, params.id))
    },
  }),
  route({
    method: 'DELETE',
    path: '/price-books/{id}',
    summary: 'Delete a price book that nothing uses',
    tag,
    permission: 'price-books:write',
    params: IdParams,
    response: Empty,
    status: 204,
    handle: (tx, { params, ctx, ifMatch }) => deletePriceBook(tx, ctx, params.id, ifMatch),
  }),
  ...archiveRoutes({
    path: '/price-books',
    name: 'price book',
    tag,
    permission: 'price-books:write',
    response: PriceBookOut,
    setArchived: archiving('price_books', 'price-book'),
    load: loadPriceBook,
  }),
]
