/** How a file is to be read. Proposed from the file itself; whoever imports it may say otherwise. */
export interface Format {
  readonly kind: 'csv' | 'xlsx'
  /** Of a CSV file. */
  readonly encoding: Encoding
  /** Between the cells of a CSV file. */
  readonly delimiter: Delimiter
  /** Before the decimals; the other one, a space or an apostrophe may part thousands. */
  readonly decimalSign: DecimalSign
  /** Order of day, month and year. Dates written YYYY-MM-DD are read always. */
  readonly dateOrder: DateOrder
  /** The first row names the columns. */
  readonly header: boolean
  /** Of an XLSX file, from 1. */
  readonly sheet: number
}

export const encodings = ['utf-8', 'utf-16le', 'windows-1250', 'windows-1252', 'iso-8859-2'] as const
export type Encoding = (typeof encodings)[number]
export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]
export const decimalSigns = ['.', ','] as const
export type DecimalSign = (typeof decimalSigns)[number]
export const dateOrders = ['YMD', 'DMY', 'MDY'] as const
export type DateOrder = (typeof dateOrders)[number]

/** A file of rows, wherever it lies. It is read as often as needed, from the beginning each time. */
export interface FileSource {
  readonly name: string
  read(): AsyncIterable<Buffer>
}

/** One row of a file. */
export interface FileRow {
  /** The line of the file (the row of the sheet) where it begins, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}
