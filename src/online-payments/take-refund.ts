import type { Surroundings } from '../http/outside.ts'
import { systemContext } from '../identity/index.ts'
import { pay, refundAllocated } from '../invoices/index.ts'
import type { Company, Context } from '../kernel/context.ts'
import { isId, newId } from '../kernel/ids.ts'
import { Problem, conflict } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import { type Transaction, inTransaction } from '../kernel/transaction.ts'
import { type Cause, isNew } from './apply-state.ts'
import { ask, findOnlinePayment } from './ask.ts'
import type { KnownRefund } from './provider.ts'
import type { OnlinePaymentRow } from './records.ts'
import { completeRefund, selectByProvider, setRefund, undoRefund } from './refund.ts'

const selectPaid = statement(
  'select_online_payment_paid_back',
  { id: 'uuid' },
  (p: { companyId: string; provider: string; payment: string | null; checkout: string | null }) => sql`
    select id from online_payments where company_id = ${p.companyId} and provider = ${p.provider}
      and (provider_payment = ${p.payment} or id = ${p.checkout}::uuid) order by id limit 1`,
)
/** Answers nothing where it was taken over before: the one who was first waits here for its end. */
const insertTaken = statement(
  'insert_online_refund_taken_over',
  { id: 'uuid' },
  (p: {
    companyId: string
    id: string
    creditId: string | null
    onlinePaymentId: string
    amount: string
    providerRefund: string
    now: Date
    by: string
  }) => sql`
    insert into online_refunds (company_id, id, credit_id, online_payment_id, amount, provider_refund, created_at, created_by)
    values (${p.companyId}, ${p.id}, ${p.creditId}, ${p.onlinePaymentId}, ${p.amount}::numeric, ${p.providerRefund}, ${p.now}, ${p.by})
    on conflict (company_id, provider_refund) do nothing returning id`,
)
/** A credit note that is named and has so much left. */
const selectCredit = statement(
  'select_credit_of_online_refund',
  { id: 'uuid' },
  (p: { companyId: string; partyId: string; currency: string; name: string; amount: string }) => sql`
    select id from invoices where company_id = ${p.companyId} and kind = 'credit-note' and state = 'posted'
      and party_id = ${p.partyId} and currency = ${p.currency} and (number = ${p.name} or id::text = ${p.name})
      and gross - settled >= ${p.amount}::numeric`,
)
const setError = statement(
  'set_online_payment_error',
  {},
  (p: { companyId: string; id: string; error: string | null }) =>
    sql`update online_payments set error = ${p.error} where company_id = ${p.companyId} and id = ${p.id}`,
)

/**
 * What the provider tells of a refund. One that was made here is finished, or undone where it failed after all;
 * one that was made there is taken over, once, however often and in whatever order it is told.
 */
export async function takeRefund(
  surroundings: Surroundings,
  company: Company,
  known: KnownRefund,
  cause: Cause,
): Promise<void> {
  const { db } = surroundings
  const companyId = company.id
  const ctx = systemContext(company, 'online payment')
  const reference = known.reference !== null && isId(known.reference) ? known.reference : null
  const { providerRefund } = known
  const find = { companyId, providerRefund, reference }
  const own = await inTransaction(db, { companyId }, (tx) => tx.maybe(selectByProvider, find), {
    readOnly: true,
  })
  if (own?.state === 'starting') return completeRefund(surroundings, ctx, own.id)
  if (own !== null) {
    if (known.state === 'failed')
      await inTransaction(db, { companyId }, async (tx) => {
        if (await isNew(tx, ctx, cause)) await undoRefund(tx, ctx, own.id)
      })
    return
  }
  if (known.state === 'failed') return
  const paid = await paidBack(surroundings, company, known, cause)
  if (paid === null) return
  try {
    await inTransaction(db, { companyId }, (tx) => takeOver(tx, ctx, paid, known))
  } catch (error) {
    // It stands on the invoice's page until it is told again and can be booked.
    if (error instanceof Problem) {
      const text = `${known.amount.toFixed()} ${known.currency} was paid back at the provider and is not booked: ${error.message}`
      await inTransaction(db, { companyId }, async (tx) =>
        tx.write(setError, { companyId, id: paid.id, error: text.slice(0, 1000) }),
      )
    }
    throw error
  }
}

/** The payment that went back, booked; null where it is none of ours. */
async function paidBack(
  surroundings: Surroundings,
  company: Company,
  known: KnownRefund,
  cause: Cause,
): Promise<OnlinePaymentRow | null> {
  const companyId = company.id
  const checkout = known.checkout !== null && isId(known.checkout) ? known.checkout : null
  const asked = { companyId, provider: cause.provider, payment: known.payment, checkout }
  const found = await inTransaction(surroundings.db, { companyId }, (tx) => tx.maybe(selectPaid, asked), {
    readOnly: true,
  })
  if (found === null) return null
  const row = await findOnlinePayment(surroundings, companyId, found.id)
  if (row.paymentId !== null) return row
  // Told of the refund before the payment.
  await ask(surroundings, company, row, { providerId: null, cause: null })
  const now = await findOnlinePayment(surroundings, companyId, found.id)
  if (now.paymentId === null)
    throw conflict('not-booked', 'The payment that was paid back is not booked yet. Tell it again later.')
  return now
}

/** By the credit note that is named; else it is the payment that goes back, and what it paid is open again. */
async function takeOver(
  tx: Transaction,
  ctx: Context,
  paid: OnlinePaymentRow,
  known: KnownRefund,
): Promise<void> {
  const companyId = ctx.company.id
  const { amount, currency, providerRefund, credit: name } = known
  if (currency !== paid.currency)
    throw conflict('other-currency', `It was paid in ${paid.currency} and paid back in ${currency}.`)
  const { partyId } = paid
  const credit =
    name === null
      ? null
      : await tx.maybe(selectCredit, { companyId, partyId, currency, name, amount: amount.toFixed() })
  const made = await tx.maybe(insertTaken, {
    companyId,
    id: newId(),
    creditId: credit?.id ?? null,
    onlinePaymentId: paid.id,
    amount: amount.toFixed(),
    providerRefund,
    now: ctx.now,
    by: ctx.actor.name,
  })
  if (made === null) return
  const booking = { method: 'online', reference: providerRefund, notes: 'Paid back at the provider' }
  const booked =
    credit === null
      ? await refundAllocated(tx, ctx, paid.paymentId!, { ...booking, amount })
      : await pay(tx, ctx, 'credit-note', credit.id, { ...booking, amount: amount.toFixed() })
  const { id: paymentId } = await booked.run()
  tx.write(setRefund, { companyId, id: made.id, state: 'done', providerRefund, paymentId, error: null })
  tx.write(setError, { companyId, id: paid.id, error: null })
}
