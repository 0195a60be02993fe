import { loadCompany, systemContext } from '../identity/index.ts'
import { now } from '../kernel/clock.ts'
import type { Company } from '../kernel/context.ts'
import { sql, statement } from '../kernel/sql.ts'
import { type Database, inTransaction } from '../kernel/transaction.ts'
import { remind } from './remind.ts'

/** Hours of the company's day in which reminders are sent. */
const earliest = 8
const latest = 18
/** Customers that one transaction writes to: their invoices stay locked meanwhile. */
const atOnce = 20

const companiesThatRemind = statement(
  'companies_with_reminders',
  { companyId: 'uuid' },
  () => sql`select w as company_id from companies_with_reminders() w`,
)

const customersBehind = statement(
  'select_customers_with_overdue_invoices',
  { partyId: 'uuid' },
  (p: { companyId: string; today: string; after: string | null; limit: number }) => sql`
    select distinct party_id from invoices
    where company_id = ${p.companyId} and kind = 'invoice' and state = 'posted' and settled < gross
      and due_date < ${p.today}::date and (${p.after}::uuid is null or party_id > ${p.after}::uuid)
    order by party_id limit ${p.limit}`,
)

/**
 * Sends the reminders that are due, for every company that wants that. Run every hour: no stage is sent twice,
 * whatever this does.
 * @throws when companies failed; the others were served all the same.
 */
export async function remindBySchedule(db: Database): Promise<void> {
  const companies = await inTransaction(
    db,
    { companyId: null },
    (tx) => tx.all(companiesThatRemind, undefined),
    { readOnly: true },
  )
  const failures: Error[] = []
  for (const { companyId } of companies) {
    const company = await loadCompany(db, companyId)
    if (company === null || !isOfficeHour(company.timeZone, now())) continue
    try {
      await remindCustomers(db, company)
    } catch (cause) {
      failures.push(new Error(`reminders of ${company.slug} were not sent`, { cause }))
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '))
}

async function remindCustomers(db: Database, company: Company): Promise<void> {
  const companyId = company.id
  let after: string | null = null
  for (;;) {
    const ctx = systemContext(company, 'payment reminders')
    const next = await inTransaction(db, { companyId }, async (tx): Promise<string[]> => {
      const rows = await tx.all(customersBehind, { companyId, today: ctx.today, after, limit: atOnce })
      const partyIds = rows.map((row) => row.partyId)
      if (partyIds.length > 0) await remind(tx, ctx, { partyIds }, { byHand: false, preview: false })
      return partyIds
    })
    if (next.length < atOnce) return
    after = next.at(-1)!
  }
}

function isOfficeHour(timeZone: string, moment: Date): boolean {
  const hour = Number(
    new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(moment),
  )
  return hour >= earliest && hour < latest
}
