import type { Context } from '../../kernel/context.ts'
import { type Decimal, decimal, sum } from '../../kernel/decimal.ts'
import { conflict, ruleBroken } from '../../kernel/problem.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { type InvoiceKind, describeInvoice } from '../../kinds.ts'
import { enteredAmount } from '../entered-amount.ts'
import type { InvoiceRow } from '../records.ts'
import { type Settlement, exchangeDifference, settle, settledOn } from '../settlements.ts'
import { unallocated } from './present-payment.ts'
import { type PaymentRow, lockPayments } from './records.ts'

/** Payments on account that an invoice is settled with when it is posted (S18b). */
export function lockPaymentsForAdvances(
  tx: Transaction,
  ctx: Context,
  advances: readonly { paymentId: string }[],
): Promise<PaymentRow[]> {
  return tx.all(lockPayments, {
    companyId: ctx.company.id,
    ids: [...new Set(advances.map((a) => a.paymentId))],
  })
}

/** Refuses an advance that is not this party's, not in the document's currency or not there. */
function requireAdvance(
  document: Pick<InvoiceRow, 'partyId' | 'currency' | 'minorDigits' | 'kind'>,
  payment: PaymentRow | undefined,
  amount: string,
  index: number,
  taken: Decimal,
): PaymentRow {
  const pointer = `/advances/${index}`
  const direction = describeInvoice(document.kind as InvoiceKind).payment
  if (!payment || payment.partyId !== document.partyId || payment.direction !== direction) {
    throw ruleBroken('unknown-payment', `${pointer}/paymentId`, 'This party has no such payment on account.')
  }
  if (payment.currency !== document.currency) {
    throw ruleBroken(
      'other-currency',
      `${pointer}/paymentId`,
      `The payment is in ${payment.currency}, the document in ${document.currency}.`,
    )
  }
  if (payment.state !== 'posted') {
    throw conflict(
      'wrong-state',
      payment.state === 'cancelled'
        ? `${payment.number ?? 'This payment'} is cancelled. Take it off the advances.`
        : 'An advance is a draft payment. Post it first, or take it off the advances.',
    )
  }
  const left = unallocated(payment).minus(taken)
  const wanted = enteredAmount(amount, document, `${pointer}/amount`)
  if (wanted.gt(left)) {
    throw conflict(
      'over-allocation',
      `At most ${left.toFixed()} ${payment.currency} of ${payment.number ?? 'this payment'} is left.`,
      { left: left.toFixed() },
    )
  }
  return payment
}

export function payAdvances(
  tx: Transaction,
  ctx: Context,
  invoice: InvoiceRow,
  payments: readonly PaymentRow[],
): void {
  let open = invoice.gross
  const settlements = invoice.advances.map(({ paymentId, amount }, i): Settlement => {
    const payment = requireAdvance(
      invoice,
      payments.find((y) => y.id === paymentId),
      amount,
      i,
      sum(
        invoice.advances.slice(0, i).flatMap((a) => (a.paymentId === paymentId ? [decimal(a.amount)] : [])),
      ),
    )
    const wanted = decimal(amount)
    if (wanted.gt(open))
      throw conflict(
        'over-allocation',
        `The advances are more than the ${invoice.gross.toFixed()} ${invoice.currency} of the invoice.`,
        { open: open.toFixed() },
      )
    open = open.minus(wanted)
    return {
      claim: { invoiceId: invoice.id },
      by: { paymentId },
      claimAmount: wanted,
      byAmount: wanted,
      exchangeDifference: exchangeDifference(
        ctx,
        describeInvoice(invoice.kind as InvoiceKind).side,
        { amount: wanted, rate: invoice.exchangeRate },
        { amount: wanted, rate: payment.exchangeRate },
      ),
      date: settledOn(ctx, invoice.date, payment.date),
    }
  })
  settle(tx, ctx, settlements)
}
