import { refuseStale } from '../kernel/guards.ts'
import type { Context } from '../kernel/context.ts'
import { max, min, zero } from '../kernel/decimal.ts'
import { conflict, notFound, ruleBroken } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import { type ReadBack, type Transaction, readBack } from '../kernel/transaction.ts'
import { recordEvents } from '../journal/events.ts'
import { describeInvoice } from '../kinds.ts'
import type { CreditKind } from './create-credit.ts'
import { enteredAmount } from './entered-amount.ts'
import { presentInvoice } from './present-invoice.ts'
import { lockInvoices, selectInvoice } from './records.ts'
import type { Allocations, InvoiceOut } from './schemas.ts'
import { type Settlement, exchangeDifference, settle, settledOn } from './settlements.ts'

const selectOpenClaims = statement(
  'select_open_claims',
  { id: 'uuid' },
  (p: { companyId: string; kind: string; partyId: string; currency: string }) => sql`
    select i.id from invoices i
    where i.company_id = ${p.companyId} and i.kind = ${p.kind} and i.party_id = ${p.partyId} and i.currency = ${p.currency}
      and i.state = 'posted' and i.settled < i.gross
    order by i.due_date, i.id limit 200`,
)

/** Applies what is left of a credit to open documents of the same party: those named, else the oldest due first. */
export async function applyCredit(
  tx: Transaction,
  ctx: Context,
  kind: CreditKind,
  id: string,
  input: Allocations,
  ifMatch: number | null,
): Promise<ReadBack<InvoiceOut>> {
  const companyId = ctx.company.id
  const { title, corrects, side } = describeInvoice(kind)
  const peek = await tx.maybe(selectInvoice, { companyId, id })
  if (!peek || peek.kind !== kind) throw notFound(title)
  const claimIds = input.allocations
    ? input.allocations.map((a) => a.invoiceId)
    : (
        await tx.all(selectOpenClaims, {
          companyId,
          kind: corrects!,
          partyId: peek.partyId,
          currency: peek.currency,
        })
      ).map((c) => c.id)
  const locked = await tx.all(lockInvoices, { companyId, ids: [...new Set([id, ...claimIds])] })
  const credit = locked.find((i) => i.id === id)!
  refuseStale(credit.version, ifMatch)
  if (credit.state !== 'posted')
    throw conflict('wrong-state', `This ${title} is ${credit.state}; only a posted one is applied.`)
  let left = max(credit.gross.minus(credit.settled), zero)
  if (!left.gt(zero)) throw conflict('nothing-left', `Nothing of ${credit.number} is left to apply.`)
  const settlements: Settlement[] = []
  for (const [i, claimId] of claimIds.entries()) {
    const claim = locked.find((c) => c.id === claimId)
    if (!claim || claim.kind !== corrects || claim.partyId !== credit.partyId || claim.state !== 'posted') {
      throw ruleBroken(
        'unknown-invoice',
        `/allocations/${i}/invoiceId`,
        'This party has no such open document.',
      )
    }
    if (claim.currency !== credit.currency) {
      throw ruleBroken(
        'other-currency',
        `/allocations/${i}/invoiceId`,
        `${claim.number} is in ${claim.currency}, the credit in ${credit.currency}.`,
      )
    }
    const already = settlements
      .filter((s) => 'invoiceId' in s.claim && s.claim.invoiceId === claimId)
      .reduce((all, s) => all.plus(s.claimAmount), zero)
    const open = max(claim.gross.minus(claim.settled), zero).minus(already)
    const asked = input.allocations
      ? enteredAmount(input.allocations[i]!.amount, claim, `/allocations/${i}/amount`)
      : min(left, open)
    // Named ones are more than zero; of the others one may have been settled since they were looked for.
    if (!asked.gt(zero)) continue
    if (asked.gt(open))
      throw conflict(
        'over-allocation',
        `At most ${open.toFixed()} ${claim.currency} is open on ${claim.number}.`,
        { open: open.toFixed() },
      )
    if (asked.gt(left))
      throw conflict(
        'over-allocation',
        `At most ${left.toFixed()} ${credit.currency} of ${credit.number} is left.`,
        { left: left.toFixed() },
      )
    left = left.minus(asked)
    settlements.push({
      claim: { invoiceId: claimId },
      by: { creditId: id },
      claimAmount: asked,
      byAmount: asked,
      exchangeDifference: exchangeDifference(
        ctx,
        side,
        { amount: asked, rate: claim.exchangeRate },
        { amount: asked, rate: credit.exchangeRate },
      ),
      date: settledOn(ctx, claim.date, ctx.today),
    })
  }
  if (settlements.length === 0)
    throw conflict(
      'nothing-open',
      `${credit.party.name} has nothing open in ${credit.currency} to apply it to. Refund it instead.`,
    )
  settle(tx, ctx, settlements)
  recordEvents(tx, ctx, [
    {
      type: `${kind}.applied`,
      objectKind: kind,
      objectId: id,
      after: { allocations: settlements.map((s) => ({ ...s.claim, amount: s.claimAmount })) },
    },
  ])
  return readBack(() => presentInvoice(tx, ctx, kind, id))
}
