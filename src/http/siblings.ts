/** What a server process shares with the others that serve on the same port (see commands/serve-workers.ts). */
export interface Siblings {
  /** How many there should be, and how many answer now. */
  census(): Promise<{ readonly wanted: number; readonly serving: number }>
  /** The metrics of all of them together, in the form of Prometheus. */
  metrics(): Promise<string>
  /** Counts one more of `key` for all of them together. */
  count(key: string, windowMilliseconds: number): Promise<Counted>
}

export interface Counted {
  /** How many there were in this window, this one included. */
  readonly count: number
  /** When the window ends. */
  readonly milliseconds: number
}
