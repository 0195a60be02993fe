/** Rows of cells from and to the clipboard: tab-separated, quoted where a cell holds a tab, a quote or a break. */

/** Reads what a spreadsheet puts on the clipboard. Empty rows at the end are dropped. */
export function readSheet(text: string): string[][] {
  const source = text.replace(/^\uFEFF/, '')
  const separator = separatorOf(source)
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  for (let i = 0; i < source.length; i++) {
    const char = source[i]!
    if (quoted) {
      if (char === '"' && source[i + 1] === '"') {
        cell += '"'
        i++
      } else if (char === '"') quoted = false
      else cell += char
    } else if (char === '"' && cell === '') quoted = true
    else if (char === separator) {
      row.push(cell)
      cell = ''
    } else if (char === '\n' || char === '\r') {
      if (char === '\r' && source[i + 1] === '\n') i++
      row.push(cell)
      rows.push(row)
      row = []
      cell = ''
    } else cell += char
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell])
  return rows
    .map((cells) => cells.map((each) => each.trim()))
    .filter((cells) => cells.some((each) => each !== ''))
}

/** Tab as spreadsheets write it; semicolon where a text file was copied. A comma is a decimal sign as often. */
function separatorOf(text: string): string {
  const firstLine = text.split(/\r?\n/, 1)[0] ?? ''
  if (text.includes('\t')) return '\t'
  return firstLine.includes(';') ? ';' : '\t'
}

export function writeSheet(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(quotedCell).join('\t')).join('\r\n')
}

function quotedCell(cell: string): string {
  return /["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
