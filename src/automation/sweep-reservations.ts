import { findAllCompanies, loadCompany, systemContext } from '../identity/index.ts'
import { type Database, inTransaction } from '../kernel/transaction.ts'
import { expireReservations } from '../stock/index.ts'

/** So many batches of one company in one run; what is left waits for the next. */
const mostBatches = 100

/**
 * Sweeps the reservations that have ended, company by company, each batch in a transaction of its own.
 * @throws when companies failed; the others were swept all the same.
 */
export async function sweepReservations(db: Database): Promise<void> {
  const companies = await inTransaction(db, { companyId: null }, findAllCompanies, { readOnly: true })
  const failures: Error[] = []
  for (const { id, slug } of companies) {
    try {
      await sweepCompany(db, id)
    } catch (cause) {
      failures.push(new Error(`ended reservations of ${slug} were not swept`, { cause }))
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '))
}

async function sweepCompany(db: Database, companyId: string): Promise<void> {
  const company = await loadCompany(db, companyId)
  if (company === null) return
  const ctx = systemContext(company, 'reservation clean-up')
  for (let batch = 0; batch < mostBatches; batch++) {
    const { more } = await inTransaction(db, { companyId }, (tx) => expireReservations(tx, ctx))
    if (!more) return
  }
}
