import pg from 'pg'
import type { Statement } from './sql.ts'
import { isId } from './ids.ts'
import { transactionCounts } from './transaction-counts.ts'

// Calendar dates stay text: a Date would move them with the time zone (R14).
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

/** A pool of connections of the application role, which row-level security binds. */
export type Database = pg.Pool

export interface Scope {
  /** The company whose rows are seen; null only where no company's rows are touched. */
  readonly companyId: string | null
  /** Set for a customer's login: only this party's documents are seen (S39), enforced by the database. */
  readonly partyId?: string | null
}

const text = new Map<Statement<never, unknown>, string>()

/**
 * One database transaction. Statements are sent at once and answered in order (pipelining), so what is
 * sent without waiting costs one round trip together. An operation reads what it needs (locking it),
 * decides, and `write`s; the writes and the commit then travel together.
 */
export class Transaction {
  readonly #client: pg.PoolClient
  readonly #pending = new Set<Promise<unknown>>()
  #failed: { error: unknown } | null = null
  /** Bursts of statements sent so far: what the network costs. */
  roundTrips = 0
  #inFlight = 0
  readonly #afterCommit: (() => void | Promise<void>)[] = []

  constructor(client: pg.PoolClient) {
    this.#client = client
  }

  /** Sends a statement and answers its rows. */
  all<P, R>(statement: Statement<P, R>, params: P): Promise<R[]> {
    const built = statement.build(params)
    const config: pg.QueryArrayConfig = {
      text: built.text,
      values: built.values as unknown[],
      rowMode: 'array',
    }
    if (statement.name !== null) {
      const known = text.get(statement as Statement<never, unknown>)
      if (known === undefined) text.set(statement as Statement<never, unknown>, built.text)
      else if (known !== built.text)
        throw new Error(`the text of statement ${statement.name} changed; use dynamic()`)
      config.name = statement.name
    }
    const rows = this.#send(this.#client.query(config)).then((result) =>
      (result as pg.QueryArrayResult).rows.map((row) => statement.decode(row as unknown[])),
    )
    // Nobody may be waiting when it fails (a write, the second of two reads): the transaction keeps the
    // first failure and throws it at the end; unheard it would end the whole process.
    rows.catch(() => {})
    return rows
  }

  /** The only row, or null. More than one is a fault of the statement. */
  async maybe<P, R>(statement: Statement<P, R>, params: P): Promise<R | null> {
    const rows = await this.all(statement, params)
    if (rows.length > 1)
      throw new Error(`${statement.name ?? 'statement'} gave ${rows.length} rows, at most one expected`)
    return rows[0] ?? null
  }

  async one<P, R>(statement: Statement<P, R>, params: P): Promise<R> {
    const row = await this.maybe(statement, params)
    if (row === null) throw new Error(`${statement.name ?? 'statement'} gave no row`)
    return row
  }

  /** Sends a statement without waiting; if it fails, nothing of the transaction is kept. */
  write<P>(statement: Statement<P, unknown>, params: P): void {
    // Seen by settle(); unseen here, a failed write would end the whole process.
    void this.all(statement, params)
  }

  /** Runs once the commit is durable; not at all if it fails. The operation ends when it has. */
  afterCommit(callback: () => void | Promise<void>): void {
    this.#afterCommit.push(callback)
  }

  /** Sends plain text of this code base (begin, commit, set local). */
  command(plain: string): Promise<pg.QueryResult> {
    return this.#send(this.#client.query(plain)) as Promise<pg.QueryResult>
  }

  #send<T>(query: Promise<T>): Promise<T> {
    if (this.#inFlight === 0) this.roundTrips++
    this.#inFlight++
    const tracked = query.then(
      (result) => {
        this.#inFlight--
        this.#pending.delete(tracked)
        return result
      },
      (error: unknown) => {
        this.#inFlight--
        this.#pending.delete(tracked)
        // The first failure is the cause; those behind it only say that the transaction is aborted.
        this.#failed ??= { error }
        throw error
      },
    )
    tracked.catch(() => {}) // seen by the caller, or by settle()
    this.#pending.add(tracked)
    return tracked
  }

  /** Waits for everything sent and throws the first failure. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#pending)
    if (this.#failed) throw this.#failed.error
  }

  async committed(): Promise<void> {
    for (const callback of this.#afterCommit) await callback()
  }
}

/** What an operation gives back to be read after its writes, in the same burst as the commit. */
export class ReadBack<T> {
  readonly run: () => Promise<T>
  constructor(run: () => Promise<T>) {
    this.run = run
  }
}

/** The answer to an operation that made a row, and which: what comes next in the same transaction needs its id. */
export class Made<T> extends ReadBack<T> {
  readonly id: string
  constructor(id: string, run: () => Promise<T>) {
    super(run)
    this.id = id
  }
}

/** Read back the answer behind the writes: `return readBack(() => loadOrder(tx, id))`. */
export function readBack<T>(run: () => Promise<T>): ReadBack<T> {
  return new ReadBack(run)
}

const retried = new Set(['40001', '40P01']) // serialisation failure, deadlock: nothing was done, try again
const attempts = 4

interface Options {
  readonly readOnly?: boolean
  /** Roll back at the end: a preview. The result was computed on real rows under real locks. */
  readonly rollBack?: boolean
  /** Called with the result before the commit is sent (to store it under an idempotency key). */
  readonly beforeCommit?: (tx: Transaction, result: unknown) => void
  readonly onRoundTrips?: (count: number) => void
}

/**
 * Runs `work` in one transaction of the company and commits it durably, or changes nothing.
 * A deadlock or serialisation failure is tried again, so `work` must have no effect outside `tx`.
 */
export async function inTransaction<T>(
  db: Database,
  scope: Scope,
  work: (tx: Transaction) => Promise<T | ReadBack<T>>,
  options: Options = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(db, scope, work, options)
    } catch (error) {
      const code = (error as { code?: string }).code
      if (attempt >= attempts || code === undefined || !retried.has(code)) throw error
      transactionCounts.retried++
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt))
    }
  }
}

async function runOnce<T>(
  db: Database,
  scope: Scope,
  work: (tx: Transaction) => Promise<T | ReadBack<T>>,
  options: Options,
): Promise<T> {
  const client = await db.connect()
  const tx = new Transaction(client)
  let broken = false
  try {
    void tx.command(opening(scope, options.readOnly ?? false))
    const done = await work(tx)
    let result: T
    let commit: Promise<pg.QueryResult> | undefined
    if (done instanceof ReadBack) {
      const reading = done.run()
      reading.catch(() => {})
      // Without a result to store, the commit need not wait for the read: both travel in one burst.
      if (!options.beforeCommit && !options.rollBack) commit = tx.command('commit')
      result = await reading
    } else {
      result = done
    }
    options.beforeCommit?.(tx, result)
    commit ??= tx.command(options.rollBack ? 'rollback' : 'commit')
    const [finished] = await Promise.all([commit, tx.settle()])
    if (!options.rollBack) {
      if (finished.command !== 'COMMIT') throw new Error('the transaction was rolled back by the database')
      await tx.committed()
    }
    return result
  } catch (error) {
    try {
      await client.query('rollback')
    } catch {
      broken = true
    }
    // The first failed statement is the cause, whatever was thrown after it.
    await tx.settle()
    throw error
  } finally {
    transactionCounts.attempts++
    transactionCounts.roundTrips += tx.roundTrips
    options.onRoundTrips?.(tx.roundTrips)
    client.release(broken)
  }
}

function opening(scope: Scope, readOnly: boolean): string {
  const begin = readOnly ? 'begin read only' : 'begin'
  const parts = [begin]
  // An operation finds its rows by key, so one plan serves all parameters: planning a statement anew costs
  // several times what running it does. Lists are read with the plan that fits what is asked.
  if (!readOnly) parts.push('set local plan_cache_mode = force_generic_plan')
  if (scope.companyId !== null) parts.push(`set local zapas.company = '${checked(scope.companyId)}'`)
  if (scope.partyId != null) {
    parts.push(`set local zapas.party = '${checked(scope.partyId)}'`, 'set local role zapas_portal')
  }
  return parts.join('; ')
}

function checked(id: string): string {
  if (!isId(id)) throw new Error(`not an id: ${id}`)
  return id
}
