import { randomBytes } from 'node:crypto'
import type { Database } from '../kernel/transaction.ts'

/**
 * The installation's secret, which signs cookies and links; made at the first start and the same for
 * every process. Whoever changes it signs everybody out.
 */
export async function installationSecret(db: Database): Promise<string> {
  await db.query(
    `insert into installation (name, value) values ('secret', $1) on conflict (name) do nothing`,
    [randomBytes(32).toString('base64url')],
  )
  const { rows } = await db.query<{ value: string }>(`select value from installation where name = 'secret'`)
  return rows[0]!.value
}
