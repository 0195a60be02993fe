import { createHash } from 'node:crypto'
import { now } from '../kernel/clock.ts'
import { sql, statement } from '../kernel/sql.ts'
import { type Database, inTransaction } from '../kernel/transaction.ts'

/**
 * How many wrong passwords an account takes before it must wait. From one address few, so that nobody
 * guesses; from all addresses together more, so that a stranger cannot so easily lock a person out.
 */
export interface SignInLimits {
  readonly perAccountAndAddress: number
  readonly perAccount: number
  readonly minutes: number
}

export const usualSignInLimits: SignInLimits = { perAccountAndAddress: 10, perAccount: 100, minutes: 15 }

/**
 * Counts a try before it is made, so that many at once cannot slip through, and answers how many there
 * were. A row older than the window starts again.
 */
const countTries = statement(
  'count_sign_in_tries',
  { key: 'text', count: 'int' },
  (p: { keys: string[]; now: Date; since: Date }) => sql`
    insert into auth.failed_sign_ins as f (key, count, first_at)
    select key, 1, ${p.now}::timestamptz from unnest(${p.keys}::text[]) key order by key
    on conflict (key) do update set
      count = case when f.first_at < ${p.since}::timestamptz then 1 else f.count + 1 end,
      first_at = case when f.first_at < ${p.since}::timestamptz then excluded.first_at else f.first_at end
    returning f.key, f.count`,
)

const forgetTries = statement(
  'forget_sign_in_tries',
  {},
  (p: { keys: string[]; since: Date }) => sql`
    delete from auth.failed_sign_ins where key = any(${p.keys}::text[]) or first_at < ${p.since}::timestamptz`,
)

/** Counts failed sign-ins in the database, for all processes together. */
export class FailedSignIns {
  readonly #db: Database
  readonly #limits: SignInLimits

  constructor(db: Database, limits: SignInLimits) {
    this.#db = db
    this.#limits = limits
  }

  /** False when this account has had too many wrong passwords and must wait. */
  async mayTry(email: string, address: string): Promise<boolean> {
    const [account, both] = keysOf(email, address)
    const moment = now()
    const counts = await inTransaction(this.#db, { companyId: null }, (tx) =>
      tx.all(countTries, { keys: [account, both], now: moment, since: this.#since(moment) }),
    )
    const count = new Map(counts.map((row) => [row.key, row.count]))
    return (
      count.get(account)! <= this.#limits.perAccount && count.get(both)! <= this.#limits.perAccountAndAddress
    )
  }

  /** Forgets the failures before a success, and everybody's that are over. */
  async succeeded(email: string, address: string): Promise<void> {
    await inTransaction(this.#db, { companyId: null }, async (tx) => {
      tx.write(forgetTries, { keys: keysOf(email, address), since: this.#since(now()) })
    })
  }

  get minutes(): number {
    return this.#limits.minutes
  }

  #since(moment: Date): Date {
    return new Date(moment.getTime() - this.#limits.minutes * 60_000)
  }
}

/** Stands for an account in the log: the same one for the same address, which it does not tell. */
export function accountMark(email: string): string {
  return keysOf(email, '')[0].slice(0, 12)
}

function keysOf(email: string, address: string): [account: string, accountAndAddress: string] {
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
  const account = email.trim().toLowerCase()
  return [hash(account), hash(`${account}\n${address}`)]
}
