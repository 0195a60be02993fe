import { parse } from 'csv-parse/sync'
import { type DateOrder, type DecimalSign, type Delimiter, type Encoding, delimiters } from './format.ts'
import type { FileRow, FileSource, Format } from './format.ts'
import { readRows } from './read-rows.ts'
import { readDate, readNumber, speaksFor } from './values.ts'

/** So much of a file is looked at. */
const sampleBytes = 256 * 1024
const sampleRows = 200

/** What of the company helps where the file itself leaves it open. */
export interface Habits {
  readonly language: string
  readonly country: string | null
}

/** The format that a file seems to have, with what was said of it taken as it is, and its first rows. */
export async function proposeFormat(
  source: FileSource,
  said: Partial<Format>,
  habits: Habits,
): Promise<{ format: Format; rows: FileRow[] }> {
  const sample = await beginningOf(source)
  const kind = said.kind ?? (sample.subarray(0, 4).equals(Buffer.from('PK\x03\x04')) ? 'xlsx' : 'csv')
  const encoding = said.encoding ?? encodingOf(sample, habits)
  const delimiter =
    said.delimiter ?? (kind === 'xlsx' ? ',' : delimiterOf(new TextDecoder(encoding).decode(sample)))
  const layout = { kind, encoding, delimiter, sheet: said.sheet ?? 1 } as const
  const rows: FileRow[] = []
  for await (const row of readRows(source, { ...layout, decimalSign: said.decimalSign ?? '.' })) {
    rows.push(row)
    if (rows.length >= sampleRows) break
  }
  const cells = rows.flatMap((row) => row.cells)
  const format: Format = {
    ...layout,
    decimalSign: said.decimalSign ?? (kind === 'xlsx' ? '.' : decimalSignOf(cells, delimiter)),
    dateOrder: said.dateOrder ?? dateOrderOf(cells, habits),
    header: said.header ?? hasHeader(rows),
  }
  return { format, rows }
}

async function beginningOf(source: FileSource): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of source.read()) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= sampleBytes) break
  }
  return Buffer.concat(chunks).subarray(0, sampleBytes)
}

const centralEuropean = new Set(['pl', 'cs', 'sk', 'hu', 'sl', 'hr', 'ro', 'bs', 'sq'])

function encodingOf(sample: Buffer, { language }: Habits): Encoding {
  if (sample.subarray(0, 2).equals(Buffer.from([0xff, 0xfe]))) return 'utf-16le'
  // The end of the sample may cut a letter in two; to stream leaves it open.
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true })
    return 'utf-8'
  } catch {
    // Letters of Central Europe; in the encoding of Western Europe they are signs that stand in no word.
    const central = /[a-z][\x9c\x9e\x9f\xb3\xb9\xbf]|[\xb3\xbf\x9c\x9e][a-z]/i.test(sample.toString('latin1'))
    return central || centralEuropean.has(language.slice(0, 2)) ? 'windows-1250' : 'windows-1252'
  }
}

/** The separator that cuts most rows into as many cells as the first, and into many. */
function delimiterOf(text: string): Delimiter {
  const scored = delimiters.map((delimiter) => {
    let rows: string[][]
    try {
      rows = parse(text, {
        delimiter,
        relax_column_count: true,
        skip_empty_lines: true,
        trim: delimiter !== '\t',
        to: sampleRows,
        bom: true,
      })
    } catch {
      return { delimiter, score: 0 }
    }
    const width = rows[0]?.length ?? 0
    if (width < 2) return { delimiter, score: 0 }
    const alike = rows.filter((row) => row.length === width).length / rows.length
    // A separator of another kind inside a cell speaks against this one, unless it is part of a number.
    const cells = rows.flat()
    const torn = cells.filter((cell) => /[,;\t|]/.test(cell) && !isNumber(cell)).length / cells.length
    return { delimiter, score: alike * 1000 + Math.min(width, 100) - torn * 100 }
  })
  return scored.toSorted((a, b) => b.score - a.score)[0]!.delimiter
}

function decimalSignOf(cells: readonly string[], delimiter: string): DecimalSign {
  const comma = cells.filter((cell) => speaksFor(cell, ',')).length
  const point = cells.filter((cell) => speaksFor(cell, '.')).length
  if (comma !== point) return comma > point ? ',' : '.'
  // Where the comma is the decimal sign, spreadsheets part cells by semicolons.
  return delimiter === ';' ? ',' : '.'
}

function dateOrderOf(cells: readonly string[], { language, country }: Habits): DateOrder {
  const dated = cells.filter((cell) => /^\d{1,2}[./\- ]\d{1,2}[./\- ]\d{4}$/.test(cell.trim()))
  const fits = (order: DateOrder): number => dated.filter((cell) => readDate(cell, order) !== null).length
  const [days, months] = [fits('DMY'), fits('MDY')]
  if (days !== months) return days > months ? 'DMY' : 'MDY'
  if (dated.length === 0) return 'YMD'
  return country === 'US' || (country === null && language === 'en-US') ? 'MDY' : 'DMY'
}

/** Names of columns are words; a first row with a number in it is one of the data. */
function hasHeader(rows: readonly FileRow[]): boolean {
  const first = rows[0]
  if (first === undefined) return true
  return !first.cells.some(isNumber)
}

function isNumber(cell: string): boolean {
  return readNumber(cell, ',') !== null || readNumber(cell, '.') !== null
}
