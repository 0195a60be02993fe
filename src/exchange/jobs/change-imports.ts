import { allowAlso } from '../../http/access.ts'
import { recordEvents } from '../../journal/events.ts'
import { refuseStale } from '../../kernel/guards.ts'
import type { Context } from '../../kernel/context.ts'
import { newId } from '../../kernel/ids.ts'
import { conflict, notFound } from '../../kernel/problem.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { FileSource, Format } from '../files/format.ts'
import { proposeFormat } from '../files/propose-format.ts'
import { importerOf } from '../imports/importers.ts'
import { columnsOf, layoutOf } from '../imports/mapping.ts'
import { presetOf } from '../imports/presets.ts'
import { propose } from '../imports/propose.ts'
import { rememberMapping, rememberedMapping } from '../imports/remembered.ts'
import {
  type FileHead,
  type ImportRow,
  beginImport,
  changeImportRow,
  deleteImportRow,
  deleteRejects,
  insertImport,
  lockImport,
  lockSpace,
  stopImportRow,
} from './records.ts'
import { storeFile, storedFile } from './stored-file.ts'

/** Of one file; the table says the same. */
export const largestFile = 50 * 1024 * 1024
/** Files of a company that are kept at a time. */
const mostKept = 50
/** Rows that are shown to whoever chooses the columns. */
const shownRows = 12
/** Letters of a cell that are shown. */
const shownLetters = 200

/** Takes a file in, with what it seems to be. @returns its id. */
export async function addImport(
  tx: Transaction,
  ctx: Context,
  what: string,
  name: string,
  content: Buffer,
): Promise<string> {
  const importer = importerOf(what)
  allowAlso(ctx, importer.permission)
  const companyId = ctx.company.id
  const source: FileSource = { name, read: () => inPieces(content) }
  const { format, head } = await lookAt(ctx, what, source, {})
  const { preset, mapping } = propose(importer, head.columns, await rememberedMapping(tx, companyId, what))
  const id = newId()
  await tx.one(lockSpace, { companyId })
  const made = await tx.maybe(insertImport, {
    companyId,
    id,
    what,
    name,
    bytes: content.length,
    lines: format.kind === 'csv' ? linesOf(content) : null,
    preset: preset?.name ?? null,
    format: JSON.stringify(format),
    mapping: JSON.stringify(mapping),
    head: JSON.stringify(head),
    createdById: ctx.actor.id,
    createdBy: ctx.actor.name,
    createdAt: ctx.now,
    most: mostKept,
  })
  if (made === null) {
    throw conflict(
      'too-many-imports',
      `A company keeps ${mostKept} files of imports at the most. Delete one that is done with.`,
    )
  }
  await storeFile(tx, { companyId, id }, content)
  recordEvents(tx, ctx, [
    {
      type: 'import.added',
      objectKind: 'import',
      objectId: id,
      after: { what, name, bytes: content.length },
    },
  ])
  return id
}

export interface ImportChanges {
  readonly format?: Partial<Omit<Format, 'kind'>> | undefined
  readonly mapping?: Record<string, string> | undefined
  readonly atFault?: 'nothing' | 'skip' | undefined
}

/** Says how a file is to be read. With another format its columns are proposed anew. */
export async function changeImport(
  tx: Transaction,
  ctx: Context,
  id: string,
  changes: ImportChanges,
  ifMatch: number | null,
): Promise<void> {
  const row = await lockIdle(tx, ctx, id, ifMatch)
  const importer = importerOf(row.what)
  const key = { companyId: ctx.company.id, id }
  let { format, head, preset, mapping } = row
  if (changes.format !== undefined) {
    const said = { ...row.format, ...changes.format }
    ;({ format, head } = await lookAt(ctx, row.what, storedFile(tx, row.name, key), said))
    if (head.columns.join('\n') !== row.head.columns.join('\n')) {
      const proposed = propose(importer, head.columns, await rememberedMapping(tx, key.companyId, row.what))
      preset = proposed.preset?.name ?? null
      mapping = proposed.mapping
    }
  }
  if (changes.mapping !== undefined) {
    mapping = changes.mapping
    columnsOf(importer, mapping, head.columns, presetOf(preset))
  }
  tx.write(changeImportRow, {
    ...key,
    preset,
    format: JSON.stringify(format),
    mapping: JSON.stringify(mapping),
    head: JSON.stringify(head),
    atFault: changes.atFault ?? row.atFault,
  })
  tx.write(deleteRejects, key)
}

/** Asks the worker to try an import, or to do it. */
export async function startImport(
  tx: Transaction,
  ctx: Context,
  id: string,
  dryRun: boolean,
  ifMatch: number | null,
): Promise<void> {
  const row = await lockIdle(tx, ctx, id, ifMatch)
  const key = { companyId: ctx.company.id, id }
  const { mapping, head, preset, what } = row
  columnsOf(importerOf(what), mapping, head.columns, presetOf(preset))
  rememberMapping(tx, ctx.company.id, what, { columns: head.columns, mapping })
  tx.write(deleteRejects, key)
  tx.write(beginImport, { ...key, dryRun })
  if (dryRun) return
  recordEvents(tx, ctx, [
    {
      type: 'import.started',
      objectKind: 'import',
      objectId: id,
      after: { what, name: row.name, atFault: row.atFault },
    },
  ])
}

/**
 * Ends an import that waits or is under way. Of all or nothing, nothing is kept; otherwise the batches that are
 * committed stay, and the rest of the file is not read. Whoever works on it sees so at the end of its batch.
 * @throws 409 for one that nobody works on.
 */
export async function stopImport(
  tx: Transaction,
  ctx: Context,
  id: string,
  ifMatch: number | null,
): Promise<void> {
  const row = await lockAllowed(tx, ctx, id, ifMatch)
  if (!isBusy(row)) throw conflict('wrong-state', `${row.name} is not being read: there is nothing to stop.`)
  tx.write(stopImportRow, { companyId: ctx.company.id, id, now: ctx.now })
  recordEvents(tx, ctx, [
    {
      type: 'import.stopped',
      objectKind: 'import',
      objectId: id,
      after: { what: row.what, name: row.name, dryRun: row.dryRun },
    },
  ])
}

/** Forgets a file and what was said of its rows; what was imported stays. */
export async function deleteImport(
  tx: Transaction,
  ctx: Context,
  id: string,
  ifMatch: number | null,
): Promise<void> {
  const row = await lockAllowed(tx, ctx, id, ifMatch)
  refuseBusy(row)
  tx.write(deleteImportRow, { companyId: ctx.company.id, id })
  recordEvents(tx, ctx, [
    {
      type: 'import.deleted',
      objectKind: 'import',
      objectId: id,
      before: { what: row.what, name: row.name },
    },
  ])
}

async function lockAllowed(
  tx: Transaction,
  ctx: Context,
  id: string,
  ifMatch: number | null,
): Promise<ImportRow> {
  const row = await tx.maybe(lockImport, { companyId: ctx.company.id, id })
  if (row === null) throw notFound('import')
  allowAlso(ctx, importerOf(row.what).permission)
  refuseStale(row.version, ifMatch)
  return row
}

/** One that nobody works on, and that is not done. */
async function lockIdle(
  tx: Transaction,
  ctx: Context,
  id: string,
  ifMatch: number | null,
): Promise<ImportRow> {
  const row = await lockAllowed(tx, ctx, id, ifMatch)
  refuseBusy(row)
  if (row.state === 'done')
    throw conflict('wrong-state', `${row.name} was imported already. Send the file again to import it again.`)
  return row
}

function isBusy({ state }: ImportRow): boolean {
  return state === 'waiting' || state === 'running'
}

function refuseBusy(row: ImportRow): void {
  if (isBusy(row))
    throw conflict('wrong-state', `${row.name} is being read. Wait until that has ended, or stop it.`)
}

/** The format of a file, as far as it was not said, and its first rows. */
async function lookAt(
  ctx: Context,
  what: string,
  source: FileSource,
  said: Partial<Format>,
): Promise<{ format: Format; head: FileHead }> {
  const { format, rows } = await proposeFormat(source, said, ctx.company)
  const { columns } = layoutOf(importerOf(what), rows[0], format, ctx.company)
  const shown = rows.slice(0, shownRows).map(({ line, cells }) => ({
    line,
    cells: cells.map((cell) => (cell.length > shownLetters ? `${cell.slice(0, shownLetters)}…` : cell)),
  }))
  return { format, head: { columns, rows: shown } }
}

/** In small pieces, as it would come from elsewhere: only the beginning is looked at. */
async function* inPieces(content: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += 65_536) yield content.subarray(at, at + 65_536)
}

function linesOf(content: Buffer): number {
  let lines = 1
  for (let at = content.indexOf(10); at >= 0; at = content.indexOf(10, at + 1)) lines++
  return lines
}
