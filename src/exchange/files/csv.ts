import { stringify } from 'csv-stringify/sync'
import type { Delimiter } from './format.ts'

/** Stands at the beginning of a file, so that spreadsheets read it as UTF-8. */
export const byteOrderMark = '\ufeff'

/** Rows as CSV, each line ended the way spreadsheets do it. What is in a cell is the caller's (see formula-guard.ts). */
export function csvLines(rows: readonly (readonly string[])[], delimiter: Delimiter = ','): string {
  return stringify(
    rows.map((row) => [...row]),
    { delimiter, record_delimiter: 'windows' },
  )
}
