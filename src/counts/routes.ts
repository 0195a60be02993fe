import { allowAlso } from '../http/access.ts'
import { Count } from '../http/count.ts'
import { type AnyRoute, route } from '../http/route.ts'
import { IdParams, page } from '../http/schemas.ts'
import { permissionFor, stockCount, transition } from '../kinds.ts'
import { Reason } from '../orders/index.ts'
import { ShipmentOut } from '../shipments/index.ts'
import { bookCount } from './book-count.ts'
import { createCount } from './create-count.ts'
import { countActions } from './description.ts'
import { enterCount } from './enter-counted.ts'
import { countCounts, listCounts } from './list-counts.ts'
import { presentCount } from './present-count.ts'
import {
  CountAgain,
  CountBooking,
  CountChange,
  CountEntries,
  CountFinish,
  CountInput,
  CountSheetCountQuery,
  CountSheetItem,
  CountSheetListQuery,
  CountSheetOut,
} from './schemas.ts'
import { cancelCount, changeCount, finishCount, recount } from './take-steps.ts'

const { path } = stockCount
const one = `/${path}/{id}`
const tag = path
/** A count is on the way to a stock adjustment, and is of those who make these. */
const permissionOf = (verb: 'read' | 'write' | 'post' | 'cancel') => permissionFor('stock-adjustment', verb)

function step(action: keyof typeof countActions) {
  const { verb, summary } = countActions[action]
  return {
    method: 'POST',
    path: `${one}/${action === 'enter' ? 'entries' : action}`,
    summary,
    description: transition(countActions[action]),
    tag,
    permission: permissionOf(verb),
    params: IdParams,
  } as const
}

export const routes: AnyRoute[] = [
  route({
    method: 'GET',
    path: `/${path}`,
    summary: 'List stock counts',
    description: 'Searches number and who counts. Sorts by id, number and date.',
    tag,
    permission: permissionOf('read'),
    query: CountSheetListQuery,
    response: page(CountSheetItem),
    handle: (tx, { ctx, query }) => listCounts(tx, ctx, query),
  }),
  route({
    method: 'GET',
    path: `/${path}/count`,
    summary: 'Count stock counts, up to 10,000',
    tag,
    permission: permissionOf('read'),
    query: CountSheetCountQuery,
    response: Count,
    handle: (tx, { ctx, query }) => countCounts(tx, ctx, query),
  }),
  route({
    method: 'GET',
    path: one,
    summary: 'Get a stock count with its lines and allowed actions',
    tag,
    permission: permissionOf('read'),
    params: IdParams,
    response: CountSheetOut,
    handle: (tx, { ctx, params }) => presentCount(tx, ctx, params.id),
  }),
  route({
    method: 'POST',
    path: `/${path}`,
    summary: 'Begin a stock count of a warehouse or a part of it',
    tag,
    permission: permissionOf('write'),
    body: CountInput,
    response: CountSheetOut,
    status: 201,
    example: { body: { abc: 'A', blind: true, counter: 'Marek' } },
    handle: (tx, { ctx, body }) => createCount(tx, ctx, body),
  }),
  route({
    method: 'PATCH',
    path: one,
    summary: 'Change who counts, whether blind, and the notes of a stock count',
    tag,
    permission: permissionOf('write'),
    params: IdParams,
    body: CountChange,
    response: CountSheetOut,
    handle: (tx, { ctx, params, body, ifMatch }) => changeCount(tx, ctx, params.id, body, ifMatch),
  }),
  route({
    ...step('enter'),
    body: CountEntries,
    response: CountSheetOut,
    handle: (tx, { ctx, params, body, ifMatch }) => enterCount(tx, ctx, params.id, body, ifMatch),
  }),
  route({
    ...step('finish'),
    body: CountFinish,
    bodyOptional: true,
    response: CountSheetOut,
    handle: (tx, { ctx, params, body, ifMatch }) => finishCount(tx, ctx, params.id, body ?? {}, ifMatch),
  }),
  route({
    ...step('recount'),
    body: CountAgain,
    response: CountSheetOut,
    handle: (tx, { ctx, params, body, ifMatch }) => recount(tx, ctx, params.id, body, ifMatch),
  }),
  route({
    ...step('stock-adjustments'),
    body: CountBooking,
    bodyOptional: true,
    response: ShipmentOut,
    status: 201,
    previewable: true,
    handle: (tx, { ctx, params, body, ifMatch }) => {
      allowAlso(ctx, permissionOf('write'))
      return bookCount(tx, ctx, params.id, body ?? {}, ifMatch)
    },
  }),
  route({
    ...step('cancel'),
    body: Reason,
    bodyOptional: true,
    response: CountSheetOut,
    handle: (tx, { ctx, params, body, ifMatch }) =>
      cancelCount(tx, ctx, params.id, body?.reason ?? null, ifMatch),
  }),
]
