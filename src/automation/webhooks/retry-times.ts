const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** Pauses between attempts, as standardwebhooks.com proposes: the last is made about three days after the first. */
export const pauses = [
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
