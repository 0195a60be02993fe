import { type Row, insertInto, json, sql, statement } from '../../kernel/sql.ts'
import type { PartySnapshot } from '../../orders/index.ts'

export interface PlannedAllocation {
  readonly invoiceId: string
  readonly amount: string
}

export const paymentColumns = {
  id: 'uuid',
  number: 'text?',
  state: 'text',
  direction: 'text',
  side: 'text',
  partyId: 'uuid',
  party: json<PartySnapshot>(),
  amount: 'numeric',
  currency: 'text',
  exchangeRate: 'numeric',
  baseAmount: 'numeric',
  date: 'date',
  method: 'text',
  reference: 'text?',
  notes: 'text?',
  rounding: 'numeric',
  settled: 'numeric',
  planned: json<PlannedAllocation[]>(),
  version: 'int',
  createdAt: 'timestamptz',
  createdBy: 'text',
  postedAt: 'timestamptz?',
} as const
export type PaymentRow = Row<typeof paymentColumns>

export const paymentFields = sql`y.id, y.number, y.state, y.direction, y.side, y.party_id, y.party, y.amount, y.currency, y.exchange_rate,
  y.base_amount, y.date, y.method, y.reference, y.notes, y.rounding, y.settled, y.planned, y.version, y.created_at, y.created_by, y.posted_at`

interface ById {
  companyId: string
  id: string
}

export const selectPayment = statement(
  'select_payment',
  paymentColumns,
  (p: ById) =>
    sql`select ${paymentFields} from payments y where y.company_id = ${p.companyId} and y.id = ${p.id}`,
)

/** Payments are locked after invoices, in the order of their ids. */
export const lockPayments = statement(
  'lock_payments',
  paymentColumns,
  (p: { companyId: string; ids: readonly string[] }) => sql`
    select ${paymentFields} from payments y where y.company_id = ${p.companyId} and y.id = any(${p.ids}::uuid[]) order by y.id for no key update`,
)

const allocationColumns = {
  id: 'uuid',
  claimInvoiceId: 'uuid?',
  claimPaymentId: 'uuid?',
  byCreditId: 'uuid?',
  byPaymentId: 'uuid?',
  claimAmount: 'numeric',
  byAmount: 'numeric',
  exchangeDifference: 'numeric',
  number: 'text?',
  kind: 'text?',
  currency: 'text?',
} as const
export type AllocationRow = Row<typeof allocationColumns>

/** What a payment is allocated to, or what refunds it: its side of the money ledger. */
export const selectAllocations = statement(
  'select_payment_allocations',
  allocationColumns,
  (p: ById) => sql`
    select s.id, s.claim_invoice_id, s.claim_payment_id, s.by_credit_id, s.by_payment_id, s.claim_amount, s.by_amount, s.exchange_difference,
      d.number, d.kind, d.currency
    from settlements s
    -- Looked up one by one: joined, all documents of the company would be read for the one or two that are asked for.
    left join lateral (select d.number, d.kind, d.currency from documents d
      where d.company_id = s.company_id and d.id = any(array(select case
        when s.by_payment_id = ${p.id} then coalesce(s.claim_invoice_id, s.claim_payment_id) else coalesce(s.by_credit_id, s.by_payment_id) end))
      limit 1) d on true
    where s.company_id = ${p.companyId} and (s.by_payment_id = ${p.id} or s.claim_payment_id = ${p.id})
      and s.reverses_id is null and not exists (select from settlements u where u.company_id = s.company_id and u.reverses_id = s.id)
    order by s.id`,
)

/** The documents that a payment has paid or refunded, with the invoices that those correct and all credits of them. */
export const selectDocumentsOfPayment = statement(
  'select_documents_of_payment',
  { id: 'uuid' },
  (p: ById) => sql`
    with claims as (
      select s.claim_invoice_id as id from settlements s
      where s.company_id = ${p.companyId} and s.by_payment_id = ${p.id} and s.claim_invoice_id is not null
      union
      select coalesce(c.corrects_id, c.id) from settlements s join invoices c on c.company_id = s.company_id and c.id = s.by_credit_id
      where s.company_id = ${p.companyId} and s.claim_payment_id = ${p.id}
    )
    select id from claims
    union
    select c.id from invoices c
    where c.company_id = ${p.companyId} and c.state = 'posted' and c.corrects_id = any(array(select id from claims))`,
)

/**
 * Credits that were paid out of what a payment paid: without it, more would have been refunded of their invoice than was
 * paid on it. What credits of other documents settled of it was paid, too.
 */
export const selectPaidBack = statement(
  'select_credits_paid_back_of_payment',
  { number: 'text' },
  (p: ById) => sql`
    select c.number from invoices i
    join lateral (select sum(s.claim_amount) as amount from settlements s
      where s.company_id = i.company_id and s.claim_invoice_id = i.id and s.by_payment_id = ${p.id}) paid on paid.amount > 0
    join lateral (select sum(k.refunded) as refunded, max(k.number) filter (where k.refunded > 0) as number,
        coalesce(sum((select sum(s.claim_amount) from settlements s
          where s.company_id = k.company_id and s.by_credit_id = k.id and s.claim_invoice_id = i.id)), 0) as settled
      from invoices k where k.company_id = i.company_id and k.corrects_id = i.id and k.state = 'posted') c on c.refunded > 0
    where i.company_id = ${p.companyId} and i.id = any(array(
        select s.claim_invoice_id from settlements s where s.company_id = ${p.companyId} and s.by_payment_id = ${p.id}))
      and c.refunded > i.settled - c.settled - paid.amount
    order by c.number`,
)

export const insertPayment = insertInto('payments', [
  'companyId',
  'id',
  'state',
  'direction',
  'side',
  'partyId',
  'party',
  'amount',
  'currency',
  'exchangeRate',
  'baseAmount',
  'date',
  'method',
  'reference',
  'notes',
  'rounding',
  'planned',
  'version',
  'createdAt',
  'createdBy',
  'createdByUser',
])
