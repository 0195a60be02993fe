import { Type } from 'typebox'
import { type AnyRoute, route } from '../../http/route.ts'
import { Version, object, optional, page, oneLine, text } from '../../http/schemas.ts'
import { readBack } from '../../kernel/transaction.ts'
import { changeSeries } from './change-series.ts'
import { listSeries, loadSeries } from './list-series.ts'

const tag = 'Number series'

const pattern = oneLine(60, {
  minLength: 1,
  description: 'Text with {YYYY}, {YY}, {MM} of the document date and one counter such as {####}.',
})
const nextNumber = Type.Integer({
  minimum: 1,
  maximum: 999_999_999_999,
  description: 'The counter of the next document of today.',
})
const kindParams = Type.Object({ kind: text(60) })

const SeriesOut = object({
  kind: Type.String({ examples: ['invoice'] }),
  pattern,
  nextNumber,
  next: Type.String({
    description: 'The number that a document of today would get.',
    examples: ['INV-0101'],
  }),
  version: Version,
})

const SeriesPatch = object({ pattern: optional(pattern), nextNumber: optional(nextNumber) })

export const numberSeriesRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/number-series',
    summary: 'List how documents are numbered, one series per kind',
    tag,
    permission: 'number-series:read',
    response: page(SeriesOut),
    // One per kind of document: they always fit on a page.
    handle: async (tx, { ctx }) => ({ items: await listSeries(tx, ctx), nextCursor: null }),
  }),
  route({
    method: 'GET',
    path: '/number-series/{kind}',
    summary: 'Get the number series of a kind of document',
    tag,
    permission: 'number-series:read',
    params: kindParams,
    response: SeriesOut,
    handle: (tx, { params, ctx }) => loadSeries(tx, ctx, params.kind),
  }),
  route({
    method: 'PATCH',
    path: '/number-series/{kind}',
    summary: 'Change the pattern or the next number of a series',
    description: 'Documents keep the numbers they have. A number that is in use is not given again.',
    tag,
    permission: 'number-series:write',
    params: kindParams,
    body: SeriesPatch,
    response: SeriesOut,
    example: { body: { pattern: 'INV-{####}', nextNumber: 101 } },
    async handle(tx, { params, body, ctx, ifMatch }) {
      await changeSeries(tx, ctx, params.kind, body, ifMatch)
      return readBack(() => loadSeries(tx, ctx, params.kind))
    },
  }),
]
