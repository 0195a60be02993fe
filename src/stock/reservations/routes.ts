import { Count } from '../../http/count.ts'
import { type AnyRoute, route } from '../../http/route.ts'
import { IdParams, page } from '../../http/schemas.ts'
import { permissionFor, transition } from '../../kinds.ts'
import { changeReservation } from './change-reservation.ts'
import { createReservation } from './create-reservation.ts'
import { reservation } from './description.ts'
import { extendReservation } from './extend-reservation.ts'
import { countReservations, listReservations } from './list-reservations.ts'
import { presentReservation } from './present-reservation.ts'
import { releaseReservation } from './release-reservation.ts'
import {
  Extension,
  Release,
  ReservationChange,
  ReservationCountQuery,
  ReservationInput,
  ReservationItem,
  ReservationListQuery,
  ReservationOut,
} from './schemas.ts'

const { path, actions } = reservation
const tag = path
const one = `/${path}/{id}`
const read = permissionFor('stock-reservation', 'read')

export const reservationRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: `/${path}`,
    summary: 'List stock reservations',
    description: 'Sorts by id, number and reserveUntil.',
    tag,
    permission: read,
    query: ReservationListQuery,
    response: page(ReservationItem),
    handle: (tx, { ctx, query }) => listReservations(tx, ctx, query),
  }),
  route({
    method: 'GET',
    path: `/${path}/count`,
    summary: 'Count stock reservations, up to 10,000',
    tag,
    permission: read,
    query: ReservationCountQuery,
    response: Count,
    handle: (tx, { ctx, query }) => countReservations(tx, ctx, query),
  }),
  route({
    method: 'GET',
    path: one,
    summary: 'Get a stock reservation with its lines, links and allowed actions',
    tag,
    permission: read,
    params: IdParams,
    response: ReservationOut,
    handle: (tx, { ctx, params }) => presentReservation(tx, ctx, params.id),
  }),
  route({
    method: 'POST',
    path: `/${path}`,
    summary: 'Hold goods for a customer from now on, all or nothing',
    tag,
    // There is no draft: making it holds goods.
    permission: permissionFor('stock-reservation', 'post'),
    body: ReservationInput,
    response: ReservationOut,
    status: 201,
    previewable: true,
    example: {
      body: {
        partyId: '01930000-0000-7000-8000-000000000001',
        reserveUntil: '2026-12-01T12:00:00Z',
        lines: [{ productId: '01930000-0000-7000-8000-000000000002', quantity: '5' }],
      },
    },
    handle: (tx, { ctx, body }) => createReservation(tx, ctx, body),
  }),
  route({
    method: 'PATCH',
    path: one,
    summary: 'Change reference and notes of a stock reservation',
    tag,
    permission: permissionFor('stock-reservation', 'write'),
    params: IdParams,
    body: ReservationChange,
    response: ReservationOut,
    handle: (tx, { ctx, params, body, ifMatch }) => changeReservation(tx, ctx, params.id, body, ifMatch),
  }),
  route({
    method: 'POST',
    path: `${one}/release`,
    summary: actions.release.summary,
    description: transition(actions.release),
    tag,
    permission: permissionFor('stock-reservation', actions.release.verb),
    params: IdParams,
    body: Release,
    bodyOptional: true,
    response: ReservationOut,
    previewable: true,
    handle: (tx, { ctx, params, body, ifMatch }) =>
      releaseReservation(tx, ctx, params.id, body ?? {}, ifMatch),
  }),
  route({
    method: 'POST',
    path: `${one}/extend`,
    summary: actions.extend.summary,
    description: transition(actions.extend),
    tag,
    permission: permissionFor('stock-reservation', actions.extend.verb),
    params: IdParams,
    body: Extension,
    bodyOptional: true,
    response: ReservationOut,
    previewable: true,
    handle: (tx, { ctx, params, body, ifMatch }) =>
      extendReservation(tx, ctx, params.id, body ?? {}, ifMatch),
  }),
]
