import type { EventEmitter } from 'node:events'
import pg from 'pg'
import { serialize } from 'pg-protocol'
import utils from 'pg/lib/utils.js'

/** One statement of a burst, and who waits for it. */
export interface Asked {
  /** Prepared under this name, once per connection; null: not prepared. */
  readonly name: string | null
  readonly text: string
  readonly values: readonly unknown[]
  /** A row as PostgreSQL sends it: text, or null. */
  row(fields: readonly (string | null)[]): void
  /** @param tag what was done, such as `INSERT 0 5` or `COMMIT`. */
  done(tag: string): void
  failed(error: unknown): void
}

interface Connection {
  readonly stream: NodeJS.WritableStream
}

/**
 * What a connection knows of the statements prepared on it. `unsure`: an error kept the server from reading
 * that far, so that name may be there or not.
 */
const prepared = new WeakMap<Connection, Map<string, 'there' | 'unsure'>>()

const sync = serialize.sync()

// The driver puts up with its own kind of query only where many are under way, so this is one; of the parent
// nothing is used. Its types declare the methods as fields, which a class cannot override.
const Query = pg.Query as unknown as new (config: { text: string }) => EventEmitter

/**
 * Several statements as one message to the server, answered in one: what is sent together is bound, executed
 * and closed by a single Sync. The driver itself ends every statement by a Sync, which has the server send
 * (and us read) each answer apart, and asks for the types of the columns, which our statements declare. When
 * one fails the server skips the rest, up to the Sync; so do we.
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING
 */
export class Burst extends Query {
  readonly #asked: readonly Asked[]
  /** Which of them is being answered. */
  #at = 0
  #connection: Connection | null = null
  /** Names that are prepared by this burst, and by which of its statements. */
  readonly #preparing: { readonly at: number; readonly name: string }[] = []

  constructor(asked: readonly Asked[]) {
    super({ text: '' })
    this.#asked = asked
  }

  /** Called by the driver when it is this burst's turn to be sent. An error is handed to `handleError`. */
  submit(connection: Connection): Error | null {
    this.#connection = connection
    let known = prepared.get(connection)
    if (known === undefined) prepared.set(connection, (known = new Map()))
    const parts: Buffer[] = []
    try {
      for (const [at, { name, text, values }] of this.#asked.entries()) {
        const state = name === null ? undefined : known.get(name)
        if (state !== 'there') {
          // To close what is not there is no error.
          if (state === 'unsure') parts.push(serialize.close({ type: 'S', name: name! }))
          parts.push(serialize.parse({ name: name ?? '', text, types: [] }))
          if (name !== null) {
            this.#preparing.push({ at, name })
            known.set(name, 'there')
          }
        }
        parts.push(
          serialize.bind({
            statement: name ?? '',
            values: values as unknown[],
            valueMapper: utils.prepareValue,
          }),
          serialize.execute(),
        )
      }
    } catch (error) {
      // A value that cannot be sent: nothing of the burst is.
      return error as Error
    }
    parts.push(sync)
    connection.stream.write(Buffer.concat(parts))
    return null
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    this.#asked[this.#at]!.row(fields)
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#asked[this.#at++]!.done(text)
  }

  /** Of the server, or because the connection is lost: this statement failed, the rest was not looked at. */
  handleError(error: unknown): void {
    const known = this.#connection === null ? undefined : prepared.get(this.#connection)
    for (const { at, name } of this.#preparing) if (at >= this.#at) known?.set(name, 'unsure')
    const rest = this.#asked.slice(this.#at)
    this.#at = this.#asked.length
    for (const each of rest) each.failed(error)
  }

  handleRowDescription(): void {}
  handleReadyForQuery(): void {}
}
