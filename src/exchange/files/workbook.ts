import writeXlsx, { type Cell } from 'write-excel-file/node'

/** Rows below a line of headings, which stays in sight, as an XLSX file. It is made as a whole in memory. */
export function workbook(titles: readonly string[], rows: readonly (readonly Cell[])[]): Promise<Buffer> {
  const heads = titles.map((title) => ({ value: title, type: String, fontWeight: 'bold' as const }))
  return writeXlsx([heads, ...rows.map((row) => [...row])], {
    stickyRowsCount: 1,
    columns: titles.map(() => ({ width: 18 })),
  }).toBuffer()
}
