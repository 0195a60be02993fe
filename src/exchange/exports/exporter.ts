import type { Context } from '../../kernel/context.ts'
import { type Database, inTransaction } from '../../kernel/transaction.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { byteOrderMark, csvLines } from '../files/csv.ts'
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
  await write(byteOrderMark + csvLines([fields.map((field) => field.title)], delimiter))
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
        await write(csvLines(cells, delimiter))
        rows += page.length
        await tx.settle()
      }
      return rows
    },
    { readOnly: true },
  )
}
