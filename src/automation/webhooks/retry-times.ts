const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** Pauses between attempts, as standardwebhooks.com proposes: the last is made about three days after the first. */
const pauses = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
]

/**
 * When a delivery is tried again that failed; null when it is given up.
 * @param attempts that were made
 * @param random 0 to 1: up to a tenth longer, so that those that failed together do not come back together
 */
export function nextAttempt(attempts: number, failedAt: Date, random: number): Date | null {
  const pause = pauses[attempts - 1]
  return pause === undefined ? null : new Date(failedAt.getTime() + pause * (1 + random / 10))
}
