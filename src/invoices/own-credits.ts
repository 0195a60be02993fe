import type { Context } from '../kernel/context.ts'
import type { CalendarDate } from '../kernel/dates.ts'
import { type Decimal, min, zero } from '../kernel/decimal.ts'
import type { InvoiceRow } from './records.ts'
import { type Settlement, settledOn } from './settlements.ts'

/**
 * A credit settles its own invoice first, and only what that does not take is the party's (S11). So where an invoice is
 * opened again (its payment is cancelled), or a credit is there again (its refund is), what is left of its credits
 * settles it, in the same burst.
 * @param documents locked: invoices or bills, and all credits of them
 * @param undone settlements that are undone in that burst
 */
export function settleByOwnCredits(
  ctx: Context,
  documents: readonly InvoiceRow[],
  undone: readonly Settlement[],
): Settlement[] {
  const left = new Map(documents.map((each) => [each.id, each.gross.minus(each.settled)]))
  const give = (id: string, amount: Decimal): void => {
    const known = left.get(id)
    if (known) left.set(id, known.minus(amount))
  }
  for (const { claim, by, claimAmount, byAmount } of undone) {
    if ('invoiceId' in claim) give(claim.invoiceId, claimAmount)
    if ('creditId' in by) give(by.creditId, byAmount)
  }
  const settlements: Settlement[] = []
  for (const credit of documents) {
    const claim = documents.find((each) => each.id === credit.correctsId)
    if (!claim) continue
    const amount = min(left.get(claim.id)!, left.get(credit.id)!)
    if (!amount.gt(zero)) continue
    give(claim.id, amount)
    give(credit.id, amount)
    settlements.push(byOwnCredit(ctx, claim, credit, amount, ctx.today))
  }
  return settlements
}

/** A credit settles an amount of the invoice that it corrects. One rate on both sides, so there is no exchange difference. */
export function byOwnCredit(
  ctx: Context,
  claim: Pick<InvoiceRow, 'id' | 'date'>,
  credit: Pick<InvoiceRow, 'id'>,
  amount: Decimal,
  date: CalendarDate,
): Settlement {
  return {
    claim: { invoiceId: claim.id },
    by: { creditId: credit.id },
    claimAmount: amount,
    byAmount: amount,
    exchangeDifference: zero,
    date: settledOn(ctx, claim.date, date),
  }
}
