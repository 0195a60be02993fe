import { now } from '../kernel/clock.ts'
import type { Actor, Company, Context } from '../kernel/context.ts'
import { dateIn } from '../kernel/dates.ts'
import { newId } from '../kernel/ids.ts'
import { Problem } from '../kernel/problem.ts'
import { type Database, type ReadBack, type Transaction, inTransaction } from '../kernel/transaction.ts'
import { allPermissions } from '../permissions.ts'
import { type CompanyName, findAllCompanies } from './companies/find-companies.ts'
import { loadCompany } from './companies/load-company.ts'

/** The system itself as the one who acts: the command line, a job. The audit trail shows the name. */
export function systemActor(name: string): Actor {
  return { type: 'system', id: 'system', name }
}

/** What an operation is given when no request asks for it. */
export function systemContext(company: Company, name: string): Context {
  const moment = now()
  return {
    company,
    actor: systemActor(name),
    role: 'system',
    permissions: new Set(allPermissions),
    partyId: null,
    now: moment,
    today: dateIn(company.timeZone, moment),
    requestId: newId(),
  }
}

/**
 * Runs an operation outside of a request, in one transaction of a company.
 * @param company slug or id; null where there is only one.
 * @param name who the audit trail says it was, such as 'command line'.
 * @throws 404 that lists the companies.
 */
export async function asSystem<T>(
  db: Database,
  company: string | null,
  name: string,
  work: (tx: Transaction, ctx: Context) => Promise<T | ReadBack<T>>,
): Promise<T> {
  const all = await inTransaction(db, { companyId: null }, findAllCompanies, { readOnly: true })
  const chosen = await loadCompany(db, choose(all, company).id)
  if (chosen === null) throw new Error('the company was deleted meanwhile')
  const ctx = systemContext(chosen, name)
  return inTransaction(db, { companyId: chosen.id }, (tx) => work(tx, ctx))
}

function choose(all: readonly CompanyName[], company: string | null): CompanyName {
  const chosen =
    company === null
      ? all.length === 1
        ? all[0]
        : undefined
      : all.find((each) => each.slug === company || each.id === company.toLowerCase())
  if (chosen) return chosen
  const known = all.map((each) => each.slug).join(', ')
  const message =
    all.length === 0
      ? 'There is no company yet. Start the server once, or run `zapas migrate`.'
      : company === null
        ? `Say which company: ${known}.`
        : `There is no company '${company}'. There are: ${known}.`
  throw new Problem(404, 'unknown-company', message)
}
