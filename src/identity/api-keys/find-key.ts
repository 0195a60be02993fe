import { now } from '../../kernel/clock.ts'
import { sql, statement } from '../../kernel/sql.ts'
import { type Database, type Transaction, inTransaction } from '../../kernel/transaction.ts'

const findKeyRows = statement(
  'find_api_keys',
  {
    companyId: 'uuid',
    id: 'uuid',
    name: 'text',
    hash: 'text',
    role: 'text',
    partyId: 'uuid?',
    permissions: 'text[]?',
    lastUsedAt: 'timestamptz?',
    expiresAt: 'timestamptz?',
    revokedAt: 'timestamptz?',
  },
  (p: { prefix: string }) => sql`
    select company_id, id, name, hash, role, party_id, permissions, last_used_at, expires_at, revoked_at
    from auth.api_keys_by_prefix(${p.prefix}::text)`,
)

/** A key as sign-in needs it. */
export interface FoundKey {
  readonly companyId: string
  readonly id: string
  readonly name: string
  readonly hash: string
  readonly role: string
  readonly partyId: string | null
  readonly permissions: readonly string[] | null
  readonly lastUsedAt: Date | null
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
}

export function findKey(tx: Transaction, prefix: string): Promise<FoundKey[]> {
  return tx.all(findKeyRows, { prefix })
}

/** People want to know whether a key is still in use, not the second; so it is written once an hour. */
const usedToTheHour = 60 * 60 * 1000

const setLastUsed = statement(
  'set_api_key_last_used',
  {},
  (p: { companyId: string; id: string; now: Date; before: Date }) => sql`
    update api_keys set last_used_at = ${p.now}::timestamptz
    where company_id = ${p.companyId} and id = ${p.id} and (last_used_at is null or last_used_at < ${p.before}::timestamptz)`,
)

/** Notes that a key is in use. A database that cannot write just now does not keep anybody out. */
export async function noteUse(db: Database, key: FoundKey): Promise<void> {
  const moment = now()
  const before = new Date(moment.getTime() - usedToTheHour)
  if (key.lastUsedAt !== null && key.lastUsedAt >= before) return
  const { companyId, id } = key
  try {
    await inTransaction(db, { companyId }, async (tx) => {
      tx.write(setLastUsed, { companyId, id, now: moment, before })
    })
  } catch {
    // the next use notes it
  }
}
