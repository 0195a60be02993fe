/**
 * What the transactions of this process have come to, for whoever watches it (see http/metrics.ts).
 * Plain numbers: counting must cost a transaction nothing.
 */
export const transactionCounts = {
  /** Transactions that ended, each attempt of a repeated one included. */
  attempts: 0,
  /** Attempts that a deadlock or serialisation failure ended and that were made again. */
  retried: 0,
  /** Bursts of statements sent to the database. */
  roundTrips: 0,
}
