import { randomBytes } from 'node:crypto'
import type { Database } from '../kernel/transaction.ts'

/** Characters. */
const shortest = 32

/** Why a secret of one's own is none; null: it is long enough. */
export function shortSecret(given: string): string | null {
  if (given.length >= shortest) return null
  return `ZAPAS_SECRET has ${given.length} characters; it needs ${shortest} or more. Make one with: openssl rand -base64 32`
}

/**
 * The installation's secret, which signs session cookies and encrypts second factors. Made at the first
 * start and kept in the database, so that all processes share it, unless the operator keeps one elsewhere.
 * @param given from the environment (ZAPAS_SECRET); changing it signs everybody out.
 */
export async function installationSecret(db: Database, given?: string): Promise<string> {
  if (given !== undefined && given !== '') {
    const fault = shortSecret(given)
    if (fault !== null) throw new Error(fault)
    return given
  }
  await db.query(
    `insert into installation (name, value) values ('secret', $1) on conflict (name) do nothing`,
    [randomBytes(32).toString('base64url')],
  )
  // Reads what is there after the insert: ours, or that of a process that was faster.
  const { rows } = await db.query<{ value: string }>(`select value from installation where name = 'secret'`)
  return rows[0]!.value
}
