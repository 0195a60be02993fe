import type { Context } from '../../kernel/context.ts'
import { notFound } from '../../kernel/problem.ts'
import { ChangedMeanwhile, type Transaction } from '../../kernel/transaction.ts'
import { type InvoiceRow, lockInvoices } from '../records.ts'
import {
  type AllocationRow,
  type PaymentRow,
  lockPayments,
  selectAllocations,
  selectDocumentsOfPayment,
  selectPaidBack,
  selectPayment,
} from './records.ts'

/*
 * Documents are locked before payments, the one order of all locks. Which documents a payment has to do with is known
 * only from the payment, so it is looked up without a lock; where that has changed until the locks are held, the
 * operation begins anew: to lock the rest behind the payment is how two of them come to wait for each other.
 */

interface Locked {
  readonly payment: PaymentRow
  readonly documents: readonly InvoiceRow[]
}

/** A payment, and the documents that it shall settle. */
export async function lockWithNamed(
  tx: Transaction,
  ctx: Context,
  id: string,
  documentIds: readonly string[],
): Promise<Locked> {
  const companyId = ctx.company.id
  const [documents, payments] = await Promise.all([
    tx.all(lockInvoices, { companyId, ids: [...new Set(documentIds)] }),
    tx.all(lockPayments, { companyId, ids: [id] }),
  ])
  const [payment] = payments
  if (!payment) throw notFound('payment')
  return { payment, documents }
}

/** A draft payment, and the documents that it is planned to settle. */
export async function lockWithPlanned(tx: Transaction, ctx: Context, id: string): Promise<Locked> {
  const seen = await tx.maybe(selectPayment, { companyId: ctx.company.id, id })
  if (!seen) throw notFound('payment')
  const ids = new Set(seen.planned.map((each) => each.invoiceId))
  const locked = await lockWithNamed(tx, ctx, id, [...ids])
  requireSeen(
    ids,
    locked.payment.planned.map((each) => each.invoiceId),
  )
  return locked
}

interface LockedWithSettled extends Locked {
  readonly allocations: readonly AllocationRow[]
  /** Numbers of credits that were paid out of what it paid. */
  readonly paidBack: readonly string[]
}

/** A payment, and all that it has settled or that has settled it, with the invoices behind that and their credits. */
export async function lockWithSettled(tx: Transaction, ctx: Context, id: string): Promise<LockedWithSettled> {
  const p = { companyId: ctx.company.id, id }
  const [seenDocuments, seenAllocations] = await Promise.all([
    tx.all(selectDocumentsOfPayment, p),
    tx.all(selectAllocations, p),
  ])
  const documentIds = idsOf(seenDocuments)
  const paymentIds = paymentsAt(seenAllocations, id)
  const [documents, payments, nowDocuments, allocations, paidBack] = await Promise.all([
    tx.all(lockInvoices, { companyId: p.companyId, ids: documentIds }),
    tx.all(lockPayments, { companyId: p.companyId, ids: paymentIds }),
    tx.all(selectDocumentsOfPayment, p),
    tx.all(selectAllocations, p),
    tx.all(selectPaidBack, p),
  ])
  const payment = payments.find((each) => each.id === id)
  if (!payment) throw notFound('payment')
  requireSeen(new Set(documentIds), idsOf(nowDocuments))
  requireSeen(new Set(paymentIds), paymentsAt(allocations, id))
  return { payment, documents, allocations, paidBack: paidBack.map((credit) => credit.number) }
}

/** Begins anew where something is to be locked that was not there when it was looked up. */
function requireSeen(seen: ReadonlySet<string>, now: readonly string[]): void {
  if (!now.every((id) => seen.has(id))) throw new ChangedMeanwhile()
}

function idsOf(rows: readonly { readonly id: string }[]): string[] {
  return rows.map((row) => row.id)
}

/** The payments at the ends of settlements of a payment, itself included. */
function paymentsAt(allocations: readonly AllocationRow[], id: string): string[] {
  const payments = allocations.flatMap((each) => [each.claimPaymentId, each.byPaymentId])
  return [...new Set([id, ...payments].filter((each) => each !== null))]
}
