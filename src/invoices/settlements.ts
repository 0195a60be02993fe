import type { Context } from '../kernel/context.ts'
import type { CalendarDate } from '../kernel/dates.ts'
import { type Decimal, zero } from '../kernel/decimal.ts'
import { newId } from '../kernel/ids.ts'
import { roundMoney } from '../kernel/money.ts'
import { insertInto, rowsParameter, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'

/**
 * The links of the money ledger: which payment or credit settles which claim. Append-only; the amounts that
 * documents show as settled are changed in the same statement burst, by difference, and their constraints
 * refuse more than there is.
 */
const insertSettlements = insertInto('settlements', [
  'companyId',
  'id',
  'claimInvoiceId',
  'claimPaymentId',
  'byCreditId',
  'byPaymentId',
  'claimAmount',
  'byAmount',
  'exchangeDifference',
  'reversesId',
  'date',
  'postedAt',
])

const changeInvoices = statement(
  'change_invoices_settled',
  {},
  (p: { companyId: string; rows: readonly object[] }) => sql`
    update invoices i set settled = i.settled + d.settled, credited = i.credited + d.credited, refunded = i.refunded + d.refunded, version = i.version + 1
    from json_to_recordset(${rowsParameter(p.rows)}::json) as d(id uuid, settled numeric, credited numeric, refunded numeric)
    where i.company_id = ${p.companyId} and i.id = d.id`,
)

const changePayments = statement(
  'change_payments_settled',
  {},
  (p: { companyId: string; rows: readonly object[] }) => sql`
    update payments y set settled = y.settled + d.settled, version = y.version + 1
    from json_to_recordset(${rowsParameter(p.rows)}::json) as d(id uuid, settled numeric)
    where y.company_id = ${p.companyId} and y.id = d.id`,
)

export interface Settlement {
  /** An invoice or bill, or the payment that refunds. */
  readonly claim: { readonly invoiceId: string } | { readonly paymentId: string }
  readonly by: { readonly creditId: string } | { readonly paymentId: string }
  /** In the claim's currency. */
  readonly claimAmount: Decimal
  /** In the currency of the payment or credit. */
  readonly byAmount: Decimal
  /** Company currency, gain (+) or loss (-). */
  readonly exchangeDifference: Decimal
  /** From when it counts: `settledOn`. */
  readonly date: CalendarDate
  readonly reversesId?: string | null
}

/**
 * The day from which a settlement counts. Nothing is settled before both of its ends are there: money that came before
 * the invoice is the party's credit until then. Money or a credit that is dated in the future is posted today, and what
 * it settles is settled from today on.
 * @param claim date of the invoice or bill; null: a refund, which is money on both ends
 * @param money dates of payments, refunds and credits
 */
export function settledOn(
  ctx: Context,
  claim: CalendarDate | null,
  ...money: readonly CalendarDate[]
): CalendarDate {
  const latest = money.reduce((a, b) => (a > b ? a : b))
  const there = latest < ctx.today ? latest : ctx.today
  return claim !== null && claim > there ? claim : there
}

/** Gain or loss between the rate a claim was booked at and the rate it was settled at. */
export function exchangeDifference(
  ctx: Context,
  side: 'customer' | 'vendor',
  claim: { amount: Decimal; rate: Decimal },
  by: { amount: Decimal; rate: Decimal },
): Decimal {
  const digits = ctx.company.minorDigits
  const booked = roundMoney(claim.amount.times(claim.rate), digits)
  const paid = roundMoney(by.amount.times(by.rate), digits)
  return side === 'customer' ? paid.minus(booked) : booked.minus(paid)
}

/**
 * Writes settlements and what they do to both ends.
 * @param fresh a payment that is posted behind this, by a statement that counts what it settles along
 */
export function settle(
  tx: Transaction,
  ctx: Context,
  settlements: readonly Settlement[],
  fresh: string | null = null,
): void {
  if (settlements.length === 0) return
  const companyId = ctx.company.id
  tx.write(insertSettlements, {
    rows: settlements.map((s) => ({
      companyId,
      id: newId(),
      claimInvoiceId: 'invoiceId' in s.claim ? s.claim.invoiceId : null,
      claimPaymentId: 'paymentId' in s.claim ? s.claim.paymentId : null,
      byCreditId: 'creditId' in s.by ? s.by.creditId : null,
      byPaymentId: 'paymentId' in s.by ? s.by.paymentId : null,
      claimAmount: s.claimAmount,
      byAmount: s.byAmount,
      exchangeDifference: s.exchangeDifference,
      reversesId: s.reversesId ?? null,
      date: s.date,
      postedAt: ctx.now,
    })),
  })
  const invoices = new Map<string, { settled: Decimal; credited: Decimal; refunded: Decimal }>()
  const payments = new Map<string, { settled: Decimal }>()
  const invoice = (id: string) => {
    const known = invoices.get(id) ?? { settled: zero, credited: zero, refunded: zero }
    invoices.set(id, known)
    return known
  }
  const payment = (id: string) => {
    const known = payments.get(id) ?? { settled: zero }
    payments.set(id, known)
    return known
  }
  for (const s of settlements) {
    if ('invoiceId' in s.claim) {
      const claim = invoice(s.claim.invoiceId)
      claim.settled = claim.settled.plus(s.claimAmount)
      if ('creditId' in s.by) claim.credited = claim.credited.plus(s.claimAmount)
    } else {
      const claim = payment(s.claim.paymentId)
      claim.settled = claim.settled.plus(s.claimAmount)
    }
    if ('creditId' in s.by) {
      const by = invoice(s.by.creditId)
      by.settled = by.settled.plus(s.byAmount)
      if ('paymentId' in s.claim) by.refunded = by.refunded.plus(s.byAmount)
    } else {
      const by = payment(s.by.paymentId)
      by.settled = by.settled.plus(s.byAmount)
    }
  }
  if (fresh !== null) payments.delete(fresh)
  if (invoices.size > 0)
    tx.write(changeInvoices, { companyId, rows: [...invoices].map(([id, c]) => ({ id, ...c })) })
  if (payments.size > 0)
    tx.write(changePayments, { companyId, rows: [...payments].map(([id, c]) => ({ id, ...c })) })
}
