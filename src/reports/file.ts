import { byteOrderMark, csvCell, csvLines, workbook, xlsxCell } from '../exchange/index.ts'
import { FileAnswer } from '../http/file-answer.ts'
import type { Context } from '../kernel/context.ts'
import type { Answer, Columns } from './report.ts'

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
    if (format === 'xlsx')
      return workbook(
        shown,
        report.items.map((row) => shown.map((key) => xlsxCell(row[key], ctx))),
      )
    const rows = report.items.map((row) => shown.map((key) => csvCell(row[key], ctx)))
    return new TextEncoder().encode(byteOrderMark + csvLines([shown, ...rows]))
  }
  const span = report.from === null ? report.to : `${report.from} ${report.to}`
  return new FileAnswer(`${name} ${span}.${format}`, make, types[format])
}
