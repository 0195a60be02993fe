import { shortened } from '../http/outside.ts'
import { type AnyRoute, route } from '../http/route.ts'
import { CurrencyCode, object, optional } from '../http/schemas.ts'
import type { Context } from '../kernel/context.ts'
import { zero } from '../kernel/decimal.ts'
import { notFound } from '../kernel/problem.ts'
import { bankTransfer, printDocument, printStatement } from '../printing/index.ts'
import { presentInvoice } from '../invoices/index.ts'
import { acceptOrder, disputeDocument } from './answers.ts'
import { kindOfCovered, presentForCustomer } from './document.ts'
import { presentPortal } from './overview.ts'
import {
  AcceptBody,
  BankOut,
  DisputeBody,
  DocumentParams,
  PortalDocument,
  PortalOut,
  TokenParams,
} from './schemas.ts'

const tag = 'customer portal'
const permission = 'portal'

/** What whoever has a link may ask. The link is found, noted and its scope set before (authenticate-link.ts). */
export const customerRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/portal/{token}',
    summary: 'What a link shows: one document, or the open items of a customer',
    description: 'A link that is unknown, over or revoked is answered alike: 404.',
    tag,
    permission,
    params: TokenParams,
    response: PortalOut,
    handle: (tx, { ctx }) => presentPortal(tx, ctx, scopeOf(ctx)),
  }),
  route({
    method: 'GET',
    path: '/portal/{token}/documents/{id}',
    summary: 'A document as the customer may see it',
    tag,
    permission,
    params: DocumentParams,
    response: PortalDocument,
    handle: async (tx, { ctx, params }) =>
      presentForCustomer(tx, ctx, await covered(tx, ctx, params.id), params.id),
  }),
  route({
    method: 'GET',
    path: '/portal/{token}/documents/{id}/pdf',
    summary: 'A document as PDF: the copy that was kept, byte for byte, if one was',
    tag,
    permission,
    params: DocumentParams,
    response: undefined,
    file: 'application/pdf',
    handle: async (tx, { ctx, params }) =>
      printDocument(tx, ctx, await covered(tx, ctx, params.id), params.id, {}),
  }),
  route({
    method: 'GET',
    path: '/portal/{token}/documents/{id}/bank',
    summary: 'How what is open of an invoice is paid by a bank transfer, with the code to scan',
    tag,
    permission,
    params: DocumentParams,
    response: BankOut,
    async handle(tx, { ctx, params }) {
      if ((await covered(tx, ctx, params.id)) !== 'invoice') return { transfer: null }
      const { number, currency, openAmount } = await presentInvoice(tx, ctx, 'invoice', params.id)
      const open = openAmount.gt(zero)
      return {
        transfer: open ? await bankTransfer(tx, ctx, { currency, amount: openAmount, title: number! }) : null,
      }
    },
  }),
  route({
    method: 'POST',
    path: '/portal/{token}/documents/{id}/acceptance',
    summary: 'Accept an order or a quotation as it is now; repeating it changes nothing',
    tag,
    permission,
    params: DocumentParams,
    body: AcceptBody,
    response: PortalDocument,
    async handle(tx, { ctx, params, body, sent }) {
      const kind = await covered(tx, ctx, params.id)
      await acceptOrder(tx, ctx, params.id, body.name, shortened(sent.address))
      return presentForCustomer(tx, ctx, kind, params.id)
    },
  }),
  route({
    method: 'POST',
    path: '/portal/{token}/documents/{id}/disputes',
    summary: 'Dispute a line, or say something about the document',
    tag,
    permission,
    params: DocumentParams,
    body: DisputeBody,
    response: PortalDocument,
    async handle(tx, { ctx, params, body }) {
      const kind = await covered(tx, ctx, params.id)
      await disputeDocument(tx, ctx, params.id, body)
      return presentForCustomer(tx, ctx, kind, params.id)
    },
  }),
  route({
    method: 'GET',
    path: '/portal/{token}/statement/pdf',
    summary: 'The statement of account of the customer; not by a link to one document',
    tag,
    permission,
    params: TokenParams,
    query: object({ currency: optional(CurrencyCode) }),
    response: undefined,
    file: 'application/pdf',
    handle: (tx, { ctx, query }) => {
      if (scopeOf(ctx) !== null) throw notFound('statement')
      return printStatement(tx, ctx, ctx.partyId!, query)
    },
  }),
]

function scopeOf(ctx: Context): readonly string[] | null {
  return ctx.link?.documents ?? null
}

/**
 * A link to a document shows that one only; what it corrects is there to be printed on it.
 * @throws 404
 */
function covered(tx: Parameters<typeof kindOfCovered>[0], ctx: Context, id: string) {
  const scope = scopeOf(ctx)
  if (scope !== null && scope[0] !== id) throw notFound('document')
  return kindOfCovered(tx, ctx, id)
}
