/** Amounts of a list's filter, as they stand in its address and in saved views: `from..to`, of which one may be missing. */
export interface Amounts {
  /** A plain decimal; null: no limit. */
  readonly from: string | null
  readonly to: string | null
}

/** @returns null when it is no such text, as in an address that somebody wrote */
export function readAmounts(value: string): Amounts | null {
  const found = /^(-?\d{1,13}(?:\.\d{1,6})?)?\.\.(-?\d{1,13}(?:\.\d{1,6})?)?$/.exec(value)
  return found === null ? null : { from: found[1] ?? null, to: found[2] ?? null }
}

/** @returns null where neither is said: no filter */
export function writeAmounts({ from, to }: Amounts): string | null {
  return from === null && to === null ? null : `${from ?? ''}..${to ?? ''}`
}
