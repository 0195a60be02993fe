import { setTimeout as delay } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import type { Database } from '../../src/kernel/transaction.ts'

/**
 * Sends requests while somebody holds rows, each when the one before waits in the database, and lets go of the rows
 * when all of them wait: what happens at once happens in this order.
 * @param hold a statement that locks rows, and its parameters
 * @param meanwhile what the holder does before letting go
 */
export async function inTurn<T>(
  owner: Database,
  hold: readonly [text: string, values: readonly unknown[]],
  requests: readonly (() => Promise<T>)[],
  meanwhile?: (holder: PoolClient) => Promise<void>,
): Promise<T[]> {
  const holder = await owner.connect()
  try {
    await holder.query('begin')
    await holder.query(hold[0], [...hold[1]])
    const sent: Promise<T>[] = []
    for (const request of requests) {
      sent.push(request())
      while ((await waiting(owner)) < sent.length) await delay(5)
    }
    await meanwhile?.(holder)
    await holder.query('commit')
    return await Promise.all(sent)
  } finally {
    // Not used again: what failed above may have left a transaction open.
    holder.release(true)
  }
}

/** How many wait for a lock in this database. */
async function waiting(owner: Database): Promise<number> {
  const { rows } = await owner.query<{ count: number }>(
    `select count(distinct l.pid)::int as count from pg_locks l join pg_stat_activity a on a.pid = l.pid
     where not l.granted and a.datname = current_database()`,
  )
  return rows[0]!.count
}

/** How often PostgreSQL had to end a transaction that waited in a circle: locks are taken in one order. */
export async function deadlocks(owner: Database): Promise<number> {
  const { rows } = await owner.query<{ deadlocks: number }>(
    'select deadlocks::int from pg_stat_database where datname = current_database()',
  )
  return rows[0]!.deadlocks
}
