import { stringify } from 'csv-stringify/sync'
import { guarded } from '../exchange/index.ts'
import type { Answer, Columns } from './report.ts'

/** So that spreadsheets read the file as UTF-8. */
const byteOrderMark = '\ufeff'

/** The rows of a report with the names of its columns; ids of rows help no reader and stay out. */
export function csvOf(report: Answer<Columns>): Uint8Array {
  const shown = report.columns.filter(({ type }) => type !== 'id')
  const rows = report.items.map((row) =>
    shown.map(({ key, type }) => {
      const value = row[key]
      if (value == null) return ''
      return type === 'text' ? guarded(String(value)) : String(value)
    }),
  )
  const text = stringify([shown.map(({ key }) => key), ...rows], { record_delimiter: 'windows' })
  return new TextEncoder().encode(byteOrderMark + text)
}
