import { now } from '../../kernel/clock.ts'
import type { Statement } from '../../kernel/sql.ts'
import { type Database, inTransaction } from '../../kernel/transaction.ts'

/**
 * The companies that have work of a kind which is due now: one short question for all of them, so that it
 * may be asked every second.
 * @param which asks a function that sees the queues of all companies (`companies_with_…_work`).
 */
export async function companiesDue(
  db: Database,
  which: Statement<{ now: Date }, { companyId: string }>,
): Promise<string[]> {
  const found = await inTransaction(db, { companyId: null }, (tx) => tx.all(which, { now: now() }), {
    readOnly: true,
  })
  return found.map(({ companyId }) => companyId)
}
