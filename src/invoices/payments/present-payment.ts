import type { Context } from '../../kernel/context.ts'
import { decimal, sum, zero } from '../../kernel/decimal.ts'
import { notFound } from '../../kernel/problem.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { findLinks } from '../../journal/links.ts'
import { type Refusal, bySettlement, offeredActions } from '../../offered-actions.ts'
import {
  type AllocationRow,
  type PaymentRow,
  selectAllocations,
  selectPaidBack,
  selectPayment,
} from './records.ts'
import type { PaymentOut } from './schemas.ts'

/** States and actions of a payment, in the shape of the kinds' table. */
export const paymentDescription = {
  path: 'payments',
  title: 'payment',
  plural: 'payments',
  side: null,
  states: ['draft', 'posted', 'cancelled'],
  actions: {
    post: { verb: 'post', from: ['draft'], to: 'posted', summary: 'Post: the money has moved' },
    allocate: {
      verb: 'post',
      from: ['posted'],
      to: null,
      summary: 'Allocate what is left to open documents',
    },
    refund: { verb: 'post', from: ['posted'], to: null, summary: 'Pay back what is left of it' },
    cancel: {
      verb: 'cancel',
      from: ['draft', 'posted'],
      to: 'cancelled',
      summary: 'Cancel: what it paid is open again',
    },
  },
  followUps: [],
} as const

/** What an action that has just written a payment knows of it. */
interface KnownOfPayment {
  readonly payment?: Promise<PaymentRow>
  readonly allocations?: readonly Omit<AllocationRow, 'id'>[]
  readonly links?: PaymentOut['links']
}

/** @param known is not read again */
export async function presentPayment(
  tx: Transaction,
  ctx: Context,
  id: string,
  known: KnownOfPayment = {},
): Promise<PaymentOut> {
  const p = { companyId: ctx.company.id, id }
  const [payment, allocations, links, paidBack] = await Promise.all([
    known.payment ?? tx.maybe(selectPayment, p),
    known.allocations ?? tx.all(selectAllocations, p),
    known.links ?? findLinks(tx, ctx, 'payment', id),
    // Of what was paid just now nothing went back.
    known.payment ? [] : tx.all(selectPaidBack, p),
  ])
  if (!payment) throw notFound('payment')
  const left = unallocated(payment)
  const nothing = left.gt(zero) ? undefined : { message: 'Nothing of it is left.', behind: bySettlement }
  return {
    ...presentPaymentHead(payment),
    notes: payment.notes,
    createdBy: payment.createdBy,
    postedAt: payment.postedAt,
    exchangeDifference: sum(allocations.map((a) => a.exchangeDifference)),
    allocations:
      payment.state === 'draft'
        ? payment.planned.map((a) => ({
            invoiceId: a.invoiceId,
            creditId: null,
            paymentId: null,
            kind: null,
            number: null,
            amount: decimal(a.amount),
            currency: null,
            paymentAmount: decimal(a.amount),
            exchangeDifference: zero,
          }))
        : allocations.map((a) => {
            const pays = a.byPaymentId === id
            return {
              invoiceId: pays ? a.claimInvoiceId : null,
              creditId: pays ? null : a.byCreditId,
              paymentId: pays ? a.claimPaymentId : a.byPaymentId,
              kind: a.kind,
              number: a.number,
              amount: pays ? a.claimAmount : a.byAmount,
              currency: a.currency,
              paymentAmount: pays ? a.byAmount : a.claimAmount,
              exchangeDifference: a.exchangeDifference,
            }
          }),
    actions: offeredActions(
      paymentDescription,
      payment.state,
      {
        allocate: nothing,
        refund: nothing ?? (isRefund(payment) ? { message: 'It is a refund itself.' } : undefined),
        cancel: whyNotCancel(
          allocations,
          id,
          paidBack.map((credit) => credit.number),
        ),
      },
      links,
    ),
    links,
  }
}

export function presentPaymentHead(payment: PaymentRow) {
  return {
    id: payment.id,
    number: payment.number,
    state: payment.state as PaymentOut['state'],
    direction: payment.direction as PaymentOut['direction'],
    side: payment.side as PaymentOut['side'],
    partyId: payment.partyId,
    party: payment.party,
    amount: payment.amount,
    currency: payment.currency,
    exchangeRate: payment.exchangeRate,
    baseAmount: payment.baseAmount,
    date: payment.date,
    method: payment.method,
    reference: payment.reference,
    rounding: payment.rounding,
    allocatedAmount: payment.settled,
    unallocatedAmount: payment.state === 'cancelled' ? zero : unallocated(payment),
    version: payment.version,
    createdAt: payment.createdAt,
  }
}

/** What is left of a payment: credit of the party (R: overpayment). */
export function unallocated(payment: PaymentRow) {
  return payment.amount.minus(payment.rounding).minus(payment.settled)
}

/** A payment against the usual direction of its side gives money back. */
export function isRefund(payment: { side: string; direction: string }): boolean {
  return (payment.side === 'customer') === (payment.direction === 'out')
}

/**
 * A payment that was paid back is not cancelled.
 * @param credits that were paid out of what it paid
 */
export function whyNotCancel(
  allocations: readonly { byPaymentId: string | null; claimPaymentId: string | null }[],
  id: string,
  credits: readonly string[],
): Refusal | undefined {
  if (allocations.some((a) => a.byPaymentId === id && a.claimPaymentId !== null))
    return {
      message: 'It was paid back, all or a part. Cancel that refund first.',
      behind: ({ kind, relation }) => kind === 'payment' && relation === 'refunds',
    }
  return credits.length > 0
    ? { message: `What it paid was paid back by ${credits.join(', ')}. Cancel that refund first.` }
    : undefined
}
