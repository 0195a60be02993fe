import type { Context } from '../kernel/context.ts'
import type { Made, ReadBack, Transaction } from '../kernel/transaction.ts'
import { allowAlso } from '../http/access.ts'
import { type AnyRoute, route } from '../http/route.ts'
import { IdParams, page } from '../http/schemas.ts'
import {
  type DocumentKind,
  type InvoiceKind,
  describeInvoice,
  invoiceKinds,
  kinds,
  permissionFor,
  transition,
} from '../kinds.ts'
import { Count, Reason } from '../orders/index.ts'
import { applyCredit } from './apply-credit.ts'
import { cancelInvoice, changeInvoice, deleteInvoice } from './change-invoice.ts'
import { createCreditFromReturn } from './create-credit-from-return.ts'
import { type CreditKind, createCredit } from './create-credit.ts'
import { createFromOrder } from './create-from-order.ts'
import { createFromShipments } from './create-from-shipments.ts'
import { createInvoice } from './create-invoice.ts'
import { InvoiceCountQuery, InvoiceListQuery, countInvoices, listInvoices } from './list-invoices.ts'
import { paymentRoutes } from './payments/routes.ts'
import { acceptDifferences, postInvoice } from './post-invoice.ts'
import type { FreshInvoice } from './write-invoice.ts'
import { presentInvoice } from './present-invoice.ts'
import { reportRoutes } from './report-routes.ts'
import {
  Allocations,
  Decision,
  InvoiceChange,
  InvoiceFollowUp,
  InvoiceInput,
  InvoiceListItem,
  InvoiceOut,
  PostInput,
} from './schemas.ts'

function routesOf(kind: InvoiceKind): AnyRoute[] {
  const { path, title, plural, actions, role } = describeInvoice(kind)
  const one = `/${path}/{id}`
  const routes: AnyRoute[] = [
    route({
      method: 'GET',
      path: `/${path}`,
      summary: `List ${plural}`,
      tag: path,
      permission: permissionFor(kind, 'read'),
      query: InvoiceListQuery,
      response: page(InvoiceListItem),
      handle: (tx, { ctx, query }) => listInvoices(tx, ctx, kind, query),
    }),
    route({
      method: 'GET',
      path: `/${path}/count`,
      summary: `Count ${plural}, up to 10,000`,
      tag: path,
      permission: permissionFor(kind, 'read'),
      query: InvoiceCountQuery,
      response: Count,
      handle: (tx, { ctx, query }) => countInvoices(tx, ctx, kind, query),
    }),
    route({
      method: 'GET',
      path: one,
      summary: `Get a ${title} with its lines, payment status, links and allowed actions`,
      tag: path,
      permission: permissionFor(kind, 'read'),
      params: IdParams,
      response: InvoiceOut,
      handle: (tx, { ctx, params }) => presentInvoice(tx, ctx, kind, params.id),
    }),
    route({
      method: 'POST',
      path: `/${path}`,
      summary: `Make a draft ${title} by hand${role === 'claim' ? ', or for several shipments together' : ''}`,
      tag: path,
      permission: permissionFor(kind, 'write'),
      body: InvoiceInput,
      response: InvoiceOut,
      status: 201,
      previewable: true,
      handle: async (tx, { ctx, body }) =>
        postIfAsked(tx, ctx, kind, body, await createInvoice(tx, ctx, kind, body)),
    }),
    route({
      method: 'PATCH',
      path: one,
      summary: `Change a draft ${title}`,
      tag: path,
      permission: permissionFor(kind, 'write'),
      params: IdParams,
      body: InvoiceChange,
      response: InvoiceOut,
      handle: (tx, { ctx, params, body, ifMatch }) => changeInvoice(tx, ctx, kind, params.id, body, ifMatch),
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
      handle: (tx, { ctx, params, ifMatch }) => deleteInvoice(tx, ctx, kind, params.id, ifMatch),
    }),
    route({
      method: 'POST',
      path: `${one}/post`,
      summary: actions['post']!.summary,
      description: transition(actions['post']!),
      tag: path,
      permission: permissionFor(kind, actions['post']!.verb),
      params: IdParams,
      body: PostInput,
      bodyOptional: true,
      response: InvoiceOut,
      previewable: true,
      handle: (tx, { ctx, params, body, ifMatch }) =>
        postInvoice(tx, ctx, kind, params.id, body?.acceptDifferences ?? null, ifMatch),
    }),
    route({
      method: 'POST',
      path: `${one}/cancel`,
      summary: actions['cancel']!.summary,
      description: transition(actions['cancel']!),
      tag: path,
      permission: permissionFor(kind, actions['cancel']!.verb),
      params: IdParams,
      body: Reason,
      bodyOptional: true,
      response: InvoiceOut,
      previewable: true,
      handle: (tx, { ctx, params, body, ifMatch }) =>
        cancelInvoice(tx, ctx, kind, params.id, body?.reason ?? null, ifMatch),
    }),
  ]
  if (actions['accept-differences']) {
    routes.push(
      route({
        method: 'POST',
        path: `${one}/accept-differences`,
        summary: actions['accept-differences'].summary,
        description: transition(actions['accept-differences']),
        tag: path,
        permission: permissionFor(kind, actions['accept-differences'].verb),
        params: IdParams,
        body: Decision,
        response: InvoiceOut,
        previewable: true,
        handle: (tx, { ctx, params, body, ifMatch }) =>
          acceptDifferences(tx, ctx, params.id, body.reason, ifMatch),
      }),
    )
  }
  if (actions['apply']) {
    routes.push(
      route({
        method: 'POST',
        path: `${one}/apply`,
        summary: actions['apply'].summary,
        description: `${transition(actions['apply'])} An empty body applies it to the oldest due documents of the party first.`,
        tag: path,
        permission: permissionFor(kind, actions['apply'].verb),
        params: IdParams,
        body: Allocations,
        bodyOptional: true,
        response: InvoiceOut,
        previewable: true,
        handle: (tx, { ctx, params, body, ifMatch }) =>
          applyCredit(tx, ctx, kind as CreditKind, params.id, body ?? {}, ifMatch),
      }),
    )
  }
  return routes
}

/** A draft stays one unless the request says `post`; then both are one action of one transaction. */
function postIfAsked(
  tx: Transaction,
  ctx: Context,
  kind: InvoiceKind,
  asked: { readonly post?: boolean; readonly acceptDifferences?: { readonly reason: string } },
  made: Made<InvoiceOut, FreshInvoice>,
): Promise<ReadBack<InvoiceOut>> | ReadBack<InvoiceOut> {
  if (asked.post !== true) return made
  allowAlso(ctx, permissionFor(kind, describeInvoice(kind).actions['post']!.verb))
  return postInvoice(tx, ctx, kind, made.id, asked.acceptDifferences ?? null, null, made.known)
}

/** POST /sales-orders/{id}/invoices and its kin. */
function followUpRoutes(kind: InvoiceKind): AnyRoute[] {
  const { sources, path, role } = describeInvoice(kind)
  return sources.map((source: DocumentKind) => {
    const from = kinds[source]
    const summary = from.followUps.find((f) => f.kind === kind)!.summary
    const family = from.family
    return route({
      method: 'POST',
      path: `/${from.path}/{id}/${path}`,
      summary: `${summary} (makes a draft, or with \`post\` does it)`,
      description: 'An empty body takes all that is open; `lines: [{sourceLineId, quantity}]` takes a part.',
      tag: from.path,
      permission: permissionFor(kind, 'write'),
      params: IdParams,
      body: InvoiceFollowUp,
      bodyOptional: true,
      response: InvoiceOut,
      status: 201,
      previewable: true,
      handle: async (tx, { ctx, params, body: given }) => {
        const body = given ?? {}
        const make = (): Promise<Made<InvoiceOut, FreshInvoice>> => {
          if (role === 'credit') {
            const credit = kind as 'credit-note' | 'vendor-credit'
            return family === 'invoice'
              ? createCredit(tx, ctx, credit, params.id, body)
              : createCreditFromReturn(tx, ctx, credit, params.id, body)
          }
          const claim = kind as 'invoice' | 'bill'
          return family === 'order'
            ? createFromOrder(tx, ctx, claim, params.id, body)
            : createFromShipments(tx, ctx, claim, [params.id], body)
        }
        return postIfAsked(tx, ctx, kind, body, await make())
      },
    })
  })
}

export const invoiceRoutes: AnyRoute[] = [
  ...invoiceKinds.flatMap((kind) => [...routesOf(kind), ...followUpRoutes(kind)]),
  ...paymentRoutes,
  ...reportRoutes,
]
