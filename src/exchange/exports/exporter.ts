import { stringify } from 'csv-stringify/sync'
import type { Context } from '../../kernel/context.ts'
import { type Database, inTransaction } from '../../kernel/transaction.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { DecimalSign, Delimiter } from '../files/format.ts'
import { guarded } from '../files/formula-guard.ts'
import { importerOf } from '../imports/importers.ts'
import type { Value } from '../imports/importer.ts'

/** One row by the names of the import's fields; what is missing is an empty cell. */
export type ExportRow = Readonly<Record<string, Value | undefined>>

/** A list that can be exported; its columns are the fields of the import of the same name. */
export interface Exporter {
  readonly what: string
  /** All rows, page by page, in an order that stays. */
  pages(tx: Transaction, ctx: Context): AsyncGenerator<readonly ExportRow[]>
}

export interface ExportFormat {
  readonly delimiter: Delimiter
  readonly decimalSign: DecimalSign
}

/** So that spreadsheets read the file as UTF-8. */
const byteOrderMark = '\ufeff'

/**
 * Writes a whole list as CSV, piece by piece. Read by the import of the same name, it changes nothing.
 * @param write takes a piece; the next one waits for it.
 * @returns the rows written.
 */
export async function exportCsv(
  db: Database,
  ctx: Context,
  exporter: Exporter,
  format: ExportFormat,
  write: (piece: string) => Promise<void>,
): Promise<number> {
  const { fields } = importerOf(exporter.what)
  const { delimiter, decimalSign } = format
  const line = (cells: readonly (readonly string[])[]): string =>
    stringify(
      cells.map((row) => [...row]),
      { delimiter, record_delimiter: 'windows' },
    )
  await write(byteOrderMark + line([fields.map((field) => field.title)]))
  return inTransaction(
    db,
    { companyId: ctx.company.id },
    async (tx) => {
      let rows = 0
      for await (const page of exporter.pages(tx, ctx)) {
        const cells = page.map((row) =>
          fields.map(({ name, type }) => {
            const value = row[name] ?? null
            if (value === null) return ''
            if (type === 'decimal') return String(value).replace('.', decimalSign)
            return type === 'boolean' ? (value === true ? 'yes' : 'no') : guarded(String(value))
          }),
        )
        await write(line(cells))
        rows += page.length
        await tx.settle()
      }
      return rows
    },
    { readOnly: true },
  )
}
