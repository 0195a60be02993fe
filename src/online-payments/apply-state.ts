import { systemContext } from '../identity/index.ts'
import { allocatable, createPayment, postPayment } from '../invoices/index.ts'
import { recordEvents } from '../journal/events.ts'
import type { Company, Context } from '../kernel/context.ts'
import { type Decimal, decimal, min, zero } from '../kernel/decimal.ts'
import { Problem } from '../kernel/problem.ts'
import { type Database, type Transaction, inTransaction } from '../kernel/transaction.ts'
import { type CheckoutState, type ProviderName, type State, type Told, states } from './provider.ts'
import { type OnlinePaymentRow, lockOnlinePayment, setState, takeEvent } from './records.ts'

/** An event of the provider that a state was asked for; noted in the transaction of what follows from it. */
export interface Cause {
  readonly provider: ProviderName
  readonly told: Told
}

/**
 * Brings a payment to the state that its provider says, and books it once it is paid: the payment, what it
 * settles, and the event that told of it, in one transaction or not at all. It may be done twice, at once or
 * out of order: a state only moves forward, an event counts once, and a payment is booked once.
 *
 * What cannot be booked (no exchange rate for today) stays paid with the reason, and is tried again.
 */
export async function applyState(
  db: Database,
  company: Company,
  id: string,
  known: CheckoutState & { readonly providerId: string | null },
  cause: Cause | null,
): Promise<State> {
  const ctx = systemContext(company, 'online payment')
  const scope = { companyId: company.id }
  try {
    return await inTransaction(db, scope, (tx) => apply(tx, ctx, id, known, cause))
  } catch (error) {
    if (!(error instanceof Problem) || known.state !== 'paid') throw error
    const { message } = error
    return inTransaction(db, scope, (tx) => apply(tx, ctx, id, known, null, message))
  }
}

async function apply(
  tx: Transaction,
  ctx: Context,
  id: string,
  known: CheckoutState & { readonly providerId: string | null },
  cause: Cause | null,
  error: string | null = null,
): Promise<State> {
  const companyId = ctx.company.id
  if (cause !== null && !(await isNew(tx, ctx, cause))) return known.state
  const row = (await tx.one(lockOnlinePayment, { companyId, id })) as OnlinePaymentRow
  const state = later(row.state, known.state)
  const due = state === 'paid' && row.paymentId === null
  if (state === row.state && !due) return state
  const paymentId =
    due && error === null ? await book(tx, ctx, row, known.amount ?? row.amount) : row.paymentId
  tx.write(setState, {
    companyId,
    id,
    state,
    providerId: known.providerId,
    providerPayment: known.payment,
    paymentId,
    error: error?.slice(0, 1000) ?? null,
    now: ctx.now,
  })
  if (state !== row.state && (state === 'failed' || state === 'expired')) tell(tx, ctx, row, state)
  return state
}

export async function isNew(tx: Transaction, ctx: Context, { provider, told }: Cause): Promise<boolean> {
  const { eventId, type } = told
  return (
    (await tx.maybe(takeEvent, { companyId: ctx.company.id, provider, eventId, type, now: ctx.now })) !== null
  )
}

function later(before: State, now: State): State {
  return states.indexOf(now) > states.indexOf(before) ? now : before
}

/** In the history of every document that was to be paid. */
function tell(tx: Transaction, ctx: Context, row: OnlinePaymentRow, state: 'failed' | 'expired'): void {
  recordEvents(
    tx,
    ctx,
    row.documents.map(({ invoiceId }) => ({
      type: `invoice.online-payment-${state}`,
      objectKind: 'invoice',
      objectId: invoiceId,
      after: { amount: row.amount, currency: row.currency, provider: row.provider },
    })),
  )
}

/**
 * Posts the payment by the operation that everybody uses. It settles what is still open of the documents; the
 * rest (somebody paid meanwhile, more came than was asked for) is the customer's credit.
 */
async function book(tx: Transaction, ctx: Context, row: OnlinePaymentRow, amount: Decimal): Promise<string> {
  const ids = row.documents.map((each) => each.invoiceId)
  const open = await allocatable(tx, ctx, ids)
  let left = amount
  const allocations: { invoiceId: string; amount: string }[] = []
  for (const share of row.documents) {
    const most = min(min(decimal(share.amount), open.get(share.invoiceId) ?? zero), left)
    if (!most.gt(zero)) continue
    allocations.push({ invoiceId: share.invoiceId, amount: most.toFixed() })
    left = left.minus(most)
  }
  const made = await createPayment(tx, ctx, {
    direction: 'in',
    partyId: row.partyId,
    amount: amount.toFixed(),
    currency: row.currency,
    method: row.provider === 'test' ? 'test' : 'online',
    reference: row.providerId ?? row.id,
    notes: row.provider === 'test' ? 'Test payment, no money moved' : null,
    allocations,
  })
  await postPayment(tx, ctx, made.id, null)
  return made.id
}
