import { difference, recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { refuseStale } from '../../kernel/guards.ts'
import { notFound } from '../../kernel/problem.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { effectivePermissions, refuseMoreThanOwn } from '../effective-permissions.ts'
import { forgetPrincipals } from '../principal-cache.ts'
import {
  type MembershipFields,
  checkMembership,
  lockMembership,
  lockOwners,
  refuseLastOwner,
} from './membership-rules.ts'
import type { UserChanges } from './schema.ts'

const updateMembership = statement(
  'update_membership',
  {},
  (p: MembershipFields & { companyId: string; id: string }) => sql`
    update memberships set role = ${p.role}, party_id = ${p.partyId}::uuid, granted = ${p.granted}::text[],
      denied = ${p.denied}::text[], version = version + 1
    where company_id = ${p.companyId} and user_id = ${p.id}`,
)

const deleteMembership = statement(
  'delete_membership',
  {},
  (p: { companyId: string; id: string }) =>
    sql`delete from memberships where company_id = ${p.companyId} and user_id = ${p.id}`,
)

/** Changes what a person is in the company. A new role begins with its own permissions, without exceptions. */
export async function changeMembership(
  tx: Transaction,
  ctx: Context,
  userId: string,
  changes: UserChanges,
  ifMatch: number | null,
): Promise<void> {
  const key = { companyId: ctx.company.id, id: userId }
  const [owners, row] = await Promise.all([lockOwners(tx, key.companyId), tx.maybe(lockMembership, key)])
  if (row === null) throw notFound('user')
  refuseStale(row.version, ifMatch)
  const { version: _, ...before } = row
  const newRole = changes.role !== undefined && changes.role !== before.role
  const after = { ...before, ...(newRole && { partyId: null, granted: [], denied: [] }), ...changes }
  const changed = difference(before, after)
  if (Object.keys(changed.after).length === 0) return
  checkMembership(ctx, after)
  refuseMoreThanOwn(ctx, effectivePermissions(before), 'The present role of this person')
  if (after.role !== 'owner') refuseLastOwner(owners, userId)
  tx.write(updateMembership, { ...key, ...after })
  recordEvents(tx, ctx, [{ type: 'user.changed', objectKind: 'user', objectId: userId, ...changed }])
  tx.afterCommit(forgetPrincipals)
}

/** Takes a person's access to the company away at once. The account and what it did stay. */
export async function removeMember(
  tx: Transaction,
  ctx: Context,
  userId: string,
  ifMatch: number | null,
): Promise<void> {
  const key = { companyId: ctx.company.id, id: userId }
  const [owners, row] = await Promise.all([lockOwners(tx, key.companyId), tx.maybe(lockMembership, key)])
  if (row === null) throw notFound('user')
  refuseStale(row.version, ifMatch)
  refuseMoreThanOwn(ctx, effectivePermissions(row), 'The role of this person')
  refuseLastOwner(owners, userId)
  tx.write(deleteMembership, key)
  const { version: _, ...before } = row
  recordEvents(tx, ctx, [{ type: 'user.removed', objectKind: 'user', objectId: userId, before }])
  tx.afterCommit(forgetPrincipals)
}
