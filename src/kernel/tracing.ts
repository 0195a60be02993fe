/**
 * Traces of what happens inside: requests, transactions, statements, jobs. Nobody listens unless the program
 * was told to where it begins (commands/open-telemetry.ts), and then each place asks one variable and goes on.
 */

export type Attributes = Readonly<Record<string, string | number>>

/** Tells how what was begun has ended; an error is told by its kind, never with its words. */
export type Ended = (outcome?: { readonly error?: unknown; readonly attributes?: Attributes }) => void

export interface Tracing {
  /** Begins something with nothing inside, such as a statement. */
  begin(name: string, attributes: Attributes): Ended
  /** Runs work inside a span: what begins in it is part of it. */
  inside<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T>
  /**
   * Begins a request and goes on inside of it.
   * @param traceparent of the caller (W3C Trace Context), whose trace it then belongs to.
   */
  request(name: string, traceparent: string | undefined, goOn: () => void): Requested
  /** Hexadecimal; null outside of everything. */
  traceId(): string | null
}

export interface Requested {
  readonly traceId: string
  readonly ended: Ended
}

let listening: Tracing | null = null

/** Null ends it. */
export function traceWith(tracing: Tracing | null): void {
  listening = tracing
}

/** Whoever listens; null: nobody, and there is nothing to do. */
export function tracing(): Tracing | null {
  return listening
}

/** Runs work inside a span where somebody listens. */
export function traced<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  return listening === null ? work() : listening.inside(name, attributes, work)
}

/**
 * A span of one statement, by its name; never its text or parameters.
 * @returns what ends it with the answer, and gives that on; null where nobody listens.
 */
export function tracedStatement(name: string | null): (<R>(rows: Promise<R[]>) => Promise<R[]>) | null {
  if (listening === null) return null
  const ended = listening.begin(name ?? 'list', { 'db.system.name': 'postgresql' })
  return (rows) => {
    rows.then(
      (all) => ended({ attributes: { 'db.response.returned_rows': all.length } }),
      (error: unknown) => ended({ error }),
    )
    return rows
  }
}
