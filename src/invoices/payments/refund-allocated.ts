import { recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { type Decimal, min, zero } from '../../kernel/decimal.ts'
import { notFound } from '../../kernel/problem.ts'
import type { ReadBack, Transaction } from '../../kernel/transaction.ts'
import { type InvoiceKind, describeInvoice } from '../../kinds.ts'
import { type InvoiceRow, lockInvoices } from '../records.ts'
import { type Settlement, exchangeDifference, settle } from '../settlements.ts'
import { refundPayment } from './allocate.ts'
import { unallocated } from './present-payment.ts'
import { type PaymentRow, lockPayments, selectAllocations } from './records.ts'
import type { PaymentOut } from './schemas.ts'

type Allocation = Awaited<ReturnType<typeof allocationsOf>>[number]

/**
 * Books that money of a payment went back which had paid documents: what it takes beyond what is unallocated is
 * open again on those documents, the last of them first.
 */
export async function refundAllocated(
  tx: Transaction,
  ctx: Context,
  id: string,
  input: {
    readonly amount: Decimal
    readonly method: string
    readonly reference: string
    readonly notes: string
  },
): Promise<ReadBack<PaymentOut>> {
  const companyId = ctx.company.id
  // Documents first, the one order of all locks; what they say is read anew under the locks.
  const ids = (await allocationsOf(tx, ctx, id)).map((each) => each.claimInvoiceId)
  const [invoices, payments, allocations] = await Promise.all([
    tx.all(lockInvoices, { companyId, ids: [...new Set(ids)] }),
    tx.all(lockPayments, { companyId, ids: [id] }),
    allocationsOf(tx, ctx, id),
  ])
  const payment = payments.find((each) => each.id === id)
  if (!payment) throw notFound('payment')
  let missing = input.amount.minus(unallocated(payment))
  const released: string[] = []
  for (const allocation of allocations.toReversed()) {
    if (!missing.gt(zero)) break
    const invoice = invoices.find((each) => each.id === allocation.claimInvoiceId)
    // Allocated between the look and the lock.
    if (!invoice) continue
    const { settlements, freed } = release(ctx, payment, invoice, allocation, missing)
    settle(tx, ctx, ctx.today, settlements)
    missing = missing.minus(freed)
    released.push(invoice.id)
  }
  if (released.length > 0)
    recordEvents(tx, ctx, [
      {
        type: 'payment.released',
        objectKind: 'payment',
        objectId: id,
        after: { documents: released },
        reason: input.notes,
      },
    ])
  return refundPayment(tx, ctx, id, { ...input, amount: input.amount.toFixed() })
}

/** What a payment settles of documents, in the order in which it did. */
async function allocationsOf(tx: Transaction, ctx: Context, id: string) {
  const all = await tx.all(selectAllocations, { companyId: ctx.company.id, id })
  return all
    .filter((each) => each.byPaymentId === id && each.claimInvoiceId !== null)
    .map((each) => ({ ...each, claimInvoiceId: each.claimInvoiceId! }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** Undoes a settlement, and settles anew what stays of it. */
function release(
  ctx: Context,
  payment: PaymentRow,
  invoice: InvoiceRow,
  allocation: Allocation,
  wanted: Decimal,
): { settlements: Settlement[]; freed: Decimal } {
  const claim = { invoiceId: invoice.id }
  const by = { paymentId: payment.id }
  const undone = {
    claim,
    by,
    claimAmount: allocation.claimAmount.neg(),
    byAmount: allocation.byAmount.neg(),
    exchangeDifference: allocation.exchangeDifference.neg(),
    reversesId: allocation.id,
  }
  // Of one in another currency all is undone: what stays is the party's, to be allocated.
  const sameMoney = invoice.currency === payment.currency
  const freed = sameMoney ? min(allocation.byAmount, wanted) : allocation.byAmount
  const rest = allocation.byAmount.minus(freed)
  if (rest.eq(zero)) return { settlements: [undone], freed }
  const { side } = describeInvoice(invoice.kind as InvoiceKind)
  const kept = {
    claim,
    by,
    claimAmount: rest,
    byAmount: rest,
    exchangeDifference: exchangeDifference(
      ctx,
      side,
      { amount: rest, rate: invoice.exchangeRate },
      { amount: rest, rate: payment.exchangeRate },
    ),
  }
  return { settlements: [undone, kept], freed }
}
