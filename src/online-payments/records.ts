import { type Row, json, sql, statement } from '../kernel/sql.ts'
import type { ProviderName, State } from './provider.ts'

export interface Share {
  readonly invoiceId: string
  readonly amount: string
}

const columns = {
  id: 'uuid',
  provider: 'text',
  linkId: 'uuid',
  partyId: 'uuid',
  currency: 'text',
  minorDigits: 'int',
  amount: 'numeric',
  documents: json<Share[]>(),
  state: 'text',
  providerId: 'text?',
  providerPayment: 'text?',
  address: 'text?',
  paymentId: 'uuid?',
  error: 'text?',
  createdAt: 'timestamptz',
} as const
type Stored = Row<typeof columns>
export type OnlinePaymentRow = Omit<Stored, 'provider' | 'state'> & {
  readonly provider: ProviderName
  readonly state: State
}

const fields = sql`o.id, o.provider, o.link_id, o.party_id, o.currency, m.minor_digits::int, o.amount, o.documents, o.state, o.provider_id,
  o.provider_payment, o.address, o.payment_id, o.error, o.created_at`
const from = sql`from online_payments o join currencies m on m.company_id = o.company_id and m.code = o.currency`

interface ById {
  companyId: string
  id: string
}

export const selectOnlinePayment = statement(
  'select_online_payment',
  columns,
  (p: ById) => sql`select ${fields} ${from} where o.company_id = ${p.companyId} and o.id = ${p.id}`,
)
export const lockOnlinePayment = statement(
  'lock_online_payment',
  columns,
  (p: ById) =>
    sql`select ${fields} ${from} where o.company_id = ${p.companyId} and o.id = ${p.id} for no key update of o`,
)
export const selectByRequest = statement(
  'select_online_payment_by_request',
  columns,
  (p: { companyId: string; linkId: string; key: string }) => sql`
    select ${fields} ${from} where o.company_id = ${p.companyId} and o.link_id = ${p.linkId} and o.request_key = ${p.key}`,
)
/** By the provider's id, or by ours where its id never came to be written. */
export const selectToldOf = statement(
  'select_online_payment_told_of',
  { id: 'uuid' },
  (p: { companyId: string; provider: string; providerId: string; reference: string | null }) => sql`
    select id from online_payments where company_id = ${p.companyId} and provider = ${p.provider}
      and (provider_id = ${p.providerId} or (id = ${p.reference}::uuid and provider_id is null))`,
)
export const selectUnderWay = statement(
  'select_online_payments_under_way',
  columns,
  (p: { companyId: string; before: Date }) => sql`
    select ${fields} ${from} where o.company_id = ${p.companyId} and o.checked_at < ${p.before}
      and (o.state in ('starting', 'open', 'processing') or (o.state = 'paid' and o.payment_id is null))
    order by o.checked_at limit 50`,
)
export const selectOfDocument = statement(
  'select_online_payments_of_document',
  columns,
  (p: { companyId: string; documentId: string }) => sql`
    select ${fields} ${from} where o.company_id = ${p.companyId}
      and o.documents @> jsonb_build_array(jsonb_build_object('invoiceId', ${p.documentId}::text))
    order by o.id desc limit 50`,
)

export const insertOnce = statement(
  'insert_online_payment_once',
  { id: 'uuid' },
  (p: {
    companyId: string
    id: string
    provider: string
    linkId: string
    key: string
    partyId: string
    currency: string
    amount: string
    documents: readonly Share[]
    now: Date
  }) => sql`
    insert into online_payments (company_id, id, provider, link_id, request_key, party_id, currency, amount, documents, created_at, checked_at)
    values (${p.companyId}, ${p.id}, ${p.provider}, ${p.linkId}, ${p.key}, ${p.partyId}, ${p.currency}, ${p.amount}::numeric,
      ${JSON.stringify(p.documents)}::jsonb, ${p.now}, ${p.now})
    on conflict (company_id, link_id, request_key) do nothing returning id`,
)
export const setOpen = statement(
  'open_online_payment',
  {},
  (p: ById & { providerId: string; address: string }) => sql`
    update online_payments set provider_id = coalesce(provider_id, ${p.providerId}), address = ${p.address},
      state = case state when 'starting' then 'open' else state end
    where company_id = ${p.companyId} and id = ${p.id}`,
)
export const setState = statement(
  'set_online_payment_state',
  {},
  (
    p: ById & {
      state: string
      providerId: string | null
      providerPayment: string | null
      paymentId: string | null
      error: string | null
      now: Date
    },
  ) => sql`
    update online_payments set state = ${p.state}, provider_id = coalesce(provider_id, ${p.providerId}),
      provider_payment = coalesce(${p.providerPayment}, provider_payment), payment_id = ${p.paymentId}, error = ${p.error}, checked_at = ${p.now}
    where company_id = ${p.companyId} and id = ${p.id}`,
)
export const setChecked = statement(
  'note_online_payment_checked',
  {},
  (p: ById & { now: Date }) =>
    sql`update online_payments set checked_at = ${p.now} where company_id = ${p.companyId} and id = ${p.id}`,
)
/** Answers nothing where the event was taken before: the one who was first waits here for its end. */
export const takeEvent = statement(
  'take_online_payment_event',
  { type: 'text' },
  (p: { companyId: string; provider: string; eventId: string; type: string; now: Date }) => sql`
    insert into online_payment_events (company_id, provider, event_id, type, at)
    values (${p.companyId}, ${p.provider}, ${p.eventId}, ${p.type}, ${p.now})
    on conflict (company_id, provider, event_id) do nothing returning type`,
)
