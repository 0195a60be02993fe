import type { Static } from 'typebox'
import type { Company } from '../../kernel/context.ts'
import { Problem } from '../../kernel/problem.ts'
import { importerOf } from '../imports/importers.ts'
import { columnsOf } from '../imports/mapping.ts'
import { presetOf, recognise } from '../imports/presets.ts'
import { readSample } from '../imports/read-records.ts'
import type { ImportRow } from './records.ts'
import type { ImportItem, ImportOut } from './schema.ts'

export function presentItem(row: ImportRow): Static<typeof ImportItem> {
  const { id, what, name, bytes, dryRun, message, version, createdBy, createdAt, finishedAt } = row
  return {
    id,
    what,
    name,
    bytes,
    state: row.state as ImportOut['state'],
    dryRun,
    atFault: row.atFault as ImportOut['atFault'],
    progress: progressOf(row),
    rows: row.rowCount,
    created: row.createdCount,
    changed: row.changedCount,
    same: row.sameCount,
    ignored: row.ignoredCount,
    failed: row.failedCount,
    message,
    version,
    createdBy,
    createdAt,
    finishedAt,
  }
}

function progressOf({ state, lines, line }: ImportRow): number | null {
  if (state === 'checked' || state === 'refused' || state === 'done') return 100
  if (state !== 'running' && state !== 'stopped') return 0
  return lines === null || lines === 0 ? null : Math.min(99, Math.floor((line / lines) * 100))
}

/** An import with how its first rows would be read. */
export function presentImport(row: ImportRow, company: Company): ImportOut {
  const { columns } = row.head
  const preset = presetOf(row.preset)
  const here = recognise(columns)
  const other = here.find(({ what }) => what !== row.what)
  const importer = importerOf(row.what)
  const constants = preset?.constants ?? {}
  return {
    ...presentItem(row),
    preset: preset?.title ?? null,
    otherwise:
      other === undefined || here.some(({ what }) => what === row.what)
        ? null
        : { what: other.what, preset: other.title },
    format: row.format,
    columns: [...columns],
    mapping: row.mapping,
    missing: importer.fields
      .filter(({ name, required }) => required && !(name in row.mapping) && !(name in constants))
      .map(({ name }) => name),
    sample: sampleOf(row, company),
  }
}

function sampleOf(row: ImportRow, company: Company): ImportOut['sample'] {
  const importer = importerOf(row.what)
  const { rows, columns } = row.head
  const preset = presetOf(row.preset)
  try {
    columnsOf(importer, row.mapping, columns, preset)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    // Columns are still to be chosen: the rows are shown as they are.
    const below = row.format.header ? rows.slice(1) : rows
    return below.map(({ line, cells }) => ({ line, cells: [...cells], values: {} }))
  }
  const { format, mapping } = row
  return readSample({ importer, format, mapping, preset }, rows, company).map((read) => ({
    ...read,
    cells: [...(rows.find(({ line }) => line === read.line)?.cells ?? [])],
  }))
}
