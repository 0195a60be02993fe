import { Readable } from 'node:stream'
import { FileAnswer } from '../../http/file-answer.ts'
import { type Database, inTransaction } from '../../kernel/transaction.ts'
import { byteOrderMark, csvLines } from '../files/csv.ts'
import { guarded, unguarded } from '../files/formula-guard.ts'
import { readRows } from '../files/read-rows.ts'
import { importerOf } from '../imports/importers.ts'
import type { Mapping } from '../imports/mapping.ts'
import { type ImportRow, type Key, selectRejects } from './records.ts'
import { storedFile } from './stored-file.ts'

const pageSize = 1000

/**
 * The rows that were left out, as they stand in the file and in its format, with a column that says why: to be set
 * right and sent again.
 */
export function rejectedRows(db: Database, key: Key, row: ImportRow): FileAnswer<Readable> {
  const name = `${row.name.replace(/\.[A-Za-z0-9]{1,5}$/, '')} - rejected.csv`
  return new FileAnswer(
    name,
    () => Promise.resolve(Readable.from(linesOf(db, key, row))),
    'text/csv; charset=utf-8',
  )
}

async function* linesOf(db: Database, key: Key, row: ImportRow): AsyncGenerator<string> {
  // A workbook has no separator; its rows come as what its figures are written for.
  const delimiter =
    row.format.kind === 'csv' ? row.format.delimiter : row.format.decimalSign === ',' ? ';' : ','
  const rejects = whyByLine(db, key, namesOf(row))
  let next = (await rejects.next()).value
  let first = true
  yield byteOrderMark
  for await (const { line, cells } of readRows(storedFile(db, row.name, key), row.format)) {
    const asText = cells.map((cell) => guarded(unguarded(cell)))
    if (first) {
      first = false
      if (row.format.header) {
        yield csvLines([[...asText, 'Errors']], delimiter)
        continue
      }
    }
    if (next === undefined) return
    if (next.line !== line) continue
    const why = next.why.join('; ')
    // One row of a table may hold several records.
    while (next !== undefined && next.line === line) next = (await rejects.next()).value
    yield csvLines([[...asText, guarded(why)]], delimiter)
  }
}

/** A field is named as its column in the file is; without a head, as people call it. */
function namesOf({ what, mapping, format }: ImportRow): (field: string) => string {
  const { fields } = importerOf(what)
  const columns = mapping as Mapping
  return (name) =>
    (format.header ? columns[name] : undefined) ?? fields.find((field) => field.name === name)?.title ?? name
}

/** The lines that were left out, from the first to the last, and what is wrong with each. */
async function* whyByLine(
  db: Database,
  key: Key,
  nameOf: (field: string) => string,
): AsyncGenerator<{ line: number; why: string[] }, undefined> {
  for (let after = -1; ;) {
    const page = await inTransaction(
      db,
      { companyId: key.companyId },
      (tx) => tx.all(selectRejects, { ...key, after, limit: pageSize }),
      { readOnly: true },
    )
    for (const { lines, faults } of page) {
      for (const line of lines) {
        const here = faults.filter((fault) => fault.line === line)
        const why = (here.length > 0 ? here : faults).map(({ field, message, line: at }) =>
          [at === line ? null : `line ${at}:`, field === null ? null : nameOf(field), message]
            .filter((part) => part !== null)
            .join(' '),
        )
        yield { line, why }
      }
    }
    if (page.length < pageSize) return
    after = page.at(-1)!.position
  }
}
