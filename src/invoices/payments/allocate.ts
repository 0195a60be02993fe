import { refuseStale } from '../../kernel/guards.ts'
import type { Context } from '../../kernel/context.ts'
import type { CalendarDate } from '../../kernel/dates.ts'
import { type Decimal, max, sum, zero } from '../../kernel/decimal.ts'
import { conflict, notFound, ruleBroken } from '../../kernel/problem.ts'
import { sql, statement } from '../../kernel/sql.ts'
import { Made, type ReadBack, type Transaction, readBack } from '../../kernel/transaction.ts'
import { recordEvents } from '../../journal/events.ts'
import { type InvoiceKind, describeInvoice } from '../../kinds.ts'
import { requireParty, snapshot } from '../../orders/index.ts'
import { settleByOwnCredits } from '../own-credits.ts'
import { type InvoiceRow, lockInvoices } from '../records.ts'
import { type Settlement, exchangeDifference, settle, settledOn } from '../settlements.ts'
import { enteredAmount } from '../entered-amount.ts'
import {
  type PaymentMoney,
  paymentAmount,
  paymentMoney,
  paymentUnitsPer,
  toPayment,
  tooSmall,
} from './convert.ts'
import { lockWithNamed, lockWithPlanned, lockWithSettled } from './lock-payment.ts'
import { isRefund, presentPayment, unallocated, whyNotCancel } from './present-payment.ts'
import { type PaymentRow, type PlannedAllocation, lockPayments } from './records.ts'
import type { AllocateInput, PayInput, PaymentChange, PaymentInput, PaymentOut } from './schemas.ts'
import { insertDraft, markPosted } from './write-payment.ts'

/** A draft payment, with what it shall pay. What it pays beyond that stays as credit of the party. */
export async function createPayment(
  tx: Transaction,
  ctx: Context,
  input: PaymentInput,
): Promise<Made<PaymentOut>> {
  const money = await paymentMoney(
    tx,
    ctx,
    input.currency ?? ctx.company.currency,
    input.date ?? ctx.today,
    input.exchangeRate,
  )
  const claims = await tx.all(lockInvoices, {
    companyId: ctx.company.id,
    ids: (input.allocations ?? []).map((a) => a.invoiceId),
  })
  const first = claims[0]
  const side = first
    ? describeInvoice(first.kind as InvoiceKind).side
    : input.direction === 'in'
      ? 'customer'
      : 'vendor'
  const party = await requireParty(tx, ctx, input.partyId, side)
  const amount = paymentAmount(input.amount, money.currency)
  const draft = { partyId: party.id, direction: input.direction, side }
  await allocationsOf(tx, ctx, draft, money, amount, input.allocations ?? [], claims)
  const id = insertDraft(tx, ctx, {
    ...draft,
    party: snapshot(party),
    amount,
    money,
    method: input.method ?? 'bank',
    reference: input.reference ?? null,
    notes: input.notes ?? null,
    rounding: zero,
    planned: input.allocations ?? [],
  })
  recordEvents(tx, ctx, [
    {
      type: 'payment.created',
      objectKind: 'payment',
      objectId: id,
      after: { state: 'draft', partyId: party.id, amount },
    },
  ])
  return new Made(id, () => presentPayment(tx, ctx, id))
}

/** Checks allocations against what is open and what the payment has, and gives what each takes. */
async function allocationsOf(
  tx: Transaction,
  ctx: Context,
  payment: { partyId: string; direction: string; side: string },
  money: PaymentMoney,
  available: Decimal,
  allocations: readonly PlannedAllocation[],
  claims: readonly InvoiceRow[],
): Promise<{ claim: InvoiceRow; claimAmount: Decimal; byAmount: Decimal }[]> {
  const shares: { claim: InvoiceRow; claimAmount: Decimal; byAmount: Decimal }[] = []
  const taken = new Map<string, Decimal>()
  for (const [i, allocation] of allocations.entries()) {
    const claim = claims.find((c) => c.id === allocation.invoiceId)
    const description = claim && describeInvoice(claim.kind as InvoiceKind)
    if (
      !claim ||
      claim.partyId !== payment.partyId ||
      description!.role !== 'claim' ||
      description!.payment !== payment.direction
    ) {
      throw ruleBroken(
        'unknown-invoice',
        `/allocations/${i}/invoiceId`,
        `This party has no such document that a payment ${payment.direction === 'in' ? 'received' : 'made'} could settle.`,
      )
    }
    const claimAmount = enteredAmount(allocation.amount, claim, `/allocations/${i}/amount`)
    const open = max(claim.gross.minus(claim.settled), zero).minus(taken.get(claim.id) ?? zero)
    if (claim.state !== 'posted' || claimAmount.gt(open)) {
      throw conflict(
        'over-allocation',
        `At most ${open.toFixed()} ${claim.currency} is open on ${claim.number ?? 'this draft'}.`,
        { open: open.toFixed() },
      )
    }
    taken.set(claim.id, (taken.get(claim.id) ?? zero).plus(claimAmount))
    const units = await paymentUnitsPer(tx, ctx, claim.currency, money)
    const byAmount = toPayment(claimAmount, units, money)
    if (byAmount.eq(zero))
      throw tooSmall(claimAmount, claim.currency, money.currency, `/allocations/${i}/amount`)
    shares.push({ claim, claimAmount, byAmount })
  }
  const whole = sum(shares.map((s) => s.byAmount))
  if (whole.gt(available)) {
    throw conflict(
      'over-allocation',
      `The allocations take ${whole.toFixed()} ${money.currency.code}; only ${available.toFixed()} is there.`,
      { left: available.toFixed() },
    )
  }
  return shares
}

function settlementsOf(
  ctx: Context,
  payment: PaymentRow,
  shares: Awaited<ReturnType<typeof allocationsOf>>,
  date: CalendarDate,
): Settlement[] {
  return shares.map(({ claim, claimAmount, byAmount }) => ({
    claim: { invoiceId: claim.id },
    by: { paymentId: payment.id },
    claimAmount,
    byAmount,
    exchangeDifference: exchangeDifference(
      ctx,
      describeInvoice(claim.kind as InvoiceKind).side,
      { amount: claimAmount, rate: claim.exchangeRate },
      { amount: byAmount, rate: payment.exchangeRate },
    ),
    date: settledOn(ctx, claim.date, date),
  }))
}

/** Posts a draft payment and allocates it as planned. */
export async function postPayment(
  tx: Transaction,
  ctx: Context,
  id: string,
  ifMatch: number | null,
): Promise<ReadBack<PaymentOut>> {
  const { payment, documents: claims } = await lockWithPlanned(tx, ctx, id)
  refuseStale(payment.version, ifMatch)
  if (payment.state !== 'draft') throw conflict('wrong-state', `This payment is ${payment.state} already.`)
  const money = await paymentMoney(tx, ctx, payment.currency, payment.date, payment.exchangeRate.toFixed())
  const shares = await allocationsOf(tx, ctx, payment, money, payment.amount, payment.planned, claims)
  settle(tx, ctx, settlementsOf(ctx, payment, shares, payment.date))
  void markPosted(tx, ctx, id, payment.date, { amount: payment.amount, currency: payment.currency })
  return readBack(() => presentPayment(tx, ctx, id))
}

/** Allocates what is left of a posted payment to open documents of its party. */
export async function allocatePayment(
  tx: Transaction,
  ctx: Context,
  id: string,
  input: AllocateInput,
  ifMatch: number | null,
): Promise<ReadBack<PaymentOut>> {
  const named = input.allocations.map((each) => each.invoiceId)
  const { payment, documents: claims } = await lockWithNamed(tx, ctx, id, named)
  refuseStale(payment.version, ifMatch)
  if (payment.state !== 'posted' || isRefund(payment))
    throw conflict('wrong-state', 'Only a posted payment that is no refund can be allocated.')
  const money = await paymentMoney(tx, ctx, payment.currency, payment.date, payment.exchangeRate.toFixed())
  const shares = await allocationsOf(tx, ctx, payment, money, unallocated(payment), input.allocations, claims)
  settle(tx, ctx, settlementsOf(ctx, payment, shares, ctx.today))
  recordEvents(tx, ctx, [
    {
      type: 'payment.allocated',
      objectKind: 'payment',
      objectId: id,
      after: { allocations: input.allocations },
    },
  ])
  return readBack(() => presentPayment(tx, ctx, id))
}

/** Pays back what is left of a payment (an overpayment, a payment on account). */
export async function refundPayment(
  tx: Transaction,
  ctx: Context,
  id: string,
  input: PayInput,
): Promise<ReadBack<PaymentOut>> {
  const [payment] = await tx.all(lockPayments, { companyId: ctx.company.id, ids: [id] })
  if (!payment) throw notFound('payment')
  const left = unallocated(payment)
  if (payment.state !== 'posted' || isRefund(payment))
    throw conflict('wrong-state', 'Only a posted payment that is no refund itself can be paid back.')
  if (input.currency !== undefined && input.currency !== payment.currency)
    throw ruleBroken(
      'other-currency',
      '/currency',
      `It is paid back in its own currency, ${payment.currency}.`,
    )
  const money = await paymentMoney(tx, ctx, payment.currency, input.date ?? ctx.today, input.exchangeRate)
  const amount = input.amount === undefined ? left : paymentAmount(input.amount, money.currency)
  if (!amount.gt(zero) || amount.gt(left))
    throw conflict(
      'over-refund',
      `At most ${left.toFixed()} ${payment.currency} of ${payment.number} is left to pay back.`,
      { left: left.toFixed() },
    )
  const side = payment.side as 'customer' | 'vendor'
  const refundId = insertDraft(tx, ctx, {
    direction: payment.direction === 'in' ? 'out' : 'in',
    side,
    partyId: payment.partyId,
    party: payment.party,
    amount,
    money,
    method: input.method ?? payment.method,
    reference: input.reference ?? null,
    notes: input.notes ?? null,
    rounding: zero,
    planned: [],
  })
  settle(tx, ctx, [
    {
      claim: { paymentId: refundId },
      by: { paymentId: id },
      claimAmount: amount,
      byAmount: amount,
      exchangeDifference: exchangeDifference(
        ctx,
        side,
        { amount, rate: money.rate },
        { amount, rate: payment.exchangeRate },
      ),
      date: settledOn(ctx, null, money.date, payment.date),
    },
  ])
  void markPosted(tx, ctx, refundId, money.date, {
    amount,
    currency: payment.currency,
    refunds: payment.number,
  })
  return readBack(() => presentPayment(tx, ctx, refundId))
}

const setCancelled = statement(
  'cancel_payment',
  {},
  (p: { companyId: string; id: string }) => sql`
    update payments y set state = 'cancelled', version = y.version + 1 where y.company_id = ${p.companyId} and y.id = ${p.id}`,
)

/**
 * Cancels a payment: its settlements are undone by opposite ones, and what it paid is open again, as far as credits of
 * that do not settle it.
 */
export async function cancelPayment(
  tx: Transaction,
  ctx: Context,
  id: string,
  reason: string | null,
  ifMatch: number | null,
): Promise<ReadBack<PaymentOut>> {
  const companyId = ctx.company.id
  const { payment, documents, allocations, paidBack } = await lockWithSettled(tx, ctx, id)
  refuseStale(payment.version, ifMatch)
  if (payment.state === 'cancelled') throw conflict('wrong-state', 'This payment is cancelled already.')
  const builtUpon = whyNotCancel(allocations, id, paidBack)
  if (builtUpon) throw conflict('built-upon', builtUpon.message)
  const dateOf = (id: string | null) => documents.find((each) => each.id === id)?.date ?? null
  const undone = allocations.map((a): Settlement => ({
    claim: a.claimInvoiceId !== null ? { invoiceId: a.claimInvoiceId } : { paymentId: a.claimPaymentId! },
    by: a.byCreditId !== null ? { creditId: a.byCreditId } : { paymentId: a.byPaymentId! },
    claimAmount: a.claimAmount.neg(),
    byAmount: a.byAmount.neg(),
    exchangeDifference: a.exchangeDifference.neg(),
    date: settledOn(ctx, dateOf(a.claimInvoiceId), ctx.today),
    reversesId: a.id,
  }))
  settle(tx, ctx, [...undone, ...settleByOwnCredits(ctx, documents, undone)])
  tx.write(setCancelled, { companyId, id })
  recordEvents(tx, ctx, [
    {
      type: 'payment.cancelled',
      objectKind: 'payment',
      objectId: id,
      before: { state: payment.state },
      after: { state: 'cancelled' },
      reason,
    },
  ])
  return readBack(() => presentPayment(tx, ctx, id))
}

const updateDraft = statement(
  'update_payment_draft',
  {},
  (p: { companyId: string; id: string; row: object }) => sql`
    update payments y set amount = d.amount, currency = d.currency, exchange_rate = d.exchange_rate, base_amount = d.base_amount, date = d.date,
      method = d.method, reference = d.reference, notes = d.notes, planned = d.planned, version = y.version + 1
    from json_to_record(${JSON.stringify(p.row)}::json) as d(amount numeric, currency text, exchange_rate numeric, base_amount numeric, date date,
      method text, reference text, notes text, planned jsonb)
    where y.company_id = ${p.companyId} and y.id = ${p.id} and y.state = 'draft'`,
)
const deleteRow = statement(
  'delete_payment',
  {},
  (p: { companyId: string; id: string }) =>
    sql`delete from payments where company_id = ${p.companyId} and id = ${p.id} and state = 'draft'`,
)

export async function changePayment(
  tx: Transaction,
  ctx: Context,
  id: string,
  change: PaymentChange,
  ifMatch: number | null,
): Promise<ReadBack<PaymentOut>> {
  const named = change.allocations?.map((each) => each.invoiceId)
  const { payment, documents: claims } = named
    ? await lockWithNamed(tx, ctx, id, named)
    : await lockWithPlanned(tx, ctx, id)
  requireDraftPayment(payment, ifMatch)
  const currency = change.currency ?? payment.currency
  const date = change.date ?? payment.date
  const kept =
    currency === payment.currency && date === payment.date ? payment.exchangeRate.toFixed() : undefined
  const money = await paymentMoney(tx, ctx, currency, date, change.exchangeRate ?? kept)
  const amount = change.amount === undefined ? payment.amount : paymentAmount(change.amount, money.currency)
  const planned = change.allocations ?? payment.planned
  await allocationsOf(tx, ctx, payment, money, amount, planned, claims)
  tx.write(updateDraft, {
    companyId: ctx.company.id,
    id,
    row: {
      amount,
      currency,
      exchange_rate: money.rate,
      base_amount: amount.times(money.rate).round(ctx.company.minorDigits, 1),
      date,
      method: change.method ?? payment.method,
      reference: change.reference === undefined ? payment.reference : change.reference,
      notes: change.notes === undefined ? payment.notes : change.notes,
      planned,
    },
  })
  recordEvents(tx, ctx, [
    {
      type: 'payment.changed',
      objectKind: 'payment',
      objectId: id,
      before: { amount: payment.amount, date: payment.date },
      after: { amount, date },
    },
  ])
  return readBack(() => presentPayment(tx, ctx, id))
}

export async function deletePayment(
  tx: Transaction,
  ctx: Context,
  id: string,
  ifMatch: number | null,
): Promise<undefined> {
  const [payment] = await tx.all(lockPayments, { companyId: ctx.company.id, ids: [id] })
  if (!payment) throw notFound('payment')
  requireDraftPayment(payment, ifMatch)
  tx.write(deleteRow, { companyId: ctx.company.id, id })
  recordEvents(tx, ctx, [
    { type: 'payment.deleted', objectKind: 'payment', objectId: id, before: { amount: payment.amount } },
  ])
  return undefined
}

function requireDraftPayment(payment: PaymentRow, ifMatch: number | null): void {
  refuseStale(payment.version, ifMatch)
  if (payment.state !== 'draft')
    throw conflict(
      'wrong-state',
      `This payment is ${payment.state}; only a draft can be changed or deleted. Cancel a posted one.`,
    )
}
