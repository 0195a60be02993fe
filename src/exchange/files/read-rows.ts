import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { readSheet } from 'read-excel-file/node'
import { Problem } from '../../kernel/problem.ts'
import type { FileRow, FileSource, Format } from './format.ts'
import { unpacksAbove } from './unpacked-size.ts'

/** A sheet is held in memory as a whole, so it has an end; a CSV file may have any length. */
const biggestSheet = 20 * 1024 * 1024
/** The same when it is unpacked: a small archive may hold a hundred thousand times its size. */
const biggestUnpacked = 128 * 1024 * 1024
/** No cell of a catalogue is longer; a quote that is never closed would swallow the rest of the file. */
const longestRecord = 1024 * 1024

/**
 * The rows of a file, without the empty ones. A CSV file is read as it comes, so memory does not grow with it.
 * @throws 422 `broken-file` with the line where the file cannot be read.
 */
export async function* readRows(
  source: FileSource,
  format: Pick<Format, 'kind' | 'encoding' | 'delimiter' | 'decimalSign' | 'sheet'>,
): AsyncGenerator<FileRow> {
  if (format.kind === 'xlsx') yield* readXlsx(source, format)
  else yield* readCsv(source, format)
}

async function* readCsv(
  source: FileSource,
  format: Pick<Format, 'encoding' | 'delimiter'>,
): AsyncGenerator<FileRow> {
  const parser = parse({
    delimiter: format.delimiter,
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
    // Blanks may stand around quotation marks; a tab between cells is no blank.
    trim: format.delimiter !== '\t',
    max_record_size: longestRecord,
  })
  const text = Readable.from(decoded(source, format.encoding))
  // An error of the file must reach whoever reads the rows.
  text.on('error', (error) => parser.destroy(error))
  text.pipe(parser)
  let line = 1
  try {
    for await (const read of parser) {
      const { info, record } = read as { info: { lines: number; empty_lines: number }; record: string[] }
      const end = info.lines
      if (record.some((cell) => cell.trim() !== ''))
        yield { line: Math.max(line, end - breaksIn(record)), cells: record }
      line = end + 1
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw broken(
      `Line ${line}: the row that begins here cannot be read (${error.message}). See whether a quotation mark is missing or stands alone, and whether the separator is right.`,
    )
  } finally {
    text.destroy()
    parser.destroy()
  }
}

/** Line breaks inside of cells. */
function breaksIn(record: readonly string[]): number {
  let found = 0
  for (const cell of record) if (cell.includes('\n')) found += cell.split('\n').length - 1
  return found
}

async function* decoded(source: FileSource, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let bytes = 0
  try {
    for await (const chunk of source.read()) {
      yield decoder.decode(chunk, { stream: true })
      bytes += chunk.length
    }
    yield decoder.decode()
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error
    throw broken(
      `The file is not written in ${encoding}: there is a sign that is none, after byte ${bytes}. Choose another encoding.`,
    )
  }
}

async function* readXlsx(
  source: FileSource,
  format: Pick<Format, 'sheet' | 'decimalSign'>,
): AsyncGenerator<FileRow> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of source.read()) {
    size += chunk.length
    if (size > biggestSheet) {
      throw broken(
        `The workbook is larger than ${biggestSheet / 1024 / 1024} MiB. Save the sheet as CSV, which may have any length.`,
      )
    }
    chunks.push(chunk)
  }
  const file = Buffer.concat(chunks)
  if (unpacksAbove(file, biggestUnpacked)) {
    throw broken(
      `The workbook has more than ${biggestUnpacked / 1024 / 1024} MiB when it is unpacked. Save the sheet as CSV, which may have any length.`,
    )
  }
  let rows: unknown[][]
  try {
    // Numbers as the file writes them: a float would lose what an exact decimal keeps.
    rows = await readSheet(file, format.sheet, {
      parseNumber: (text) => exact(text),
      trim: false,
    })
  } catch (error) {
    throw broken(
      `This is no XLSX workbook that can be read, or it has no sheet ${format.sheet} (${(error as Error).message}).`,
    )
  }
  for (const [index, row] of rows.entries()) {
    const cells = row.map((cell) => textOf(cell, format.decimalSign))
    if (cells.some((cell) => cell.trim() !== '')) yield { line: index + 1, cells }
  }
}

/** A number of a cell; a class, so that it is not taken for a text. */
class CellNumber {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** Spreadsheets keep 15 digits; what stands behind them is the dust of binary fractions. */
function exact(text: string): CellNumber {
  const plain = /^-?\d+(\.\d+)?$/.test(text) && text.replace(/\D/g, '').length <= 15
  if (plain) return new CellNumber(text)
  const value = Number(text)
  const digits = Math.min(100, Math.max(0, 14 - Math.floor(Math.log10(Math.abs(value) || 1))))
  const fixed = value.toFixed(digits)
  return new CellNumber(fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed)
}

function textOf(cell: unknown, decimalSign: string): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'string') return cell
  if (cell instanceof CellNumber) return cell.text.replace('.', decimalSign)
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  return cell === true ? 'true' : 'false'
}

function broken(message: string): Problem {
  return new Problem(422, 'broken-file', message)
}
