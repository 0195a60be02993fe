import type { Surroundings } from '../http/outside.ts'
import { loadCompany } from '../identity/index.ts'
import { now } from '../kernel/clock.ts'
import type { Company } from '../kernel/context.ts'
import { conflict, notFound } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type Cause, applyState } from './apply-state.ts'
import type { State } from './provider.ts'
import { type OnlinePaymentRow, selectOnlinePayment, selectUnderWay, setChecked } from './records.ts'
import { completeRefunds } from './refund.ts'
import { providerOf } from './settings.ts'
import { testProvider } from './test-provider.ts'

/** A checkout that never came to be is given up after this. */
const longestStart = 60 * 60 * 1000

/** Asks the provider how a payment stands, and books it if it is paid. */
export async function ask(
  surroundings: Surroundings,
  company: Company,
  row: OnlinePaymentRow,
  told: { readonly providerId: string | null; readonly cause: Cause | null },
): Promise<State> {
  const { db } = surroundings
  const companyId = company.id
  const providerId = row.providerId ?? told.providerId
  if (providerId === null) {
    if (now().getTime() - row.createdAt.getTime() < longestStart) return row.state
    const none = { state: 'expired', amount: null, payment: null, providerId } as const
    return applyState(db, company, row.id, none, null)
  }
  const provider = await inTransaction(
    db,
    { companyId },
    (tx) => providerOf(tx, companyId, row.provider, surroundings),
    { readOnly: true },
  )
  const known = await provider.stateOf(providerId)
  return applyState(db, company, row.id, { ...known, providerId }, told.cause)
}

export async function findOnlinePayment(
  { db }: Surroundings,
  companyId: string,
  id: string,
): Promise<OnlinePaymentRow> {
  const row = await inTransaction(
    db,
    { companyId },
    (tx) => tx.maybe(selectOnlinePayment, { companyId, id }),
    {
      readOnly: true,
    },
  )
  if (row === null) throw notFound('payment')
  return row as OnlinePaymentRow
}

/** How a payment stands, asked of the provider while it is not over: the customer has come back from there. */
export async function currentState(surroundings: Surroundings, company: Company, id: string): Promise<State> {
  const row = await findOnlinePayment(surroundings, company.id, id)
  const over =
    row.state === 'paid' ? row.paymentId !== null : row.state === 'failed' || row.state === 'expired'
  if (over || row.provider === 'test') return row.state
  return ask(surroundings, company, row, { providerId: null, cause: null })
}

/** What the customer chose on the page of the test provider, which is all there is to it. */
export async function completeTestPayment(
  surroundings: Surroundings,
  company: Company,
  id: string,
  outcome: 'paid' | 'failed',
): Promise<State> {
  const row = await findOnlinePayment(surroundings, company.id, id)
  if (row.provider !== 'test' || row.providerId === null)
    throw conflict('wrong-state', 'This is no test payment that could be completed here.')
  const known = await testProvider({ outcome, amount: row.amount.toFixed() }).stateOf(row.providerId)
  return applyState(surroundings.db, company, id, { ...known, providerId: row.providerId }, null)
}

const companiesWithPayments = statement(
  'companies_with_online_payments',
  { companyId: 'uuid' },
  (p: { before: Date }) =>
    sql`select c as company_id from companies_with_online_payments(${p.before}::timestamptz) c`,
)

/** Minutes after which a provider is asked (again), should its webhook be lost. */
const silence = 5 * 60 * 1000

/** Asks about everything that is under way: a webhook that never came changes nothing but the time. */
export async function askProviders(
  surroundings: Surroundings,
  failed: (error: unknown) => void = () => {},
): Promise<void> {
  const { db } = surroundings
  const before = new Date(now().getTime() - silence)
  const work = await inTransaction(
    db,
    { companyId: null },
    (tx) => tx.all(companiesWithPayments, { before }),
    {
      readOnly: true,
    },
  )
  for (const { companyId } of work) {
    const company = await loadCompany(db, companyId)
    if (company === null) continue
    const rows = await inTransaction(
      db,
      { companyId },
      (tx) => tx.all(selectUnderWay, { companyId, before }),
      {
        readOnly: true,
      },
    )
    for (const row of rows as OnlinePaymentRow[]) {
      // Noted first: one that cannot be asked about must not be asked about all the time.
      await inTransaction(db, { companyId }, async (tx) =>
        tx.write(setChecked, { companyId, id: row.id, now: now() }),
      )
      await ask(surroundings, company, row, { providerId: null, cause: null }).catch(failed)
    }
    await completeRefunds(surroundings, companyId, before).catch(failed)
  }
}
