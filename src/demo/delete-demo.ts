import { findMemberships, forgetPrincipals } from '../identity/index.ts'
import { recordEvents } from '../journal/events.ts'
import type { Context } from '../kernel/context.ts'
import { conflict, forbidden, notFound } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { enterCompany } from '../setup/index.ts'
import { requirePerson } from './needs-person.ts'

const deleteRows = statement(
  'delete_demo_company',
  { deleted: 'bigint?' },
  (p: { companyId: string }) => sql`select delete_demo_company(${p.companyId}::uuid) as deleted`,
)

/**
 * Deletes a demo company with everything in it.
 * @param company slug or id.
 * @throws 409 for a real one: its ledgers are kept whatever anybody wants.
 */
export async function deleteDemo(tx: Transaction, ctx: Context, company: string): Promise<undefined> {
  requirePerson(ctx)
  // A customer's login belongs to no company that it could delete, and may not look for any.
  const own = ctx.partyId === null ? await findMemberships(tx, ctx.actor.id) : []
  const found = own.find(({ id, slug }) => slug === company || id === company.toLowerCase())
  if (found === undefined) throw notFound('company')
  if (found.role !== 'owner') throw forbidden('Only an owner of a demo company can delete it.')
  if (!found.demo) {
    throw conflict(
      'not-a-demo',
      `${found.name} is no demo company. What was posted in a company is kept; take access away from its users instead.`,
    )
  }
  enterCompany(tx, found.id)
  await tx.one(deleteRows, { companyId: found.id })
  enterCompany(tx, ctx.company.id)
  // The trail of the demo went with it; whoever asked from another company finds it there.
  if (found.id !== ctx.company.id) {
    const { id: objectId, slug, name } = found
    recordEvents(tx, ctx, [
      { type: 'company.deleted', objectKind: 'company', objectId, before: { slug, name, demo: true } },
    ])
  }
  tx.afterCommit(forgetPrincipals)
  return undefined
}
