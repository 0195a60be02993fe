import type { Client, Connection, FieldDef, Submittable } from 'pg'

/** What PostgreSQL says of a column of a statement's answer. */
export interface Described {
  readonly name: string
  readonly typeId: number
  /** The table column it comes straight from; 0 for an expression. */
  readonly tableId: number
  readonly columnId: number
}

/** Has PostgreSQL parse a statement and say what columns it would answer, without running it. */
export async function describeStatement(client: Client, text: string): Promise<readonly Described[]> {
  const query = new DescribeQuery(text)
  client.query(query)
  return query.described
}

/** The part of pg's connection that its types leave out. */
interface Wire {
  parse(query: { name: string; text: string; types: number[] }): void
  describe(message: { type: 'S'; name: string }): void
  sync(): void
}

/** Speaks the extended protocol by hand: Parse, Describe, Sync. pg calls the handlers with the answers. */
class DescribeQuery implements Submittable {
  readonly described: Promise<readonly Described[]>
  readonly #text: string
  readonly #resolve: (columns: readonly Described[]) => void
  readonly #reject: (error: Error) => void
  #columns: readonly Described[] = []
  #error: Error | null = null

  constructor(text: string) {
    const { promise, resolve, reject } = Promise.withResolvers<readonly Described[]>()
    this.described = promise
    this.#text = text
    this.#resolve = resolve
    this.#reject = reject
  }

  submit(connection: Connection): void {
    const wire = connection as unknown as Wire
    wire.parse({ name: '', text: this.#text, types: [] })
    wire.describe({ type: 'S', name: '' })
    wire.sync()
  }

  handleRowDescription({ fields }: { fields: FieldDef[] }): void {
    this.#columns = fields.map((field) => ({
      name: field.name,
      typeId: field.dataTypeID,
      tableId: field.tableID,
      columnId: field.columnID,
    }))
  }

  handleError(error: Error): void {
    this.#error = error
  }

  handleReadyForQuery(): void {
    if (this.#error) this.#reject(this.#error)
    else this.#resolve(this.#columns)
  }
}
