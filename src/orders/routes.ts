import { Type } from 'typebox'
import { type AnyRoute, route } from '../http/route.ts'
import { IdParams, object, optional, page, text } from '../http/schemas.ts'
import { type OrderKind, describeOrder, orderKinds, permissionFor, transition } from '../kinds.ts'
import { amendOrder } from './amend-order.ts'
import { endOrder } from './cancel-order.ts'
import { changeOrder, deleteOrder } from './change-order.ts'
import { confirmOrder } from './confirm-order.ts'
import { createOrder } from './create-order.ts'
import { OrderCountQuery, OrderListQuery, countOrders, listOrders } from './list-orders.ts'
import { reservationOrderRoutes } from './order-reservation.ts'
import { presentOrder } from './present-order.ts'
import { OrderAmendment, OrderChange, OrderInput, OrderListItem, OrderOut } from './schemas.ts'

export const Reason = object({ reason: optional(text(500, { description: 'Kept in the history.' })) })
export const Count = object({
  count: Type.Integer(),
  capped: Type.Boolean({ description: 'True: there are more than 10,000.' }),
})

function routesOf(kind: OrderKind): AnyRoute[] {
  const { path, title, plural, actions } = describeOrder(kind)
  const one = `/${path}/{id}`
  const example = {
    partyId: '01930000-0000-7000-8000-000000000001',
    lines: [{ productId: '01930000-0000-7000-8000-000000000002', quantity: '20', unitPrice: '899.00' }],
  }
  const routes = [
    route({
      method: 'GET',
      path: `/${path}`,
      summary: `List ${plural}`,
      tag: path,
      permission: permissionFor(kind, 'read'),
      query: OrderListQuery,
      response: page(OrderListItem),
      handle: (tx, { ctx, query }) => listOrders(tx, ctx, kind, query),
    }),
    route({
      method: 'GET',
      path: `/${path}/count`,
      summary: `Count ${plural}, up to 10,000`,
      tag: path,
      permission: permissionFor(kind, 'read'),
      query: OrderCountQuery,
      response: Count,
      handle: (tx, { ctx, query }) => countOrders(tx, ctx, kind, query),
    }),
    route({
      method: 'GET',
      path: one,
      summary: `Get a ${title} with its lines, statuses, links and allowed actions`,
      tag: path,
      permission: permissionFor(kind, 'read'),
      params: IdParams,
      response: OrderOut,
      handle: (tx, { ctx, params }) => presentOrder(tx, ctx, kind, params.id),
    }),
    route({
      method: 'POST',
      path: `/${path}`,
      summary: `Make a draft ${title}`,
      tag: path,
      permission: permissionFor(kind, 'write'),
      body: OrderInput,
      response: OrderOut,
      status: 201,
      previewable: true,
      example: { body: example },
      handle: (tx, { ctx, body }) => createOrder(tx, ctx, kind, body),
    }),
    route({
      method: 'PATCH',
      path: one,
      summary: `Change a draft ${title}`,
      tag: path,
      permission: permissionFor(kind, 'write'),
      params: IdParams,
      body: OrderChange,
      response: OrderOut,
      handle: (tx, { ctx, params, body, ifMatch }) => changeOrder(tx, ctx, kind, params.id, body, ifMatch),
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
      handle: (tx, { ctx, params, ifMatch }) => deleteOrder(tx, ctx, kind, params.id, ifMatch),
    }),
    route({
      method: 'POST',
      path: `${one}/confirm`,
      summary: actions['confirm']!.summary,
      description: transition(actions['confirm']!),
      tag: path,
      permission: permissionFor(kind, actions['confirm']!.verb),
      params: IdParams,
      response: OrderOut,
      previewable: true,
      handle: (tx, { ctx, params, ifMatch }) => confirmOrder(tx, ctx, kind, params.id, ifMatch),
    }),
    route({
      method: 'POST',
      path: `${one}/amend`,
      summary: actions['amend']!.summary,
      description: transition(actions['amend']!),
      tag: path,
      permission: permissionFor(kind, actions['amend']!.verb),
      params: IdParams,
      body: OrderAmendment,
      response: OrderOut,
      previewable: true,
      handle: (tx, { ctx, params, body, ifMatch }) => amendOrder(tx, ctx, kind, params.id, body, ifMatch),
    }),
    ...(['cancel', 'close'] as const).map((how) =>
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
        response: OrderOut,
        previewable: true,
        handle: (tx, { ctx, params, body, ifMatch }) =>
          endOrder(tx, ctx, kind, params.id, how, body?.reason ?? null, ifMatch),
      }),
    ),
  ]
  return routes
}

export const orderRoutes: AnyRoute[] = [...orderKinds.flatMap(routesOf), ...reservationOrderRoutes]
