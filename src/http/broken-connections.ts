import type { PoolClient } from 'pg'
import type { Database } from '../kernel/transaction.ts'

/**
 * A connection that breaks while a request uses it fails that request, which is answered 503. It also
 * says so as an event of its own, and an 'error' event that nobody hears ends the process.
 */
export function surviveBrokenConnections(db: Database): void {
  const heard = new WeakSet<PoolClient>()
  db.on('acquire', (client) => {
    if (heard.has(client)) return
    heard.add(client)
    client.on('error', () => {})
  })
}
