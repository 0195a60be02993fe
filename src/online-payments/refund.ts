import type { Surroundings } from '../http/outside.ts'
import { loadCompany, systemContext } from '../identity/index.ts'
import { type InvoiceOut, cancelPayment, pay, presentInvoice } from '../invoices/index.ts'
import type { Context } from '../kernel/context.ts'
import { type Decimal, decimal, fits, min, zero } from '../kernel/decimal.ts'
import { newId } from '../kernel/ids.ts'
import { Problem, conflict, ruleBroken } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import { type Transaction, inTransaction } from '../kernel/transaction.ts'
import type { ProviderName, RefundState } from './provider.ts'
import { providerOf } from './settings.ts'

const columns = {
  id: 'uuid',
  creditId: 'uuid?',
  amount: 'numeric',
  currency: 'text',
  minorDigits: 'int',
  state: 'text',
  provider: 'text',
  providerPayment: 'text?',
  providerRefund: 'text?',
  paymentId: 'uuid?',
} as const
const fields = sql`r.id, r.credit_id, r.amount, o.currency, m.minor_digits::int, r.state, o.provider, o.provider_payment, r.provider_refund, r.payment_id`
const from = sql`from online_refunds r join online_payments o on o.company_id = r.company_id and o.id = r.online_payment_id
  join currencies m on m.company_id = o.company_id and m.code = o.currency`

interface ById {
  companyId: string
  id: string
}
const selectRefund = statement(
  'select_online_refund',
  columns,
  (p: ById) => sql`select ${fields} ${from} where r.company_id = ${p.companyId} and r.id = ${p.id}`,
)
const lockRefund = statement(
  'lock_online_refund',
  columns,
  (p: ById) =>
    sql`select ${fields} ${from} where r.company_id = ${p.companyId} and r.id = ${p.id} for no key update of r`,
)
/** By the provider's id, or by ours where its id never came to be written. */
export const selectByProvider = statement(
  'select_online_refund_by_provider',
  { id: 'uuid', state: 'text' },
  (p: { companyId: string; providerRefund: string; reference: string | null }) => sql`
    select id, state from online_refunds where company_id = ${p.companyId}
      and (provider_refund = ${p.providerRefund} or (id = ${p.reference}::uuid and provider_refund is null))`,
)
const selectUnfinished = statement(
  'select_unfinished_online_refunds',
  { id: 'uuid' },
  (p: { companyId: string; before: Date }) => sql`
    select id from online_refunds where company_id = ${p.companyId} and state = 'starting' and created_at < ${p.before} order by id limit 50`,
)
const refundableColumns = { id: 'uuid', currency: 'text', left: 'numeric' } as const
/** What was paid online of an invoice, less what went back; the latest first. */
const refundable = (p: { companyId: string; invoiceId: string }) => sql`
    select o.id, o.currency, y.amount - coalesce((select sum(r.amount) from online_refunds r
        where r.company_id = o.company_id and r.online_payment_id = o.id and r.state <> 'failed'), 0) as left
    from online_payments o join payments y on y.company_id = o.company_id and y.id = o.payment_id and y.state = 'posted'
    where o.company_id = ${p.companyId} and o.provider_payment is not null
      and o.documents @> jsonb_build_array(jsonb_build_object('invoiceId', ${p.invoiceId}::text))
    order by o.id desc`
const selectRefundable = statement('select_refundable_online_payments', refundableColumns, refundable)
const lockRefundable = statement(
  'lock_refundable_online_payments',
  refundableColumns,
  (p: Parameters<typeof refundable>[0]) => sql`${refundable(p)} for no key update of o`,
)
const selectStarting = statement(
  'select_starting_online_refund',
  { id: 'uuid' },
  (p: { companyId: string; creditId: string }) => sql`
    select id from online_refunds where company_id = ${p.companyId} and credit_id = ${p.creditId} and state = 'starting'`,
)
const insertRefund = statement(
  'insert_online_refund',
  { id: 'uuid' },
  (p: ById & { creditId: string; onlinePaymentId: string; amount: string; now: Date; by: string }) => sql`
    insert into online_refunds (company_id, id, credit_id, online_payment_id, amount, created_at, created_by)
    values (${p.companyId}, ${p.id}, ${p.creditId}, ${p.onlinePaymentId}, ${p.amount}::numeric, ${p.now}, ${p.by})
    on conflict (company_id, credit_id) where state = 'starting' do nothing returning id`,
)
export const setRefund = statement(
  'set_online_refund',
  {},
  (
    p: ById & {
      state: string
      providerRefund: string | null
      paymentId: string | null
      error: string | null
    },
  ) => sql`
    update online_refunds set state = ${p.state}, provider_refund = coalesce(${p.providerRefund}, provider_refund),
      payment_id = ${p.paymentId}, error = ${p.error}
    where company_id = ${p.companyId} and id = ${p.id}`,
)

type Refundable =
  | {
      readonly why: null
      readonly credit: InvoiceOut
      readonly onlinePaymentId: string
      readonly most: Decimal
    }
  | { readonly why: Problem; readonly credit: InvoiceOut }

/** What of a credit note can be paid back by the way that its invoice was paid, or why nothing can. */
async function refundableOf(
  tx: Transaction,
  ctx: Context,
  creditId: string,
  find: typeof selectRefundable,
): Promise<Refundable> {
  const companyId = ctx.company.id
  const credit = await presentInvoice(tx, ctx, 'credit-note', creditId)
  if (credit.state !== 'posted' || !credit.openAmount.gt(zero)) {
    const message = `Nothing of ${credit.number ?? 'this draft'} is left to refund.`
    return { credit, why: conflict('nothing-left', message, { open: '0' }) }
  }
  if ((await tx.maybe(selectStarting, { companyId, creditId })) !== null) return { credit, why: underWay() }
  const paid =
    credit.correctsId === null ? [] : await tx.all(find, { companyId, invoiceId: credit.correctsId })
  const source = paid.find((each) => each.currency === credit.currency && each.left.gt(zero))
  if (!source) {
    const message =
      'Nothing that was paid online is left to give back for this credit note. Refund it another way.'
    return { credit, why: conflict('not-paid-online', message) }
  }
  return { credit, why: null, onlinePaymentId: source.id, most: min(credit.openAmount, source.left) }
}

const underWay = (): Problem =>
  conflict('refund-under-way', 'A refund of this credit note is under way. Look again in a minute.')

/** Whether a credit note can be paid back online, how much of it at the most, and why not. */
export async function offerRefund(tx: Transaction, ctx: Context, creditId: string) {
  const found = await refundableOf(tx, ctx, creditId, selectRefundable)
  const { why, credit } = found
  return {
    allowed: why === null,
    reason: why === null ? null : { code: why.code, message: why.message },
    most: found.why === null ? found.most : zero,
    currency: credit.currency,
  }
}

/**
 * Notes that what is left of a credit note is paid back by the way it was paid; the provider is asked after
 * that (`completeRefund`).
 * @returns the id of the refund.
 */
export async function startRefund(
  tx: Transaction,
  ctx: Context,
  creditId: string,
  wanted: string | undefined,
): Promise<string> {
  const companyId = ctx.company.id
  const found = await refundableOf(tx, ctx, creditId, lockRefundable)
  if (found.why !== null) throw found.why
  const { credit, onlinePaymentId, most } = found
  const amount: Decimal = wanted === undefined ? most : decimal(wanted)
  if (!amount.gt(zero) || amount.gt(most) || !fits(amount, ctx.company.minorDigits)) {
    throw ruleBroken(
      'bad-amount',
      '/amount',
      `At most ${most.toFixed()} ${credit.currency} can be given back by the provider.`,
      { most: most.toFixed() },
    )
  }
  const made = await tx.maybe(insertRefund, {
    companyId,
    id: newId(),
    creditId,
    onlinePaymentId,
    amount: amount.toFixed(),
    now: ctx.now,
    by: ctx.actor.name,
  })
  if (made === null) throw underWay()
  return made.id
}

/**
 * Asks the provider to pay back, by a key that it pays for once, and books the refund. If this process ends
 * in between, the clock does it again: the provider answers the same refund.
 */
export async function completeRefund(surroundings: Surroundings, ctx: Context, id: string): Promise<void> {
  const { db } = surroundings
  const companyId = ctx.company.id
  const { refund, provider } = await inTransaction(
    db,
    { companyId },
    async (tx) => {
      const found = await tx.one(selectRefund, { companyId, id })
      return {
        refund: found,
        provider: await providerOf(tx, companyId, found.provider as ProviderName, surroundings),
      }
    },
    { readOnly: true },
  )
  if (refund.state !== 'starting') return
  const { amount, currency, minorDigits, providerPayment } = refund
  let made: RefundState
  try {
    made = await provider.refund({ id, payment: providerPayment!, amount, currency, minorDigits })
  } catch (error) {
    if (error instanceof Problem && error.facts.lasting === true)
      await fail(surroundings, companyId, id, error.message)
    throw error
  }
  if (made.state === 'failed') {
    await fail(surroundings, companyId, id, 'The provider could not pay it back.')
    throw conflict('refund-failed', 'The provider could not pay it back. Refund it another way.')
  }
  await inTransaction(db, { companyId }, async (tx) => {
    const row = await tx.one(lockRefund, { companyId, id })
    if (row.state !== 'starting') return
    const booked = await pay(tx, ctx, 'credit-note', row.creditId!, {
      amount: row.amount.toFixed(),
      method: row.provider === 'test' ? 'test' : 'online',
      reference: made.providerRefund,
    })
    const { id: paymentId } = await booked.run()
    tx.write(setRefund, {
      companyId,
      id,
      state: 'done',
      providerRefund: made.providerRefund,
      paymentId,
      error: null,
    })
  })
}

async function fail({ db }: Surroundings, companyId: string, id: string, message: string): Promise<void> {
  await inTransaction(db, { companyId }, async (tx) => {
    const error = message.slice(0, 1000)
    tx.write(setRefund, { companyId, id, state: 'failed', providerRefund: null, paymentId: null, error })
  })
}

/** A refund that failed after all (the account is closed) was none: what was booked of it is cancelled. */
export async function undoRefund(tx: Transaction, ctx: Context, id: string): Promise<void> {
  const companyId = ctx.company.id
  const row = await tx.one(lockRefund, { companyId, id })
  if (row.state !== 'done' || row.paymentId === null) return
  const error = 'The provider told that it could not be paid back.'
  tx.write(setRefund, {
    companyId,
    id,
    state: 'failed',
    providerRefund: null,
    paymentId: row.paymentId,
    error,
  })
  await cancelPayment(tx, ctx, row.paymentId, error, null)
}

/** Whatever a process left unfinished. */
export async function completeRefunds(
  surroundings: Surroundings,
  companyId: string,
  before: Date,
): Promise<void> {
  const { db } = surroundings
  const company = await loadCompany(db, companyId)
  if (company === null) return
  const left = await inTransaction(
    db,
    { companyId },
    (tx) => tx.all(selectUnfinished, { companyId, before }),
    {
      readOnly: true,
    },
  )
  for (const { id } of left) await completeRefund(surroundings, systemContext(company, 'online payment'), id)
}
