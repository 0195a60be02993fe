import type { Context } from '../../kernel/context.ts'
import { type Decimal, decimal, max, min, zero } from '../../kernel/decimal.ts'
import { roundCash } from '../../kernel/money.ts'
import { conflict, notFound, ruleBroken } from '../../kernel/problem.ts'
import { type ReadBack, type Transaction, readBack } from '../../kernel/transaction.ts'
import { linksOfMade } from '../../journal/links.ts'
import { type InvoiceKind, describeInvoice } from '../../kinds.ts'
import { type InvoiceRow, lockCorrected, lockInvoice } from '../records.ts'
import { exchangeDifference, settle, settledOn } from '../settlements.ts'
import {
  type PaymentMoney,
  paymentAmount,
  paymentMoney,
  paymentUnitsPer,
  toDocument,
  toPayment,
  tooSmall,
} from './convert.ts'
import { presentPayment } from './present-payment.ts'
import type { PayInput, PaymentOut } from './schemas.ts'
import { insertDraft, markPosted } from './write-payment.ts'

interface Share {
  /** Of the payment, its whole amount. */
  readonly amount: Decimal
  /** Settled of the document, in its currency, and what of the payment that takes. */
  readonly claimAmount: Decimal
  readonly byAmount: Decimal
  readonly rounding: Decimal
}

/**
 * Pays an invoice or bill, or refunds a credit, and posts the payment at once. Without an amount: all that
 * is open, in whichever currency; in cash to the nearest coin (S18, S26).
 */
export async function pay(
  tx: Transaction,
  ctx: Context,
  kind: InvoiceKind,
  id: string,
  input: PayInput,
): Promise<ReadBack<PaymentOut>> {
  const p = { companyId: ctx.company.id, id }
  const { title, role, side, payment: direction } = describeInvoice(kind)
  const [corrected, document] = await Promise.all([
    role === 'credit' ? tx.maybe(lockCorrected, p) : null,
    tx.maybe(lockInvoice, p),
  ])
  if (!document || document.kind !== kind) throw notFound(title)
  if (document.state !== 'posted')
    throw conflict(
      'wrong-state',
      `This ${title} is ${document.state}; only a posted one is ${role === 'claim' ? 'paid' : 'refunded'}.`,
    )
  // What is still to be paid on an invoice was never paid, and is not paid back: its credit settles that.
  const unpaid = corrected ? max(corrected.gross.minus(corrected.settled), zero) : zero
  const left = max(document.gross.minus(document.settled), zero)
  const open = max(left.minus(unpaid), zero)
  if (left.gt(zero) && !open.gt(zero)) {
    throw conflict(
      'nothing-paid',
      `${unpaid.toFixed(document.minorDigits)} ${document.currency} of ${corrected!.number} is not paid. Apply ${document.number} to it; no more is paid back than was paid.`,
      { open: '0' },
    )
  }
  if (!open.gt(zero)) {
    throw role === 'claim'
      ? conflict('already-paid', `${document.number} is paid already; nothing is open.`, { open: '0' })
      : conflict('nothing-left', `Nothing of ${document.number} is left to refund.`, { open: '0' })
  }
  const money = await paymentMoney(
    tx,
    ctx,
    input.currency ?? document.currency,
    input.date ?? ctx.today,
    input.exchangeRate,
  )
  const units = await paymentUnitsPer(tx, ctx, document.currency, money)
  const share = shareOf(ctx, document, open, money, units, input)
  const paymentId = insertDraft(tx, ctx, {
    direction,
    side,
    partyId: document.partyId,
    party: document.party,
    amount: share.amount,
    money,
    method: input.method ?? 'bank',
    reference: input.reference ?? null,
    notes: input.notes ?? null,
    rounding: share.rounding,
    planned: [],
  })
  const booked = { amount: share.claimAmount, rate: document.exchangeRate }
  const paid = { amount: share.byAmount, rate: money.rate }
  const { claimAmount, byAmount } = share
  const difference =
    role === 'claim'
      ? exchangeDifference(ctx, side, booked, paid)
      : exchangeDifference(ctx, side, paid, booked)
  const settlement =
    role === 'claim'
      ? { claim: { invoiceId: document.id }, by: { paymentId }, claimAmount, byAmount }
      : { claim: { paymentId }, by: { creditId: document.id }, claimAmount: byAmount, byAmount: claimAmount }
  const date =
    role === 'claim'
      ? settledOn(ctx, document.date, money.date)
      : settledOn(ctx, null, money.date, document.date)
  settle(tx, ctx, [{ ...settlement, exchangeDifference: difference, date }], paymentId)
  const after = { amount: share.amount, currency: money.currency.code, pays: document.number }
  const payment = markPosted(tx, ctx, paymentId, money.date, after, byAmount)
  if (role !== 'claim') return readBack(() => presentPayment(tx, ctx, paymentId, { payment }))
  // It pays this document and no other.
  const allocation = {
    claimInvoiceId: document.id,
    claimPaymentId: null,
    byCreditId: null,
    byPaymentId: paymentId,
    claimAmount,
    byAmount,
    exchangeDifference: difference,
    number: document.number,
    kind: document.kind,
    currency: document.currency,
  }
  const known = { payment, allocations: [allocation], links: linksOfMade('payment', document) }
  return readBack(() => presentPayment(tx, ctx, paymentId, known))
}

function shareOf(
  ctx: Context,
  document: InvoiceRow,
  open: Decimal,
  money: PaymentMoney,
  units: Decimal | null,
  input: PayInput,
): Share {
  const whole = toPayment(open, units, money)
  const coin = input.method === 'cash' ? money.currency.cashRounding : null
  const due = roundCash(whole, coin)
  const { code, minorDigits } = money.currency
  if (whole.eq(zero)) throw tooSmall(open, document.currency, { code, minorDigits }, '/currency')
  const amount = input.amount === undefined ? due : paymentAmount(input.amount, money.currency)
  if (amount.eq(zero)) {
    throw ruleBroken(
      'too-small',
      '/method',
      `${whole.toFixed(minorDigits)} ${code} rounds to nothing in cash, whose smallest coin is ${coin!.toFixed()}. Pay it another way.`,
    )
  }
  // In cash what is due is rounded to the coin; the rounding is booked apart and nothing stays open.
  if (coin !== null && amount.eq(due))
    return { amount, claimAmount: open, byAmount: whole, rounding: amount.minus(whole) }
  if (amount.eq(whole)) return { amount, claimAmount: open, byAmount: whole, rounding: zero }
  const claimAmount = toDocument(amount, units, document.minorDigits)
  if (claimAmount.eq(zero)) {
    const other = { code: document.currency, minorDigits: document.minorDigits }
    throw tooSmall(amount, code, other, '/amount')
  }
  if (amount.lt(whole))
    return { amount, claimAmount: min(claimAmount, open), byAmount: amount, rounding: zero }
  const claims = describeInvoice(document.kind as InvoiceKind).role === 'claim'
  if (claims && ctx.company.overpayment === 'credit')
    return { amount, claimAmount: open, byAmount: whole, rounding: zero }
  const most = `${whole.toFixed(money.currency.minorDigits)} ${money.currency.code}`
  throw conflict(
    'overpayment',
    claims
      ? `At most ${most} is open on ${document.number}. Pay that, or let the rest become credit of the party (Settings > Payments).`
      : `At most ${most} of ${document.number} is left to refund.`,
    { open: decimal(whole).toFixed() },
  )
}
