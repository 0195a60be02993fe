import type { Context } from '../kernel/context.ts'
import { ruleBroken } from '../kernel/problem.ts'
import type { Made, ReadBack, Transaction } from '../kernel/transaction.ts'
import { allowAlso } from '../http/access.ts'
import { type AnyRoute, route } from '../http/route.ts'
import { IdParams, page } from '../http/schemas.ts'
import {
  type OrderKind,
  type ShipmentKind,
  describeOrder,
  describeShipment,
  permissionFor,
  shipmentKinds,
  titles,
  transition,
} from '../kinds.ts'
import { Count, Reason, endOrder } from '../orders/index.ts'
import { changeShipment, deleteShipment } from './change-shipment.ts'
import type { FreshShipment } from './load-posting.ts'
import { createFromOrder, createFromShipment, createShipment } from './create-shipment.ts'
import {
  ShipmentCountQuery,
  ShipmentListQuery,
  TransferCountQuery,
  TransferListQuery,
  countShipments,
  listShipments,
} from './list-shipments.ts'
import { endShipment, postShipment, receiveShipment } from './post-shipment.ts'
import { presentShipment } from './present-shipment.ts'
import {
  ShipmentChange,
  ShipmentFollowUp,
  ShipmentInput,
  ShipmentListItem,
  ShipmentOut,
  TransferReceipt,
} from './schemas.ts'

function routesOf(kind: ShipmentKind): AnyRoute[] {
  const { path, title, plural, actions } = describeShipment(kind)
  const one = `/${path}/{id}`
  const routes: AnyRoute[] = [
    route({
      method: 'GET',
      path: `/${path}`,
      summary: `List ${plural}`,
      tag: path,
      permission: permissionFor(kind, 'read'),
      query: kind === 'stock-transfer' ? TransferListQuery : ShipmentListQuery,
      response: page(ShipmentListItem),
      handle: (tx, { ctx, query }) => listShipments(tx, ctx, kind, query),
    }),
    route({
      method: 'GET',
      path: `/${path}/count`,
      summary: `Count ${plural}, up to 10,000`,
      tag: path,
      permission: permissionFor(kind, 'read'),
      query: kind === 'stock-transfer' ? TransferCountQuery : ShipmentCountQuery,
      response: Count,
      handle: (tx, { ctx, query }) => countShipments(tx, ctx, kind, query),
    }),
    route({
      method: 'GET',
      path: one,
      summary: `Get a ${title} with its lines, links and allowed actions`,
      tag: path,
      permission: permissionFor(kind, 'read'),
      params: IdParams,
      response: ShipmentOut,
      handle: (tx, { ctx, params }) => presentShipment(tx, ctx, kind, params.id),
    }),
    route({
      method: 'POST',
      path: `/${path}`,
      summary: `Make a draft ${title}`,
      tag: path,
      permission: permissionFor(kind, 'write'),
      body: ShipmentInput,
      response: ShipmentOut,
      status: 201,
      previewable: true,
      handle: async (tx, { ctx, body }) =>
        postIfAsked(tx, ctx, kind, body, await createShipment(tx, ctx, kind, body)),
    }),
    route({
      method: 'PATCH',
      path: one,
      summary: `Change a draft ${title}`,
      tag: path,
      permission: permissionFor(kind, 'write'),
      params: IdParams,
      body: ShipmentChange,
      response: ShipmentOut,
      handle: (tx, { ctx, params, body, ifMatch }) => changeShipment(tx, ctx, kind, params.id, body, ifMatch),
    }),
    route({
      method: 'DELETE',
      path: one,
      summary: `Delete a draft ${title}`,
      tag: path,
      permission: permissionFor(kind, 'write'),
      params: IdParams,
      response: undefined,
      status: 204,
      handle: (tx, { ctx, params, ifMatch }) => deleteShipment(tx, ctx, kind, params.id, ifMatch),
    }),
    route({
      method: 'POST',
      path: `${one}/post`,
      summary: actions['post']!.summary,
      description: transition(actions['post']!),
      tag: path,
      permission: permissionFor(kind, actions['post']!.verb),
      params: IdParams,
      response: ShipmentOut,
      previewable: true,
      handle: (tx, { ctx, params, ifMatch }) => postShipment(tx, ctx, kind, params.id, ifMatch),
    }),
    ...(['reverse', 'reopen'] as const).map((how) =>
      route({
        method: 'POST',
        path: `${one}/${how}`,
        summary: actions[how]!.summary,
        description: transition(actions[how]!),
        tag: path,
        permission: permissionFor(kind, actions[how]!.verb),
        params: IdParams,
        body: Reason,
        bodyOptional: true,
        response: ShipmentOut,
        previewable: true,
        handle: (tx, { ctx, params, body, ifMatch }) =>
          endShipment(tx, ctx, kind, params.id, how, body?.reason ?? null, ifMatch),
      }),
    ),
  ]
  if (actions['receive']) {
    routes.push(
      route({
        method: 'POST',
        path: `${one}/receive`,
        summary: actions['receive'].summary,
        description: transition(actions['receive']),
        tag: path,
        permission: permissionFor(kind, actions['receive'].verb),
        params: IdParams,
        body: TransferReceipt,
        bodyOptional: true,
        response: ShipmentOut,
        previewable: true,
        handle: (tx, { ctx, params, body, ifMatch }) => receiveShipment(tx, ctx, params.id, body, ifMatch),
      }),
    )
  }
  return routes
}

/** A draft stays one unless the request says `post`; then both are one action of one transaction. */
function postIfAsked(
  tx: Transaction,
  ctx: Context,
  kind: ShipmentKind,
  asked: { readonly post?: boolean },
  made: Made<ShipmentOut, FreshShipment>,
): Promise<ReadBack<ShipmentOut>> | ReadBack<ShipmentOut> {
  if (asked.post !== true) return made
  allowAlso(ctx, permissionFor(kind, describeShipment(kind).actions['post']!.verb))
  return postShipment(tx, ctx, kind, made.id, null, made.known)
}

/** POST /sales-orders/{id}/delivery-notes and its kin: follow-ups stand under the document they come from. */
function followUpRoutes(kind: ShipmentKind): AnyRoute[] {
  const { source, path } = describeShipment(kind)
  if (source === null) return []
  const from = titles[source.kind]
  const offered = (
    source.kind === 'sales-order' || source.kind === 'purchase-order'
      ? describeOrder(source.kind as OrderKind)
      : describeShipment(source.kind as ShipmentKind)
  ).followUps
  return [
    route({
      method: 'POST',
      path: `/${from.path}/{id}/${path}`,
      summary: `${offered.find((f) => f.kind === kind)!.summary} (makes a draft, or with \`post\` does it)`,
      description: 'An empty body takes all that is open; `lines: [{sourceLineId, quantity}]` takes a part.',
      tag: from.path,
      permission: permissionFor(kind, 'write'),
      params: IdParams,
      body: ShipmentFollowUp,
      bodyOptional: true,
      response: ShipmentOut,
      status: 201,
      previewable: true,
      handle: async (tx, { ctx, params, body: given }) => {
        const body = given ?? {}
        const made =
          kind === 'delivery-note' || kind === 'receipt-note'
            ? await createFromOrder(tx, ctx, kind, params.id, body)
            : await createFromShipment(tx, ctx, kind as 'sales-return' | 'purchase-return', params.id, body)
        const answer = await postIfAsked(tx, ctx, kind, body, made)
        if (body.closeOrder) await closeOrder(tx, ctx, kind, params.id, body)
        return answer
      },
    }),
  ]
}

/** What a delivery or receipt leaves open is not expected any more: one action, with one preview. */
async function closeOrder(
  tx: Transaction,
  ctx: Context,
  kind: ShipmentKind,
  id: string,
  { post, closeOrder: how }: ShipmentFollowUp,
): Promise<void> {
  const from = describeShipment(kind).source!.kind
  if (from !== 'sales-order' && from !== 'purchase-order')
    throw ruleBroken('no-order', '/closeOrder', 'Only a delivery or receipt of an order closes the order.')
  if (post !== true)
    throw ruleBroken(
      'not-posted',
      '/closeOrder',
      'The order is closed when the goods have moved: say post, or close the order afterwards.',
    )
  allowAlso(ctx, permissionFor(from, describeOrder(from).actions['close']!.verb))
  await endOrder(tx, ctx, from, id, 'close', how?.reason ?? null, null)
}

export const shipmentRoutes: AnyRoute[] = shipmentKinds.flatMap((kind) => [
  ...routesOf(kind),
  ...followUpRoutes(kind),
])
