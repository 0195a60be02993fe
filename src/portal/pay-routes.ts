import { Outside } from '../http/outside.ts'
import { type AnyRoute, route } from '../http/route.ts'
import type { Context } from '../kernel/context.ts'
import { newId } from '../kernel/ids.ts'
import { notFound } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import {
  type providers,
  type states,
  completeTestPayment,
  currentState,
  openCheckout,
  startPayment,
} from '../online-payments/index.ts'
import { findParty } from '../parties/index.ts'
import { pageLanguage } from '../printing/index.ts'
import { PayBody, PayOut, PaymentParams, PaymentStateOut, TestBody, TokenParams } from './schemas.ts'
import { pathOf } from './token.ts'

const tag = 'customer portal'
const permission = 'portal'

const selectOwnPayment = statement(
  'select_portal_payment',
  { id: 'uuid', provider: 'text', amount: 'numeric', currency: 'text' },
  (p: { companyId: string; id: string }) => sql`
    select id, provider, amount, currency from online_payments where company_id = ${p.companyId} and id = ${p.id}`,
)
const selectNumbers = statement(
  'select_numbers_to_pay',
  { number: 'text' },
  (p: { companyId: string; ids: readonly string[] }) => sql`
    select coalesce(number, '') as number from invoices where company_id = ${p.companyId} and id = any(${p.ids}::uuid[]) and number is not null order by number`,
)

/** Only what was begun by this link. @throws 404 */
async function ownPayment(tx: Transaction, ctx: Context, id: string) {
  const found = await tx.maybe(selectOwnPayment, { companyId: ctx.company.id, id })
  if (!found) throw notFound('payment')
  return { ...found, provider: found.provider as (typeof providers)[number] }
}

/** Paying by a link. */
export const payRoutes: AnyRoute[] = [
  route({
    method: 'POST',
    path: '/portal/{token}/payments',
    summary: 'Set out to pay invoices online; answers where',
    description: 'The same Idempotency-Key again is the same payment.',
    tag,
    permission,
    params: TokenParams,
    body: PayBody,
    outside: true,
    response: PayOut,
    async handle(tx, { ctx, params, body, key, surroundings }) {
      // A link to one document pays that one.
      const scope = ctx.link?.documents ?? null
      if (scope !== null && body.documents.some((each) => each.id !== scope[0])) throw notFound('document')
      const id = await startPayment(tx, ctx, ctx.actor.id, { ...body, key: key ?? newId() })
      const ids = body.documents.map((each) => each.id)
      const [party, numbers] = await Promise.all([
        findParty(tx, ctx.company.id, ctx.partyId!),
        tx.all(selectNumbers, { companyId: ctx.company.id, ids }),
      ])
      const returnUrl = `${surroundings.baseUrl}${pathOf(params.token)}?payment=${id}`
      const language = pageLanguage(party?.language, ctx.company.language)
      const title = numbers
        .map((each) => each.number)
        .join(', ')
        .slice(0, 200)
      return new Outside(() => openCheckout(surroundings, ctx.company.id, id, { language, returnUrl, title }))
    },
  }),
  route({
    method: 'GET',
    path: '/portal/{token}/payments/{paymentId}',
    summary: 'How a payment stands; the provider is asked while it is not over',
    tag,
    permission,
    params: PaymentParams,
    outside: true,
    response: PaymentStateOut,
    async handle(tx, { ctx, params, surroundings }) {
      const found = await ownPayment(tx, ctx, params.paymentId)
      return new Outside(async () => ({
        ...found,
        state: await currentState(surroundings, ctx.company, found.id),
      }))
    },
  }),
  route({
    method: 'POST',
    path: '/portal/{token}/payments/{paymentId}/test',
    summary: 'Complete a test payment: no money moves',
    tag,
    permission,
    params: PaymentParams,
    body: TestBody,
    outside: true,
    response: PaymentStateOut,
    async handle(tx, { ctx, params, body, surroundings }) {
      const found = await ownPayment(tx, ctx, params.paymentId)
      return new Outside(async () => {
        const state: (typeof states)[number] = await completeTestPayment(
          surroundings,
          ctx.company,
          found.id,
          body.outcome,
        )
        return { ...found, state }
      })
    },
  }),
]
