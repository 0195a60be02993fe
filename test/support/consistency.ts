import { expect, it } from 'vitest'
import { checkCompany } from '../../src/check.ts'
import { inTransaction } from '../../src/kernel/transaction.ts'
import type { TestApp } from './test-app.ts'

/**
 * The last test of a story: every figure that is kept for speed is what the ledgers say. An `it` and no
 * afterAll, so that what differs is reported as a failure of its own.
 */
export function itAddsUp(app: () => TestApp): void {
  it('leaves every figure as the ledgers say', async () => {
    const { db, company } = app()
    const read = { readOnly: true }
    const found = await inTransaction(
      db,
      { companyId: company.id },
      (tx) => checkCompany(tx, company.id),
      read,
    )
    expect(found).toEqual([])
  })
}
