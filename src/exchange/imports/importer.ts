import type { Company, Context } from '../../kernel/context.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { Permission } from '../../permissions.ts'
import type { FileRow, Format } from '../files/format.ts'

/** What may stand in a column of a file. */
export interface Field {
  readonly name: string
  /** In the words of people, such as 'Sales price'; the head of its column in an export. */
  readonly title: string
  readonly type: 'text' | 'decimal' | 'integer' | 'boolean' | 'date' | 'choice'
  /** A new row must have it. */
  readonly required?: boolean
  /** Of a choice: what is kept, and other words that stand for it. */
  readonly choices?: Readonly<Record<string, readonly string[]>>
  /** Other names that its column has in files of other programs. */
  readonly names?: readonly string[]
  readonly description?: string
}

export type Value = string | number | boolean | null

/** A row of a file, read by its fields. A field whose column is not there is missing; an empty cell is null. */
export interface ImportRow {
  readonly line: number
  readonly values: Readonly<Record<string, Value>>
}

/** What belongs together in a file: one row, or the rows of one price book or document. */
export interface ImportRecord {
  readonly rows: readonly [ImportRow, ...ImportRow[]]
}

/** What is wrong with a row. */
export interface Fault {
  readonly line: number
  /** Null: the row as a whole. */
  readonly field: string | null
  readonly message: string
}

/** What is left out: the lines of the file that belong to one record, and what is wrong with them. */
export interface Rejected {
  readonly lines: readonly number[]
  readonly faults: readonly Fault[]
}

/** What stands in a file one after the other. */
export type Entry = ImportRecord | Rejected

/** `ignored`: a row that does not concern the company. */
export type Outcome = 'new' | 'changed' | 'same' | 'ignored' | { readonly faults: readonly Fault[] }

/** A table with several records in a row. */
export interface Spread {
  /** Names of the columns that it becomes. */
  readonly columns: readonly string[]
  /** @returns no rows for one that is only part of the head or foot. */
  rows(row: FileRow): readonly FileRow[]
}

/** One kind of rows that can be imported. */
export interface Importer {
  /** Its name in addresses and on the command line, such as 'products'. */
  readonly what: string
  readonly title: string
  readonly permission: Permission
  readonly fields: readonly Field[]
  /** The fields by which a record is known: two of the same in one file are a fault. */
  readonly key: readonly string[]
  /** Rows below each other with the same key are one record. */
  readonly grouped?: boolean
  /** So many rows are written together; one that the database refuses makes the others begin anew. */
  readonly batchSize?: number
  /** For tables of another shape: how their rows become rows of the fields. Null: the file is not one of them. */
  spread?(columns: readonly string[], format: Format, company: Company): Spread | null
  /**
   * Writes records through the same rules as everything else.
   * @returns what became of each, in order; one with faults was not written. A Problem thrown with a pointer
   * `/<number of the record>/…` says that this one must be left out.
   */
  save(tx: Transaction, ctx: Context, records: readonly ImportRecord[]): Promise<Outcome[]>
}
