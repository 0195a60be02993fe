import type { Difference } from './check/check.ts'
import { documentChecks } from './check/documents.ts'
import { moneyChecks } from './check/money.ts'
import { stockChecks } from './check/stock.ts'
import { now } from './kernel/clock.ts'
import type { Transaction } from './kernel/transaction.ts'

export type { Difference } from './check/check.ts'

const checks = [...stockChecks, ...documentChecks, ...moneyChecks]

/**
 * Recomputes every row of a company that is written for speed from the two ledgers (DESIGN 1.2), and lists
 * what differs. There must be nothing. May run beside the live system: all is read as of one moment.
 * @param tx read-only, and nothing was asked in it before.
 */
export async function checkCompany(tx: Transaction, companyId: string): Promise<Difference[]> {
  void tx.command('set transaction isolation level repeatable read')
  const found = await Promise.all(checks.map((each) => tx.all(each, { companyId, now: now() })))
  return found.flat()
}
