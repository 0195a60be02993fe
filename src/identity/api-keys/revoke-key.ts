import { recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { notFound } from '../../kernel/problem.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { forgetPrincipals } from '../principal-cache.ts'

const lockKey = statement(
  'lock_api_key',
  { name: 'text', revokedAt: 'timestamptz?' },
  (p: { companyId: string; id: string }) =>
    sql`select name, revoked_at from api_keys where company_id = ${p.companyId} and id = ${p.id} for update`,
)

const setRevoked = statement(
  'revoke_api_key',
  {},
  (p: { companyId: string; id: string; now: Date }) =>
    sql`update api_keys set revoked_at = ${p.now}::timestamptz where company_id = ${p.companyId} and id = ${p.id}`,
)

/** Makes a key invalid for good. Its row stays: the audit trail names it. May be repeated. */
export async function revokeApiKey(tx: Transaction, ctx: Context, id: string): Promise<void> {
  const key = { companyId: ctx.company.id, id }
  const row = await tx.maybe(lockKey, key)
  if (row === null) throw notFound('API key')
  if (row.revokedAt !== null) return
  tx.write(setRevoked, { ...key, now: ctx.now })
  recordEvents(tx, ctx, [
    {
      type: 'api-key.revoked',
      objectKind: 'api-key',
      objectId: id,
      before: { name: row.name, revokedAt: null },
      after: { name: row.name, revokedAt: ctx.now },
    },
  ])
  tx.afterCommit(forgetPrincipals)
}
