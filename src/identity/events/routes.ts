import { type AnyRoute, route } from '../../http/route.ts'
import { IdParams, page } from '../../http/schemas.ts'
import { listEvents, loadEvent } from './list-events.ts'
import { EventOut, eventQuery } from './schema.ts'

/** One table, two readers: people look back from the newest, programs read on from where they were. */
export const eventRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/audit',
    summary: 'Who did what, when, before and after; the newest first',
    tag: 'Audit',
    permission: 'audit:read',
    query: eventQuery,
    response: page(EventOut),
    handle: (tx, { query, ctx }) => listEvents(tx, ctx.company.id, query, '-id'),
  }),
  route({
    method: 'GET',
    path: '/audit/{id}',
    summary: 'Get an entry of the audit trail',
    tag: 'Audit',
    permission: 'audit:read',
    params: IdParams,
    response: EventOut,
    handle: (tx, { params, ctx }) => loadEvent(tx, ctx.company.id, params.id),
  }),
  route({
    method: 'GET',
    path: '/events',
    summary: 'What happened, for programs; the oldest first',
    description:
      'Entries of transactions that end at the same time can appear a moment after later ones. Who must miss none reads again from some seconds back, or uses webhooks.',
    tag: 'Events',
    permission: 'events:read',
    query: eventQuery,
    response: page(EventOut),
    handle: (tx, { query, ctx }) => listEvents(tx, ctx.company.id, query, 'id'),
  }),
  route({
    method: 'GET',
    path: '/events/{id}',
    summary: 'Get an event',
    tag: 'Events',
    permission: 'events:read',
    params: IdParams,
    response: EventOut,
    handle: (tx, { params, ctx }) => loadEvent(tx, ctx.company.id, params.id),
  }),
]
