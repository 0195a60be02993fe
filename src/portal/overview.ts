import type { Context } from '../kernel/context.ts'
import { json, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { waysToPay } from '../online-payments/index.ts'
import { findParty } from '../parties/index.ts'
import { pageLanguage } from '../printing/index.ts'
import { kindOfCovered } from './document.ts'

const selectCompany = statement(
  'select_portal_company',
  { address: json<{ phone?: string | null; email?: string | null }>() },
  (p: { companyId: string }) => sql`select address from companies where company_id = ${p.companyId}`,
)
const selectOpen = statement(
  'select_portal_open_items',
  {
    id: 'uuid',
    number: 'text',
    date: 'date',
    dueDate: 'date',
    currency: 'text',
    gross: 'numeric',
    openAmount: 'numeric',
  },
  (p: { companyId: string; partyId: string }) => sql`
    select id, coalesce(number, '') as number, date, due_date, currency, gross, gross - settled as open_amount from invoices
    where company_id = ${p.companyId} and party_id = ${p.partyId} and kind = 'invoice' and state = 'posted' and settled < gross
    order by due_date, id limit 200`,
)

/** What whoever opens a link sees first. @param documents that it covers; null: all of the customer. */
export async function presentPortal(tx: Transaction, ctx: Context, documents: readonly string[] | null) {
  const { company } = ctx
  const p = { companyId: company.id, partyId: ctx.partyId! }
  const [own, party, open, pay] = await Promise.all([
    tx.one(selectCompany, p),
    findParty(tx, company.id, p.partyId),
    tx.all(selectOpen, p),
    waysToPay(tx, company.id),
  ])
  const id = documents?.[0] ?? null
  return {
    company: { name: company.name, email: own.address.email ?? null, phone: own.address.phone ?? null },
    customer: party?.name ?? '',
    language: pageLanguage(party?.language, company.language),
    today: ctx.today,
    document: id === null ? null : { id, kind: await kindOfCovered(tx, ctx, id) },
    openItems: documents === null ? open : open.filter((each) => each.id === id),
    pay,
  }
}
