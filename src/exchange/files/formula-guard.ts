/**
 * A cell that begins with one of these signs (the last four are their wide forms) is a formula to a spreadsheet,
 * which would run it: the text of a stranger's order must not become a command on somebody's computer. An apostrophe
 * before it makes it text; a cell that has such an apostrophe already gets one more, so that nothing is lost.
 */
const dangerous = /^'*[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/
const plainNumber = /^-?\d+(?:[.,]\d+)?$/

/** Makes a cell harmless to open in a spreadsheet. */
export function guarded(cell: string): string {
  return dangerous.test(cell) && !plainNumber.test(cell) ? `'${cell}` : cell
}

/** The cell as it was before `guarded`. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && dangerous.test(cell) ? cell.slice(1) : cell
}
