import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

/** Days that is kept what was sent, for whoever looks for it or repeats it. */
const keptDays = 30

const purge = statement(
  'purge_webhook_deliveries',
  {},
  (p: { companyId: string; before: Date }) => sql`
    delete from webhook_deliveries
    where company_id = ${p.companyId} and state <> 'waiting' and created_at < ${p.before}::timestamptz`,
)

/** Deletes deliveries of this company that ended and are older than 30 days. */
export function purgeDeliveries(tx: Transaction, companyId: string, moment: Date): void {
  tx.write(purge, { companyId, before: new Date(moment.getTime() - keptDays * 86_400_000) })
}
