import type pg from 'pg'
import { type Asked, Burst } from './burst.ts'
import { isId } from './ids.ts'
import type { Sql, Statement } from './sql.ts'
import { tracedStatement, traced } from './tracing.ts'
import { transactionCounts } from './transaction-counts.ts'

/** A pool of connections of the application role, which row-level security binds. */
export type Database = pg.Pool

export interface Scope {
  /** The company whose rows are seen; null only where no company's rows are touched. */
  readonly companyId: string | null
  /** Set for a customer's login: only this party's documents are seen (S39), enforced by the database. */
  readonly partyId?: string | null
  /** Set for whoever comes by a link: what it covers, enforced by the database. */
  readonly link?: LinkScope | null
}

/** A link that shows a customer documents without a sign-in. */
export interface LinkScope {
  readonly id: string
  /** The documents that it covers; null: all of the party. */
  readonly documents: readonly string[] | null
}

/** Statements by their text, which a name stands for. */
const texts = new Map<object, { readonly text: string; looked: number }>()
/** So often is looked whether a named statement gives the same text again; it would cost more than the rest. */
const looks = 20

/** For lists and reports, which read widely: the plan that fits what is asked. */
const wide = [
  'set local plan_cache_mode = auto',
  'set local enable_seqscan = on',
  'set local enable_hashjoin = on',
  'set local enable_mergejoin = on',
]

/** Commands that every transaction gives, prepared as statements are. */
const preparedCommands = new Set(['begin', 'begin read only', 'commit', 'rollback', ...wide])

/**
 * One database transaction. Statements are sent at once and answered in order, as one burst: what is sent
 * without waiting costs one round trip together. An operation reads what it needs (locking it),
 * decides, and `write`s; the writes and the commit then travel together.
 */
export class Transaction {
  readonly #client: pg.PoolClient
  /** Asked for in this turn of the event loop, not sent yet. */
  #next: Asked[] = []
  readonly #answers: Promise<unknown>[] = []
  #waiting = 0
  #failed: { error: unknown } | null = null
  #over = false
  #ended = false
  /** Bursts of statements sent so far: what the network costs. */
  roundTrips = 0
  readonly #beforeCommit: (() => void)[] = []
  readonly #afterCommit: (() => void | Promise<void>)[] = []
  /** Answers still to come, or come, that have what reads the operation's answer ask once more. */
  #turns = 0

  /** 1, or more where those before were ended by a deadlock, or by what had changed meanwhile. */
  readonly attempt: number

  constructor(client: pg.PoolClient, attempt: number) {
    this.#client = client
    this.attempt = attempt
  }

  /** Sends a statement and answers its rows. */
  all<P, R>(statement: Statement<P, R>, params: P): Promise<R[]> {
    const built = statement.build(params)
    const { name } = statement
    const text = name === null ? built.text : textOf(statement, name, built)
    const ended = tracedStatement(name)
    const rows = this.#ask(name, text, built.values, (found) => found.map(statement.decode))
    return ended === null ? rows : ended(rows)
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
    void this.all(statement, params)
  }

  /**
   * What reads the answer may have to ask once more, depending on what is asked already: until that is known not to be
   * so, the commit waits for the answer instead of travelling with it.
   */
  mayAskAgain(decides: Promise<boolean>): void {
    this.#turns++
    void this.#takeBack(decides)
  }

  async #takeBack(decides: Promise<boolean>): Promise<void> {
    try {
      if (!(await decides)) this.#turns--
    } catch {
      // What failed fails the transaction itself.
    }
  }

  get asksAgain(): boolean {
    return this.#turns > 0
  }

  /** Runs when the operation has sent everything, before the commit: for writes that wait to go together. */
  beforeCommit(callback: () => void): void {
    this.#beforeCommit.push(callback)
  }

  /** Runs once the commit is durable; not at all if it fails. The operation ends when it has. */
  afterCommit(callback: () => void | Promise<void>): void {
    this.#afterCommit.push(callback)
  }

  /** Sends a command of this code base (begin, commit, set local); answers what was done, such as COMMIT. */
  command(plain: string): Promise<string> {
    return this.#ask(preparedCommands.has(plain) ? plain : null, plain, [], (_, tag) => tag)
  }

  #ask<T>(
    name: string | null,
    text: string,
    values: readonly unknown[],
    answer: (rows: readonly (readonly (string | null)[])[], tag: string) => T,
  ): Promise<T> {
    const answered = new Promise<T>((resolve, reject) => {
      if (this.#over) return reject(new Error('the transaction is over'))
      if (this.#ended) {
        const error = new Error(`asked behind the commit: ${name ?? text}`)
        this.#failed ??= { error }
        return reject(error)
      }
      const rows: (readonly (string | null)[])[] = []
      const fail = (error: unknown): void => {
        this.#waiting--
        // The first failure is the cause; those behind it only say that the transaction is aborted.
        this.#failed ??= { error }
        reject(error)
      }
      if (this.#next.length === 0) process.nextTick(() => this.#send())
      this.#next.push({
        name,
        text,
        values,
        row: (fields) => rows.push(fields),
        done: (tag) => {
          try {
            resolve(answer(rows, tag))
            this.#waiting--
          } catch (error) {
            fail(error)
          }
        },
        failed: fail,
      })
    })
    // Nobody may be waiting when it fails (a write, the second of two reads): the transaction keeps the
    // first failure and throws it at the end; unheard it would end the whole process.
    answered.catch(() => {})
    this.#answers.push(answered)
    return answered
  }

  #send(): void {
    const asked = this.#next
    if (asked.length === 0) return
    this.#next = []
    if (this.#waiting === 0) this.roundTrips++
    this.#waiting += asked.length
    this.#client.query(new Burst(asked) as unknown as pg.Submittable)
  }

  /** Waits for everything sent and throws the first failure. What was answered is then let go of. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#answers.splice(0))
    if (this.#failed) throw this.#failed.error
  }

  /** Nothing more reaches the connection, not even what was asked for in this turn. */
  giveUp(): void {
    this.#over = true
    const unsent = this.#next
    this.#next = []
    this.#waiting += unsent.length
    const failure = this.#failed
    for (const each of unsent) each.failed(new Error('the transaction is over'))
    this.#failed = failure
  }

  /** Sends what waits for the commit; that has to follow in the same turn. */
  finish(): void {
    for (const callback of this.#beforeCommit.splice(0)) callback()
  }

  /**
   * The last command. What is asked behind it is refused: it would no longer see the company's rows, and once the
   * connection is another's it would see theirs.
   */
  end(command: 'commit' | 'rollback'): Promise<string> {
    const ended = this.command(command)
    this.#ended = true
    return ended
  }

  async committed(): Promise<void> {
    for (const callback of this.#afterCommit) await callback()
  }
}

function textOf<P, R>(statement: Statement<P, R>, name: string, built: Sql): string {
  const known = texts.get(statement)
  if (known === undefined) {
    const { text } = built
    texts.set(statement, { text, looked: 1 })
    return text
  }
  if (known.looked < looks) {
    known.looked++
    if (known.text !== built.text) throw new Error(`the text of statement ${name} changed; use dynamic()`)
  }
  return known.text
}

/** What an operation gives back to be read after its writes, in the same burst as the commit. */
export class ReadBack<T> {
  readonly run: () => Promise<T>
  constructor(run: () => Promise<T>) {
    this.run = run
  }
}

/**
 * What is asked of a transaction now and awaited later, or by nobody: if it fails meanwhile, the transaction fails
 * with it and says so; unheard it would end the whole process.
 */
export function awaitedLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}

/**
 * The answer to an operation that made a row, and which: what comes next in the same transaction needs its id.
 * Where it is often followed by another, it hands on what it has read and locked.
 */
export class Made<T, K = undefined> extends ReadBack<T> {
  readonly id: string
  readonly known: K | undefined
  constructor(id: string, run: () => Promise<T>, known?: K) {
    super(run)
    this.id = id
    this.known = known
  }
}

/** Read back the answer behind the writes: `return readBack(() => loadOrder(tx, id))`. */
export function readBack<T>(run: () => Promise<T>): ReadBack<T> {
  return new ReadBack(run)
}

/** What was looked at before the locks were taken is no longer so; the operation begins anew, as after a deadlock. */
export class ChangedMeanwhile extends Error {
  constructor() {
    super('what was looked at has changed before it was locked')
  }
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
 * After a deadlock, a serialisation failure or ChangedMeanwhile it is tried again, so `work` must have no effect outside `tx`.
 */
export async function inTransaction<T>(
  db: Database,
  scope: Scope,
  work: (tx: Transaction) => Promise<T | ReadBack<T>>,
  options: Options = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await traced('transaction', attempt === 1 ? {} : { 'zapas.attempt': attempt }, () =>
        runOnce(db, scope, work, options, attempt),
      )
    } catch (error) {
      const code = (error as { code?: string }).code ?? ''
      const again = error instanceof ChangedMeanwhile || retried.has(code)
      if (attempt >= attempts || !again) throw error
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
  attempt: number,
): Promise<T> {
  const client = await db.connect()
  const tx = new Transaction(client, attempt)
  let broken = false
  try {
    open(tx, scope, options.readOnly ?? false)
    const done = await work(tx)
    let result: T
    let commit: Promise<string> | undefined
    if (done instanceof ReadBack) {
      const reading = awaitedLater(done.run())
      // Without a result to store, the commit need not wait for the read: both travel in one burst.
      if (!options.beforeCommit && !options.rollBack && !tx.asksAgain) {
        tx.finish()
        commit = tx.end('commit')
      }
      result = await reading
    } else {
      result = done
    }
    options.beforeCommit?.(tx, result)
    tx.finish()
    commit ??= tx.end(options.rollBack ? 'rollback' : 'commit')
    const [finished] = await Promise.all([commit, tx.settle()])
    if (!options.rollBack) {
      if (finished !== 'COMMIT') throw new Error('the transaction was rolled back by the database')
      await tx.committed()
    }
    return result
  } catch (error) {
    tx.giveUp()
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

function open(tx: Transaction, scope: Scope, readOnly: boolean): void {
  void tx.command(readOnly ? 'begin read only' : 'begin')
  // An operation finds its rows by key, with plans that serve any parameters and any size (see openDatabase).
  if (readOnly) for (const setting of wide) void tx.command(setting)
  // Not set_config(): a query would fix the snapshot, and with it the isolation level.
  if (scope.companyId !== null) void tx.command(`set local zapas.company = '${checked(scope.companyId)}'`)
  if (scope.partyId != null) {
    void tx.command(`set local zapas.party = '${checked(scope.partyId)}'`)
    if (scope.link != null) {
      void tx.command(`set local zapas.link = '${checked(scope.link.id)}'`)
      if (scope.link.documents !== null)
        void tx.command(`set local zapas.documents = '{${scope.link.documents.map(checked).join(',')}}'`)
    }
    void tx.command('set local role zapas_portal')
  }
}

function checked(id: string): string {
  if (!isId(id)) throw new Error(`not an id: ${id}`)
  return id
}
