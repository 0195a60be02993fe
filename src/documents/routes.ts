import { Type } from 'typebox'
import { type AnyRoute, route } from '../http/route.ts'
import { IdParams, object } from '../http/schemas.ts'
import type { Context } from '../kernel/context.ts'
import { notFound } from '../kernel/problem.ts'
import { Chain, findChain, readable } from '../journal/links.ts'
import { withCarried } from './carried.ts'
import { ExplainQuery, ExplanationOut, explainDocument } from './explain.ts'
import { SearchOut, SearchQuery, searchEverything } from './search.ts'
import {
  ViewChange,
  ViewInput,
  ViewOut,
  ViewsQuery,
  changeView,
  deleteView,
  listViews,
  saveView,
} from './views.ts'

/** Of a chain only what the caller may read. */
function readableChain(ctx: Context, chain: Awaited<ReturnType<typeof findChain>>) {
  const nodes = readable(ctx.permissions, chain.nodes)
  const seen = new Set(nodes.map((node) => node.id))
  return { nodes, edges: chain.edges.filter((edge) => seen.has(edge.from) && seen.has(edge.to)) }
}

export const documentRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/documents/{id}/chain',
    summary: 'The chain of a document as a graph: what it comes from and what was made from it',
    tag: 'documents',
    permission: 'member',
    params: IdParams,
    response: Chain,
    handle: async (tx, { ctx, params }) => {
      const chain = readableChain(ctx, await findChain(tx, ctx, params.id))
      if (!chain.nodes.some((node) => node.id === params.id)) throw notFound('document')
      return withCarried(tx, ctx, chain)
    },
  }),
  route({
    method: 'GET',
    path: '/documents/{id}/explain',
    summary: 'Why a status or an amount of a document is what it is: the rows that make it, and the rule',
    tag: 'documents',
    permission: 'member',
    params: IdParams,
    query: ExplainQuery,
    response: ExplanationOut,
    handle: (tx, { ctx, params, query }) => explainDocument(tx, ctx, params.id, query.field),
  }),
  route({
    method: 'GET',
    path: '/search',
    summary: 'Search over documents, products and parties at once (command palette)',
    tag: 'search',
    permission: 'member',
    query: SearchQuery,
    response: SearchOut,
    handle: (tx, { ctx, query }) => searchEverything(tx, ctx, query),
  }),
  route({
    method: 'GET',
    path: '/views',
    summary: 'Saved views of lists: your own and those that others share',
    tag: 'views',
    permission: 'views:read',
    query: ViewsQuery,
    response: object({ items: Type.Array(ViewOut) }),
    handle: (tx, { ctx, query }) => listViews(tx, ctx, query.list),
  }),
  route({
    method: 'POST',
    path: '/views',
    summary: 'Save a view of a list',
    tag: 'views',
    permission: 'views:write',
    body: ViewInput,
    response: ViewOut,
    status: 201,
    handle: (tx, { ctx, body }) => saveView(tx, ctx, body),
  }),
  route({
    method: 'PATCH',
    path: '/views/{id}',
    summary: 'Change a view of yours',
    tag: 'views',
    permission: 'views:write',
    params: IdParams,
    body: ViewChange,
    response: ViewOut,
    handle: (tx, { ctx, params, body, ifMatch }) => changeView(tx, ctx, params.id, body, ifMatch),
  }),
  route({
    method: 'DELETE',
    path: '/views/{id}',
    summary: 'Delete a view of yours',
    tag: 'views',
    permission: 'views:write',
    params: IdParams,
    response: undefined,
    status: 204,
    handle: (tx, { ctx, params }) => deleteView(tx, ctx, params.id),
  }),
]
