import type { Context } from '../../kernel/context.ts'
import { conflict, ruleBroken } from '../../kernel/problem.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { effectivePermissions, refuseMoreThanOwn } from '../effective-permissions.ts'

/** What a person is in a company. */
export interface MembershipFields {
  readonly role: string
  readonly partyId: string | null
  readonly granted: readonly string[]
  readonly denied: readonly string[]
}

/**
 * Checks a membership that somebody gives.
 * @throws 422 when the fields do not go together, 403 when it is more than the giver has.
 */
export function checkMembership(ctx: Context, fields: MembershipFields): void {
  if (fields.role === 'customer' && fields.partyId === null) {
    throw ruleBroken(
      'party-missing',
      '/partyId',
      'A customer’s login belongs to one party: give the partyId whose documents it shall see.',
    )
  }
  if (fields.role !== 'customer' && fields.partyId !== null) {
    throw ruleBroken('party-not-allowed', '/partyId', 'Only a login of role customer belongs to a party.')
  }
  if (fields.role === 'customer' && fields.granted.length > 0) {
    throw ruleBroken(
      'customer-permissions',
      '/granted',
      'A customer’s login reads its own documents; it cannot be given more. Choose another role.',
    )
  }
  if (fields.role === 'owner' && fields.denied.length > 0) {
    throw ruleBroken('owner-permissions', '/denied', 'An owner may do everything. Choose another role.')
  }
  refuseMoreThanOwn(ctx, effectivePermissions(fields), 'This role')
}

const lockOwnerRows = statement(
  'lock_owners',
  { id: 'uuid' },
  (p: { companyId: string }) => sql`
    select user_id as id from memberships where company_id = ${p.companyId} and role = 'owner' order by user_id for update`,
)

/**
 * The owners, locked before any other membership: of two who demote each other, the second waits here
 * and then sees himself as the last one.
 */
export async function lockOwners(tx: Transaction, companyId: string): Promise<string[]> {
  return (await tx.all(lockOwnerRows, { companyId })).map((row) => row.id)
}

/** @throws 409 when the company would be left without an owner. */
export function refuseLastOwner(owners: readonly string[], userId: string): void {
  if (owners.length !== 1 || owners[0] !== userId) return
  throw conflict(
    'last-owner',
    'This is the last owner of the company, and a company needs one. Make somebody else an owner first.',
  )
}

export const lockMembership = statement(
  'lock_membership',
  { role: 'text', partyId: 'uuid?', granted: 'text[]', denied: 'text[]', version: 'int' },
  (p: { companyId: string; id: string }) => sql`
    select role, party_id, granted, denied, version from memberships
    where company_id = ${p.companyId} and user_id = ${p.id} for update`,
)
