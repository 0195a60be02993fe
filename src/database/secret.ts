import { randomBytes } from 'node:crypto'
import type { Database } from '../kernel/transaction.ts'

/** Characters. */
export const shortestSecret = 32

/**
 * The installation's secret, which signs session cookies and encrypts second factors. Made at the first
 * start and kept in the database, so that all processes share it, unless the operator keeps one elsewhere.
 * @param given from the environment (ZAPAS_SECRET); changing it signs everybody out.
 */
export async function installationSecret(db: Database, given?: string): Promise<string> {
  if (given !== undefined && given !== '') {
    if (given.length >= shortestSecret) return given
    throw new Error(
      `ZAPAS_SECRET has ${given.length} characters; it needs ${shortestSecret} or more. Make one with: openssl rand -base64 32`,
    )
  }
  await db.query(
    `insert into installation (name, value) values ('secret', $1) on conflict (name) do nothing`,
    [randomBytes(32).toString('base64url')],
  )
  // Reads what is there after the insert: ours, or that of a process that was faster.
  const { rows } = await db.query<{ value: string }>(`select value from installation where name = 'secret'`)
  return rows[0]!.value
}
