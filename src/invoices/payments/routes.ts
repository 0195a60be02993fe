import { allowAlso } from '../../http/access.ts'
import { type AnyRoute, route } from '../../http/route.ts'
import { IdParams, page } from '../../http/schemas.ts'
import { describeInvoice, invoiceKinds, transition } from '../../kinds.ts'
import { Count, Reason } from '../../orders/index.ts'
import {
  allocatePayment,
  cancelPayment,
  changePayment,
  createPayment,
  deletePayment,
  postPayment,
  refundPayment,
} from './allocate.ts'
import { PaymentCountQuery, PaymentListQuery, countPayments, listPayments } from './list-payments.ts'
import { pay } from './pay.ts'
import { paymentDescription, presentPayment } from './present-payment.ts'
import {
  AllocateInput,
  PayInput,
  PaymentChange,
  PaymentInput,
  PaymentListItem,
  PaymentOut,
} from './schemas.ts'

const tag = 'payments'
const one = '/payments/{id}'
const { actions } = paymentDescription

const own: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/payments',
    summary: 'List payments',
    tag,
    permission: 'payment:read',
    query: PaymentListQuery,
    response: page(PaymentListItem),
    handle: (tx, { ctx, query }) => listPayments(tx, ctx, query),
  }),
  route({
    method: 'GET',
    path: '/payments/count',
    summary: 'Count payments, up to 10,000',
    tag,
    permission: 'payment:read',
    query: PaymentCountQuery,
    response: Count,
    handle: (tx, { ctx, query }) => countPayments(tx, ctx, query),
  }),
  route({
    method: 'GET',
    path: one,
    summary: 'Get a payment with its allocations',
    tag,
    permission: 'payment:read',
    params: IdParams,
    response: PaymentOut,
    handle: (tx, { ctx, params }) => presentPayment(tx, ctx, params.id),
  }),
  route({
    method: 'POST',
    path: '/payments',
    summary: 'Make a draft payment, over several documents or on account; with `post` it is booked at once',
    tag,
    permission: 'payment:write',
    body: PaymentInput,
    response: PaymentOut,
    status: 201,
    previewable: true,
    handle: async (tx, { ctx, body }) => {
      const made = await createPayment(tx, ctx, body)
      if (body.post !== true) return made
      allowAlso(ctx, 'payment:post')
      return postPayment(tx, ctx, made.id, null)
    },
  }),
  route({
    method: 'PATCH',
    path: one,
    summary: 'Change a draft payment',
    tag,
    permission: 'payment:write',
    params: IdParams,
    body: PaymentChange,
    response: PaymentOut,
    handle: (tx, { ctx, params, body, ifMatch }) => changePayment(tx, ctx, params.id, body, ifMatch),
  }),
  route({
    method: 'DELETE',
    path: one,
    summary: 'Delete a draft payment',
    tag,
    permission: 'payment:write',
    params: IdParams,
    response: undefined,
    status: 204,
    handle: (tx, { ctx, params, ifMatch }) => deletePayment(tx, ctx, params.id, ifMatch),
  }),
  route({
    method: 'POST',
    path: `${one}/post`,
    summary: actions.post.summary,
    description: transition(actions.post),
    tag,
    permission: 'payment:post',
    params: IdParams,
    response: PaymentOut,
    previewable: true,
    handle: (tx, { ctx, params, ifMatch }) => postPayment(tx, ctx, params.id, ifMatch),
  }),
  route({
    method: 'POST',
    path: `${one}/allocate`,
    summary: actions.allocate.summary,
    description: transition(actions.allocate),
    tag,
    permission: 'payment:post',
    params: IdParams,
    body: AllocateInput,
    response: PaymentOut,
    previewable: true,
    handle: (tx, { ctx, params, body, ifMatch }) => allocatePayment(tx, ctx, params.id, body, ifMatch),
  }),
  route({
    method: 'POST',
    path: `${one}/refund`,
    summary: actions.refund.summary,
    description: transition(actions.refund),
    tag,
    permission: 'payment:post',
    params: IdParams,
    body: PayInput,
    bodyOptional: true,
    response: PaymentOut,
    status: 201,
    previewable: true,
    handle: (tx, { ctx, params, body }) => refundPayment(tx, ctx, params.id, body ?? {}),
  }),
  route({
    method: 'POST',
    path: `${one}/cancel`,
    summary: actions.cancel.summary,
    description: transition(actions.cancel),
    tag,
    permission: 'payment:cancel',
    params: IdParams,
    body: Reason,
    bodyOptional: true,
    response: PaymentOut,
    previewable: true,
    handle: (tx, { ctx, params, body, ifMatch }) =>
      cancelPayment(tx, ctx, params.id, body?.reason ?? null, ifMatch),
  }),
]

/** POST /invoices/{id}/payments and its kin: posted at once. */
const followUps: AnyRoute[] = invoiceKinds.map((kind) => {
  const { path, role, title } = describeInvoice(kind)
  return route({
    method: 'POST',
    path: `/${path}/{id}/payments`,
    summary:
      role === 'claim'
        ? `Pay the ${title}: all that is open, or a part`
        : `Refund the ${title}: all that is left, or a part`,
    description:
      'Posted at once. Without an amount all that is open is paid, in any currency; in cash to the nearest coin.',
    tag: path,
    permission: 'payment:post',
    params: IdParams,
    body: PayInput,
    bodyOptional: true,
    response: PaymentOut,
    status: 201,
    previewable: true,
    example: { body: { amount: '19778.00', method: 'card' } },
    handle: (tx, { ctx, params, body }) => pay(tx, ctx, kind, params.id, body ?? {}),
  })
})

export const paymentRoutes: AnyRoute[] = [...own, ...followUps]
