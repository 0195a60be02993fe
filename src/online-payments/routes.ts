import { Type } from 'typebox'
import { Outside } from '../http/outside.ts'
import { type AnyRoute, route } from '../http/route.ts'
import {
  DecimalOut,
  Id,
  IdParams,
  MomentOut,
  PositiveDecimalText,
  literals,
  nullable,
  object,
  optional,
} from '../http/schemas.ts'
import { presentInvoice } from '../invoices/index.ts'
import type { Decimal } from '../kernel/decimal.ts'
import { readBack } from '../kernel/transaction.ts'
import { takeWebhook } from './take-webhook.ts'
import { providers, states } from './provider.ts'
import { selectOfDocument } from './records.ts'
import { completeRefund, offerRefund, startRefund } from './refund.ts'
import {
  PaymentSettingsChange,
  PaymentSettingsOut,
  changePaymentSettings,
  readPaymentSettings,
} from './settings.ts'

const tag = 'online payments'

export const OnlinePaymentOut = object({
  id: Id,
  provider: literals(providers),
  state: literals(states),
  amount: DecimalOut,
  currency: Type.String(),
  paymentId: nullable(Id),
  error: nullable(Type.String({ description: 'Why it could not be started, or booked.' })),
  createdAt: MomentOut,
})

export const OnlineRefundOffer = object({
  allowed: Type.Boolean(),
  reason: nullable(object({ code: Type.String(), message: Type.String() })),
  most: Type.Unsafe<Decimal>({
    ...DecimalOut,
    description: 'What is left of the credit note, at the most what was paid online of its invoice.',
  }),
  currency: Type.String(),
})

export const onlinePaymentRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/online-payment-settings',
    summary: 'By which providers customers can pay; of keys their last characters',
    tag,
    permission: 'company:read',
    response: PaymentSettingsOut,
    handle: (tx, { ctx, surroundings }) => readPaymentSettings(tx, ctx, surroundings),
  }),
  route({
    method: 'PATCH',
    path: '/online-payment-settings',
    summary: 'Switch providers on and off, and keep their keys',
    tag,
    permission: 'company:write',
    body: PaymentSettingsChange,
    response: PaymentSettingsOut,
    async handle(tx, { ctx, body, ifMatch, surroundings }) {
      await changePaymentSettings(tx, ctx, body, ifMatch, surroundings)
      return readBack(() => readPaymentSettings(tx, ctx, surroundings))
    },
  }),
  route({
    method: 'GET',
    path: '/invoices/{id}/online-payments',
    summary: 'What customers set out to pay online of an invoice; the latest first',
    tag,
    permission: 'portal-links:read',
    params: IdParams,
    response: object({ items: Type.Array(OnlinePaymentOut) }),
    async handle(tx, { ctx, params }) {
      await presentInvoice(tx, ctx, 'invoice', params.id)
      const found = await tx.all(selectOfDocument, { companyId: ctx.company.id, documentId: params.id })
      return {
        items: found.map(({ id, provider, state, amount, currency, paymentId, error, createdAt }) => ({
          id,
          provider,
          state,
          amount,
          currency,
          paymentId,
          error,
          createdAt,
        })),
      }
    },
  }),
  route({
    method: 'GET',
    path: '/credit-notes/{id}/online-refunds',
    summary: 'Whether a credit note can be paid back online, how much of it, and why not',
    tag,
    permission: 'portal-links:read',
    params: IdParams,
    response: OnlineRefundOffer,
    handle: (tx, { ctx, params }) => offerRefund(tx, ctx, params.id),
  }),
  route({
    method: 'POST',
    path: '/credit-notes/{id}/online-refunds',
    summary: 'Pay a credit note back by the way that its invoice was paid online',
    tag,
    permission: 'payment:post',
    params: IdParams,
    body: object({
      amount: optional({
        ...PositiveDecimalText,
        description: 'Left out: all that is left.',
      } as typeof PositiveDecimalText),
    }),
    bodyOptional: true,
    outside: true,
    response: object({ refunded: Type.Boolean() }),
    async handle(tx, { ctx, params, body, surroundings }) {
      const id = await startRefund(tx, ctx, params.id, body?.amount)
      return new Outside(async () => {
        await completeRefund(surroundings, ctx, id)
        return { refunded: true }
      })
    },
  }),
  route({
    method: 'POST',
    path: '/online-payments/{companyId}/stripe',
    summary: 'Takes the events of Stripe, which vouches for them by a signature',
    tag,
    permission: 'public',
    params: Type.Object({ companyId: Id }),
    rawBody: true,
    outside: true,
    response: object({ received: Type.Boolean() }),
    handle: async (_tx, { params, sent, surroundings }) =>
      new Outside(async () => {
        await takeWebhook(surroundings, params.companyId.toLowerCase(), 'stripe', sent.text, sent.header)
        return { received: true }
      }),
  }),
]
