import { recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { type Decimal, min, zero } from '../../kernel/decimal.ts'
import type { ReadBack, Transaction } from '../../kernel/transaction.ts'
import { type InvoiceKind, describeInvoice } from '../../kinds.ts'
import { settleByOwnCredits } from '../own-credits.ts'
import type { InvoiceRow } from '../records.ts'
import { type Settlement, exchangeDifference, settle, settledOn } from '../settlements.ts'
import { refundPayment } from './allocate.ts'
import { lockWithSettled } from './lock-payment.ts'
import { unallocated } from './present-payment.ts'
import type { AllocationRow, PaymentRow } from './records.ts'
import type { PaymentOut } from './schemas.ts'

/**
 * Books that money of a payment went back which had paid documents: what it takes beyond what is unallocated is
 * open again on those documents, the last of them first, as far as credits of those do not settle it.
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
  const { payment, documents, allocations } = await lockWithSettled(tx, ctx, id)
  let missing = input.amount.minus(unallocated(payment))
  const released: string[] = []
  const changed: Settlement[] = []
  for (const allocation of allocations.toReversed()) {
    if (!missing.gt(zero)) break
    const invoice = documents.find((each) => each.id === allocation.claimInvoiceId)
    // A refund of it: nothing of that can come back.
    if (!invoice || allocation.byPaymentId !== id) continue
    const { settlements, freed } = release(ctx, payment, invoice, allocation, missing)
    changed.push(...settlements)
    missing = missing.minus(freed)
    released.push(invoice.id)
  }
  settle(tx, ctx, [...changed, ...settleByOwnCredits(ctx, documents, changed)])
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

/** Undoes a settlement, and settles anew what stays of it. */
function release(
  ctx: Context,
  payment: PaymentRow,
  invoice: InvoiceRow,
  allocation: AllocationRow,
  wanted: Decimal,
): { settlements: Settlement[]; freed: Decimal } {
  const claim = { invoiceId: invoice.id }
  const by = { paymentId: payment.id }
  const date = settledOn(ctx, invoice.date, ctx.today)
  const undone = {
    claim,
    by,
    claimAmount: allocation.claimAmount.neg(),
    byAmount: allocation.byAmount.neg(),
    exchangeDifference: allocation.exchangeDifference.neg(),
    date,
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
    date,
  }
  return { settlements: [undone, kept], freed }
}
