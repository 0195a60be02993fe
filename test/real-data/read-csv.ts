import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'

export type CsvRow<C extends string> = Readonly<Record<C, string>>

/**
 * The rows of a file of real data, every value as the text that stands there.
 * @throws when a column is not there: a renamed one must not read as empty.
 */
export function readCsv<const C extends string>(
  folder: string,
  file: string,
  columns: readonly C[],
): CsvRow<C>[] {
  const rows = parse(readFileSync(join(folder, file)), { columns: true, bom: true }) as Record<
    string,
    string
  >[]
  const missing = columns.filter((column) => rows[0]?.[column] === undefined)
  if (missing.length > 0) throw new Error(`${file} has no column ${missing.join(', ')}`)
  return rows as CsvRow<C>[]
}

/** The independently computed figures that lie beside the data. */
export function readExpected(folder: string): unknown {
  return JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'))
}

/** An empty field of a file is none. */
export function orNull(value: string): string | null {
  return value === '' ? null : value
}
