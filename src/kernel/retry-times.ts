/**
 * When something is tried again that failed; null when it is given up.
 * @param pauses between attempts, in milliseconds
 * @param attempts that were made
 * @param random 0 to 1: up to a tenth longer, so that those that failed together do not come back together
 */
export function nextAttempt(
  pauses: readonly number[],
  attempts: number,
  failedAt: Date,
  random: number,
): Date | null {
  const pause = pauses[attempts - 1]
  return pause === undefined ? null : new Date(failedAt.getTime() + pause * (1 + random / 10))
}
