import { isId } from '../kernel/ids.ts'
import type { Transaction } from '../kernel/transaction.ts'

/**
 * Makes the transaction one of this company from the next statement on. For the few operations that
 * touch several companies; go back to the first one before the end, whose idempotency key is stored then.
 */
export function enterCompany(tx: Transaction, companyId: string): void {
  if (!isId(companyId)) throw new Error(`not an id: ${companyId}`)
  // A failure is kept by the transaction and thrown at its end.
  void tx.command(`set local zapas.company = '${companyId}'`).catch(() => {})
}
