import { purgeImports } from '../exchange/index.ts'
import { purgeIdempotencyKeys } from '../http/idempotency.ts'
import { findAllCompanies, purgeSignIns } from '../identity/index.ts'
import { now } from '../kernel/clock.ts'
import { type Database, inTransaction } from '../kernel/transaction.ts'
import { purgeRuns } from './rules/list-runs.ts'
import { purgeBatches } from '../printing/index.ts'
import { purgeDeliveries } from './webhooks/purge-deliveries.ts'

/** Deletes what is kept for a time only: answers under idempotency keys, sessions, one-time passwords, deliveries, files. */
export async function cleanUp(db: Database): Promise<void> {
  const moment = now()
  await inTransaction(db, { companyId: null }, async (tx) => purgeSignIns(tx, moment))
  const companies = await inTransaction(db, { companyId: null }, findAllCompanies, { readOnly: true })
  for (const { id: companyId } of companies)
    await inTransaction(db, { companyId }, async (tx) => {
      purgeIdempotencyKeys(tx, moment)
      purgeDeliveries(tx, companyId, moment)
      purgeBatches(tx, companyId, moment)
      purgeRuns(tx, companyId, moment)
      purgeImports(tx, companyId, moment)
    })
}
