import { type Static, Type } from 'typebox'
import { type AnyRoute, route } from '../http/route.ts'
import { IdParams, object } from '../http/schemas.ts'
import { ruleBroken } from '../kernel/problem.ts'
import { readBack } from '../kernel/transaction.ts'
import { listAcceptances, listDisputes, resolveDispute } from './answers.ts'
import {
  type LinkTarget,
  allowLink,
  listLinks,
  listUses,
  loadLink,
  makePortalLink,
  revokeLink,
} from './links.ts'
import {
  AcceptanceOut,
  DisputeOut,
  DisputeQuery,
  LinkBody,
  LinkMade,
  LinkOut,
  LinkQuery,
  ResolveBody,
  UseOut,
} from './schemas.ts'

const tag = 'customer portal'

/** Links, their uses, and what customers answered by them. */
export const staffRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/portal-links',
    summary: 'The links to a document, to everything of a customer, or the latest of all',
    tag,
    permission: 'portal-links:read',
    query: LinkQuery,
    response: object({ items: Type.Array(LinkOut) }),
    handle: async (tx, { ctx, query }) => ({ items: await listLinks(tx, ctx, query) }),
  }),
  route({
    method: 'POST',
    path: '/portal-links',
    summary: 'Make a link by which a customer sees a document, or all of his, without a sign-in',
    description: 'The address is shown once: only a hash of its token is kept.',
    tag,
    permission: 'portal-links:write',
    body: LinkBody,
    response: LinkMade,
    status: 201,
    withoutSecrets: (answer) => ({ ...answer, url: 'shown once, in the first answer; make a new one' }),
    async handle(tx, { ctx, body, surroundings }) {
      const target = targetOf(body)
      allowLink(ctx, 'kind' in target ? target.kind : null)
      const { id, path } = await makePortalLink(tx, ctx, target, body.days)
      return readBack(async () => ({ ...(await loadLink(tx, ctx, id)), url: surroundings.baseUrl + path }))
    },
  }),
  route({
    method: 'POST',
    path: '/portal-links/{id}/revoke',
    summary: 'Revoke a link: nobody comes by it any more',
    tag,
    permission: 'portal-links:write',
    params: IdParams,
    response: LinkOut,
    async handle(tx, { ctx, params }) {
      await revokeLink(tx, ctx, params.id)
      return readBack(() => loadLink(tx, ctx, params.id))
    },
  }),
  route({
    method: 'GET',
    path: '/portal-links/{id}/uses',
    summary: 'When a link was used, from where and for what; the latest first',
    tag,
    permission: 'portal-links:read',
    params: IdParams,
    response: object({ items: Type.Array(UseOut) }),
    handle: async (tx, { ctx, params }) => ({ items: await listUses(tx, ctx, params.id) }),
  }),
  route({
    method: 'GET',
    path: '/portal-disputes',
    summary: 'What customers dispute of a document, or all that waits for an answer',
    tag,
    permission: 'portal-links:read',
    query: DisputeQuery,
    response: object({ items: Type.Array(DisputeOut) }),
    handle: async (tx, { ctx, query }) => ({ items: await listDisputes(tx, ctx, query.documentId) }),
  }),
  route({
    method: 'POST',
    path: '/portal-disputes/{id}/resolve',
    summary: 'Resolve a dispute with an answer that the customer reads',
    tag,
    permission: 'portal-links:write',
    params: IdParams,
    body: ResolveBody,
    response: DisputeOut,
    handle: (tx, { ctx, params, body, ifMatch }) =>
      resolveDispute(tx, ctx, params.id, body.resolution, ifMatch),
  }),
  route({
    method: 'GET',
    path: '/sales-orders/{id}/acceptances',
    summary: 'Who accepted an order by a link, and whether it is still what was accepted',
    tag,
    permission: 'portal-links:read',
    params: IdParams,
    response: object({ items: Type.Array(AcceptanceOut) }),
    handle: async (tx, { ctx, params }) => ({ items: await listAcceptances(tx, ctx, params.id) }),
  }),
]

function targetOf(body: Static<typeof LinkBody>): LinkTarget {
  const { documentKind, documentId, partyId } = body
  if (partyId !== undefined && documentId === undefined && documentKind === undefined) return { partyId }
  if (documentId === undefined || documentKind === undefined || partyId !== undefined) {
    throw ruleBroken(
      'no-target',
      documentId === undefined ? '/documentId' : documentKind === undefined ? '/documentKind' : '/partyId',
      'Say what the link shows: documentKind and documentId, or partyId.',
    )
  }
  return { kind: documentKind, documentId }
}
