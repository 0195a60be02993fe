import type { Sheet } from '../data/types.ts'

const prefix = 'sheet-'

/** The address below `/count` at which a sheet is counted. */
export function sheetPath(id: string): string {
  return `${prefix}${id}`
}

/** The sheet at such an address; null where there is another count. One that was closed meanwhile keeps its id only. */
export function sheetAt(path: string, sheets: readonly Sheet[]): Sheet | null {
  if (!path.startsWith(prefix)) return null
  const id = path.slice(prefix.length)
  const none = { number: '', counter: null, of: null, counted: 0, lines: 0 }
  return sheets.find((sheet) => sheet.id === id) ?? { id, ...none }
}
