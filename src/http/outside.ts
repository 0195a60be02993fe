import type { Database } from '../kernel/transaction.ts'

/** What operations need that reach beyond the database. */
export interface Surroundings {
  readonly db: Database
  /** The address that people use, without a slash at the end. */
  readonly baseUrl: string
  /** Of the installation. */
  readonly secret: string
  /** Where the API of Stripe is, if not at Stripe: for tests. */
  readonly stripeUrl?: string | undefined
}

/** A request as it came, for the few routes that have to know. */
export interface Sent {
  readonly address: string
  /** The body, byte for byte what a signature was made of. */
  readonly text: string
  readonly header: (name: string) => string | null
}

/**
 * An answer that is made once the transaction has ended, because others are asked for it: no connection of
 * the database waits for them.
 */
export class Outside {
  readonly run: () => Promise<unknown>

  constructor(run: () => Promise<unknown>) {
    this.run = run
  }
}

/** An address of which the last part is left out: it tells where from, and not who. */
export function shortened(address: string): string {
  const four = /(?:^|:)(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(address)
  if (four) return `${four[1]}.0`
  const [head = ''] = address.split('%')
  const groups = head.split('::')[0]!.split(':').filter(Boolean).slice(0, 3)
  return groups.length === 0 ? '::' : `${groups.join(':')}::`
}

/** The token of a link opens what it covers: no log may hold it. */
export function withoutToken(path: string): string {
  return path.replace(/^(\/p\/|\/api\/v1\/portal\/)[^/]+/, '$1(hidden)')
}
