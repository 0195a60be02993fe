import type { Static } from 'typebox'
import { type AnyRoute, route } from '../../http/route.ts'
import { DateText, IdParams, literals, object, optional } from '../../http/schemas.ts'
import { type InvoiceInput, InvoiceOut, createInvoice } from '../../invoices/index.ts'
import { kinds, permissionFor } from '../../kinds.ts'
import { type OrderInput, OrderOut, createOrder } from '../../orders/index.ts'
import { recurringKinds } from './schema.ts'
import { bodyOn, takeTemplate } from './template.ts'

const CopyBody = object({
  date: optional({ ...DateText, description: 'Of the copy. Left out: today.' } as typeof DateText),
  prices: optional(
    literals(['current', 'original'], {
      description:
        'Those that apply on the date of the copy, unless it says original. Lines without a product keep theirs.',
    }),
  ),
})
type CopyInput = Static<typeof CopyBody>

/**
 * A new draft with the lines and terms of a document, made once and now what a schedule makes again and again. What belongs
 * to that one document stays with it: its number, its reference, what was done with it, its rate of exchange.
 */
export const copyRoutes: AnyRoute[] = recurringKinds.map((kind) => {
  const { path, title } = kinds[kind]
  return route({
    method: 'POST',
    path: `/${path}/{id}/copy`,
    summary: `Copy this ${title} to a new draft`,
    description:
      'Party, lines, discounts and terms are those of the original, whatever its state; the promised or expected date is as many days after the date of the copy as it was. Number, reference and rate of exchange are not copied.',
    tag: path,
    permission: permissionFor(kind, 'write'),
    params: IdParams,
    body: CopyBody,
    bodyOptional: true,
    response: kind === 'invoice' ? InvoiceOut : OrderOut,
    status: 201,
    previewable: true,
    async handle(tx, { ctx, params, body }) {
      const { date = ctx.today, prices = 'current' }: CopyInput = body ?? {}
      const { template } = await takeTemplate(tx, ctx, kind, params.id)
      const made = { ...bodyOn(template, kind, date, prices), reference: null }
      return kind === 'invoice'
        ? createInvoice(tx, ctx, kind, made as InvoiceInput)
        : createOrder(tx, ctx, kind, made as OrderInput)
    },
  })
})
