import { findMemberships, forgetPrincipals, isSignedIn } from '../identity/index.ts'
import type { Context } from '../kernel/context.ts'
import { conflict } from '../kernel/problem.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { enterCompany } from '../setup/index.ts'
import { loadDemoIn } from './load-demo.ts'
import { requirePerson } from './needs-person.ts'

/**
 * The offer at the first start, taken: loads the demo for the owner who asks.
 * @returns the demo as his list of companies shows it.
 * @throws 409 when it is there and belongs to others, or is being loaded just now.
 */
export async function loadForOwner(tx: Transaction, ctx: Context) {
  requirePerson(ctx)
  const userId = ctx.actor.id
  const email = isSignedIn(ctx.actor) ? ctx.actor.email : null
  const { company, made } = await loadDemoIn(tx, { owners: [{ userId, email }] })
  const own = (await findMemberships(tx, userId)).find(({ id }) => id === company.id)
  enterCompany(tx, ctx.company.id)
  tx.afterCommit(forgetPrincipals)
  if (own === undefined) {
    throw conflict(
      'demo-loaded',
      'The demo company is there already and belongs to somebody else, who can give you access to it.',
    )
  }
  const { id, slug, name, demo, role } = own
  return { id, slug, name, demo, role, made }
}
