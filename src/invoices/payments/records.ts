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
