import { stringify } from 'csv-stringify/sync'
import writeXlsx from 'write-excel-file/node'
import { csvCell, xlsxCell } from '../exchange/index.ts'
import { FileAnswer } from '../http/file-answer.ts'
import type { Context } from '../kernel/context.ts'
import type { Answer, Columns } from './report.ts'

/** So that spreadsheets read the file as UTF-8. */
const byteOrderMark = '\ufeff'

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** A report with the names of its columns; ids of rows help no reader and stay out. No cell is a formula. */
export function reportFile(
  ctx: Context,
  name: string,
  report: Answer<Columns>,
  format: keyof typeof types,
): FileAnswer {
  const shown = report.columns.filter(({ type }) => type !== 'id').map(({ key }) => key)
  const make = async (): Promise<Uint8Array> => {
    if (format === 'xlsx') {
      const heads = shown.map((key) => ({ value: key, type: String, fontWeight: 'bold' as const }))
      const rows = report.items.map((row) => shown.map((key) => xlsxCell(row[key], ctx)))
      return writeXlsx([heads, ...rows], {
        stickyRowsCount: 1,
        columns: shown.map(() => ({ width: 18 })),
      }).toBuffer()
    }
    const rows = report.items.map((row) => shown.map((key) => csvCell(row[key], ctx)))
    return new TextEncoder().encode(
      byteOrderMark + stringify([shown, ...rows], { record_delimiter: 'windows' }),
    )
  }
  const span = report.from === null ? report.to : `${report.from} ${report.to}`
  return new FileAnswer(`${name} ${span}.${format}`, make, types[format])
}
