import { afterAll, beforeAll, expect, it } from 'vitest'
import { paymentStatus } from '../../src/invoices/present-invoice.ts'
import { decimal } from '../../src/kernel/decimal.ts'
import { invoiceKinds } from '../../src/kinds.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

const amounts = ['-5', '0', '0.01', '99.99', '100', '100.01']
const today = '2026-11-30'

/** Every kind in every state, with every amount paid of every other, due before, on and after the day. */
const rows = invoiceKinds.flatMap((kind) =>
  ['draft', 'posted', 'cancelled'].flatMap((state) =>
    amounts.flatMap((gross) =>
      amounts.flatMap((settled) =>
        ['2026-11-29', today, '2026-12-01'].map((dueDate) => ({ kind, state, gross, settled, dueDate })),
      ),
    ),
  ),
)

it('the page of a document and the filter of its list say the same of how far it is paid', async () => {
  const { rows: said } = await app.ownerDb.query<{ status: string | null }>(
    `select invoice_payment_status(kind, state, gross, settled, due, $2::date) as status
     from rows from (json_to_recordset($1::json) as (kind text, state text, gross numeric, settled numeric, due date))
       with ordinality as r(kind, state, gross, settled, due, n) order by n`,
    [JSON.stringify(rows.map(({ dueDate: due, ...row }) => ({ ...row, due }))), today],
  )
  const own = rows.map((row) =>
    paymentStatus({ ...row, gross: decimal(row.gross), settled: decimal(row.settled) }, today),
  )
  expect(new Set(own).size).toBe(6)
  expect(own).toEqual(said.map(({ status }) => status))
})
