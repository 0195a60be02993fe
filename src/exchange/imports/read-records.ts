import { fold } from '../../kernel/fold.ts'
import type { Company } from '../../kernel/context.ts'
import type { FileRow, FileSource, Format } from '../files/format.ts'
import { readRows } from '../files/read-rows.ts'
import { unguarded } from '../files/formula-guard.ts'
import { readBoolean, readDate, readNumber } from '../files/values.ts'
import type { Entry, Fault, Field, ImportRow, Importer, Spread, Value } from './importer.ts'
import { type Mapping, columnsOf, layoutOf } from './mapping.ts'
import { type Preset, cellReader } from './presets.ts'

/** So many rows are checked and written together, where the importer says nothing else. */
const batchSize = 1000

export interface Batch {
  /** In the order of the file: what is to be written, and what has faults already. */
  readonly entries: readonly Entry[]
  /** Rows of the file up to here. */
  readonly rowsRead: number
  /** The line where the last of them begins. */
  readonly line: number
}

export interface Reading {
  readonly importer: Importer
  readonly source: FileSource
  readonly format: Format
  readonly mapping: Mapping
  /** Of a program whose files are known. */
  readonly preset: Preset | null
}

/** Reads a file by its fields, batch by batch; what cannot be read is told with its line. */
export async function* readBatches(
  { importer, source, format, mapping, preset }: Reading,
  company: Company,
): AsyncGenerator<Batch> {
  const most = importer.batchSize ?? batchSize
  const needed = importer.fields.filter((field) => field.required && importer.key.includes(field.name))
  const readCell = cellReader(preset, readAsIs)
  const seen = new Map<string, number>()
  let columns: Map<Field, number> | null = null
  let spread: Spread | null = null
  let width = 0
  let entries: Entry[] = []
  let rows = 0
  let rowsRead = 0
  let line = 0
  const group: { open: { key: string; rows: ImportRow[]; faults: Fault[] } | null } = { open: null }

  const close = (): void => {
    if (group.open === null) return
    const { rows: closed, faults } = group.open
    entries.push(
      faults.length > 0
        ? { lines: closed.map((row) => row.line), faults }
        : { rows: closed as [ImportRow, ...ImportRow[]] },
    )
    rows += closed.length
    group.open = null
  }
  const take = (): Batch => {
    const batch = { entries, rowsRead, line }
    entries = []
    rows = 0
    return batch
  }

  const takeIn = (row: FileRow, fields: ReadonlyMap<Field, number>): void => {
    const values: Record<string, Value> = { ...preset?.constants }
    const here: Fault[] = []
    if (row.cells.slice(width).some((cell) => cell.trim() !== '')) {
      here.push({
        line: row.line,
        field: null,
        message: `The row has ${row.cells.length} cells, the first one ${width}: a separator too many, or a cell without its quotation marks.`,
      })
    }
    for (const [field, index] of fields) {
      const cell = readCell(field, row.cells[index] ?? '', format)
      if ('fault' in cell) here.push({ line: row.line, field: field.name, message: cell.fault })
      else values[field.name] = cell.value
    }
    const key = importer.key.map((name) => String(values[name] ?? '')).join('\u0000')
    const empty = needed.find(({ name }) => values[name] === null)?.name
    const read: ImportRow = { line: row.line, values }
    if (here.length === 0 && empty !== undefined) {
      here.push({ line: row.line, field: empty, message: 'is empty, but rows are known by it' })
    }
    if (importer.grouped && group.open?.key === key) {
      group.open.rows.push(read)
      group.open.faults.push(...here)
    } else {
      close()
      const before = here.length === 0 ? seen.get(key) : undefined
      if (before !== undefined) {
        const field = importer.key[0]!
        const message = importer.grouped
          ? `is that of line ${before} again; rows that belong together stand below each other`
          : `is that of line ${before} already`
        here.push({ line: row.line, field, message })
      } else if (here.length === 0) seen.set(key, row.line)
      group.open = { key, rows: [read], faults: here }
    }
    if (!importer.grouped) close()
  }

  for await (const row of readRows(source, format)) {
    if (columns === null) {
      const layout = layoutOf(importer, row, format, company)
      spread = layout.spread
      columns = columnsOf(importer, mapping, layout.columns, preset)
      width = layout.columns.length
      if (format.header) continue
    }
    // Between two rows, so that what was read up to here is what the batch holds.
    if (rows >= most) yield take()
    rowsRead++
    line = row.line
    for (const each of spread === null ? [row] : spread.rows(row)) takeIn(each, columns)
  }
  close()
  yield take()
}

/** How the first rows of a file would be read: what stands for each field, or what is wrong with it. */
export function readSample(
  { importer, format, mapping, preset }: Omit<Reading, 'source'>,
  rows: readonly FileRow[],
  company: Company,
): { line: number; values: Record<string, { value: string | null; fault: string | null }> }[] {
  const layout = layoutOf(importer, rows[0], format, company)
  const fields = columnsOf(importer, mapping, layout.columns, preset)
  const readCell = cellReader(preset, readAsIs)
  const below = format.header ? rows.slice(1) : rows
  return below
    .flatMap((row) => layout.spread?.rows(row) ?? [row])
    .map(({ line, cells }) => ({
      line,
      values: Object.fromEntries(
        [...fields].map(([field, index]) => {
          const read = readCell(field, cells[index] ?? '', format)
          return [
            field.name,
            'fault' in read
              ? { value: cells[index] ?? null, fault: read.fault }
              : { value: read.value === null ? null : String(read.value), fault: null },
          ]
        }),
      ),
    }))
}

export type Read = { readonly value: Value } | { readonly fault: string }

const readers: Record<Field['type'], (text: string, field: Field, format: Format) => Read> = {
  text: (text) => ({ value: unguarded(text) }),
  decimal(text, _, { decimalSign }) {
    const value = readNumber(text, decimalSign)
    const sign = decimalSign === ',' ? 'comma' : 'point'
    // Some programs write all the digits that a column has: 899.00000000.
    return value === null
      ? { fault: `'${shown(text)}' is not a number with a decimal ${sign}` }
      : { value: value.replace(/(\.\d{6})0+$/, '$1').replace(/\.000000$/, '') }
  },
  integer(text, _, { decimalSign }) {
    const value = readNumber(text, decimalSign)?.replace(/\.0*$/, '')
    return value === undefined || !/^-?\d{1,15}$/.test(value)
      ? { fault: `'${shown(text)}' is not a whole number` }
      : { value: Number(value) }
  },
  boolean(text) {
    const value = readBoolean(text)
    return value === null ? { fault: `'${shown(text)}' is neither yes nor no` } : { value }
  },
  date(text, _, { dateOrder }) {
    const value = readDate(text, dateOrder)
    return value === null
      ? { fault: `'${shown(text)}' is not a date of the form ${dateForms[dateOrder]}` }
      : { value }
  },
  choice(text, { choices = {} }) {
    const asked = fold(text)
    const found = Object.entries(choices).find(([value, words]) =>
      [value, ...words].some((word) => fold(word) === asked),
    )
    return found === undefined
      ? { fault: `'${shown(text)}' is none of: ${Object.keys(choices).join(', ')}` }
      : { value: found[0] }
  },
}

function readAsIs(field: Field, cell: string, format: Format): Read {
  const text = cell.trim()
  return text === '' ? { value: null } : readers[field.type](text, field, format)
}

const dateForms = {
  YMD: 'year-month-day (2026-11-24)',
  DMY: 'day.month.year (24.11.2026)',
  MDY: 'month/day/year (11/24/2026)',
} as const

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
