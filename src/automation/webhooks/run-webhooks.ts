import { companiesDue, loadCompany, systemContext } from '../../identity/index.ts'
import { now } from '../../kernel/clock.ts'
import { type RepeatOptions, type Repeated, repeat } from '../../kernel/repeat.ts'
import { sql, statement } from '../../kernel/sql.ts'
import { type Database, inTransaction } from '../../kernel/transaction.ts'
import { claimDeliveries } from './claim-deliveries.ts'
import { distributeEvents } from '../distribute-events.ts'
import { recordOutcome } from './record-outcome.ts'
import { type Sender, openSender } from './send.ts'

const companiesWithWork = statement(
  'companies_with_webhook_work',
  { companyId: 'uuid' },
  (p: { now: Date }) => sql`select w as company_id from companies_with_webhook_work(${p.now}::timestamptz) w`,
)

/** Sends what is due, for every company, until nothing is. */
export async function sendDue(db: Database, sender: Sender): Promise<void> {
  const due = await companiesDue(db, companiesWithWork)
  await Promise.all(due.map((companyId) => sendOfCompany(db, companyId, sender)))
}

async function sendOfCompany(db: Database, companyId: string, sender: Sender): Promise<void> {
  const company = await loadCompany(db, companyId)
  if (company === null) return
  while (await inTransaction(db, { companyId }, (tx) => distributeEvents(tx, companyId, now())));
  for (;;) {
    const claimed = await inTransaction(db, { companyId }, (tx) => claimDeliveries(tx, companyId, now()))
    if (claimed.length === 0) return
    await Promise.all(
      claimed.map(async (each) => {
        // No transaction is open while the receiver takes its time.
        const outcome = await sender.send(each, now())
        const ctx = systemContext(company, 'webhooks')
        await inTransaction(db, { companyId }, (tx) => recordOutcome(tx, ctx, each, outcome, Math.random()))
      }),
    )
  }
}

/** Sends webhooks from now on. Several processes share the work. */
export function startWebhooks(db: Database, options: RepeatOptions = {}): Repeated {
  const sender = openSender()
  return repeat('webhooks', () => sendDue(db, sender), { ...options, after: () => sender.close() })
}
