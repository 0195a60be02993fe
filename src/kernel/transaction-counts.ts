/**
 * What the transactions of this process have come to, for whoever watches it (see http/metrics.ts).
 * Plain numbers: counting must cost a transaction nothing.
 */
export const transactionCounts = {
  /** Transactions that ended, each attempt of a repeated one included. */
  attempts: 0,
  /** Attempts made again, after a deadlock or because something changed before it was locked. */
  retried: 0,
  /** Bursts of statements sent to the database. */
  roundTrips: 0,
}
