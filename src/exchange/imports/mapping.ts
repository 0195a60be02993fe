import { Problem } from '../../kernel/problem.ts'
import { fold } from '../../kernel/fold.ts'
import type { Company } from '../../kernel/context.ts'
import type { FileRow, Format } from '../files/format.ts'
import type { Field, Importer, Spread } from './importer.ts'
import type { Preset } from './presets.ts'

/** Which column each field is read from: the field's name to the name of the column. Fields may be left out. */
export type Mapping = Readonly<Record<string, string>>

/** Names of the columns of a file: what its head says, else (or where a name comes again) their numbers. */
function columnNames(first: FileRow | undefined, header: boolean): string[] {
  const seen = new Set<string>()
  return (first?.cells ?? []).map((cell, index) => {
    const name = header ? cell.trim().replace(/\s+/g, ' ') : ''
    const free = name !== '' && !seen.has(name) ? name : `#${index + 1}`
    seen.add(free)
    return free
  })
}

/** What a file's rows are read as: as they stand, or spread. */
export function layoutOf(
  importer: Importer,
  first: FileRow | undefined,
  format: Format,
  company: Company,
): { columns: readonly string[]; spread: Spread | null } {
  const columns = columnNames(first, format.header)
  const spread = importer.spread?.(columns, format, company) ?? null
  return { columns: spread?.columns ?? columns, spread }
}

/** Columns whose names are those of a field. What is not plainly named is left to people. */
export function proposeMapping(fields: readonly Field[], columns: readonly string[]): Record<string, string> {
  const free = new Map(columns.toReversed().map((column) => [plain(column), column]))
  const mapping: Record<string, string> = {}
  // The field's own names go before those that other programs use.
  for (const namesOf of [(field: Field) => [field.name, field.title], (field: Field) => field.names ?? []]) {
    for (const field of fields) {
      if (field.name in mapping) continue
      const name = namesOf(field)
        .map(plain)
        .find((each) => free.has(each))
      if (name === undefined) continue
      mapping[field.name] = free.get(name)!
      free.delete(name)
    }
  }
  return mapping
}

/** Without what is no letter or digit; but 'Discount %' and 'Discount' are two things. */
function plain(name: string): string {
  return fold(name)
    .replaceAll('%', 'percent')
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/**
 * The number of the column of each field that is mapped, from 0.
 * @throws 422 when the mapping names what is not there, or lacks what every row needs.
 */
export function columnsOf(
  importer: Importer,
  mapping: Mapping,
  columns: readonly string[],
  preset: Preset | null = null,
): Map<Field, number> {
  const fields = new Map(importer.fields.map((field) => [field.name, field]))
  const found = new Map<Field, number>()
  for (const [name, column] of Object.entries(mapping)) {
    const field = fields.get(name)
    if (field === undefined) {
      throw wrong(
        name,
        `There is no field '${name}' of ${importer.title}. There are: ${[...fields.keys()].join(', ')}.`,
      )
    }
    const index = columns.indexOf(column)
    if (index < 0) throw wrong(name, `The file has no column '${column}'. It has: ${columns.join(', ')}.`)
    found.set(field, index)
  }
  const missing = importer.key.filter(
    (name) => fields.get(name)?.required && !(name in mapping) && !(name in (preset?.constants ?? {})),
  )
  if (missing.length > 0) {
    throw wrong(
      missing[0]!,
      `No column is given for ${missing.join(' and ')}, by which rows are known. The file has the columns: ${columns.join(', ')}.`,
    )
  }
  return found
}

function wrong(field: string, message: string): Problem {
  return new Problem(422, 'mapping-wrong', message, { errors: [{ pointer: `/mapping/${field}`, message }] })
}
