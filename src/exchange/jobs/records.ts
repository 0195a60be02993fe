import { notFound } from '../../kernel/problem.ts'
import { type Row, json, sql, statement, insertInto } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { FileRow, Format } from '../files/format.ts'
import type { Fault } from '../imports/importer.ts'

/** Names of the columns of a file and its first rows. */
export interface FileHead {
  readonly columns: readonly string[]
  readonly rows: readonly FileRow[]
}

const importColumns = {
  id: 'uuid',
  what: 'text',
  name: 'text',
  bytes: 'int',
  lines: 'int?',
  preset: 'text?',
  format: json<Format>(),
  mapping: json<Record<string, string>>(),
  head: json<FileHead>(),
  atFault: 'text',
  state: 'text',
  dryRun: 'bool',
  attempt: 'int',
  settled: 'int',
  rowCount: 'int',
  line: 'int',
  createdCount: 'int',
  changedCount: 'int',
  sameCount: 'int',
  ignoredCount: 'int',
  failedCount: 'int',
  message: 'text?',
  version: 'int',
  createdById: 'text',
  createdBy: 'text',
  createdAt: 'timestamptz',
  finishedAt: 'timestamptz?',
} as const
export type ImportRow = Row<typeof importColumns>

const fields = sql`id, what, name, bytes, lines, preset, format, mapping, head, at_fault, state, dry_run, attempt, settled,
  row_count, line, created_count, changed_count, same_count, ignored_count, failed_count, message, version, created_by_id,
  created_by, created_at, finished_at`

export interface Key {
  readonly companyId: string
  readonly id: string
}

const select = statement(
  'select_import',
  importColumns,
  (p: Key) => sql`select ${fields} from imports where company_id = ${p.companyId} and id = ${p.id}`,
)
export const lockImport = statement(
  'lock_import',
  importColumns,
  (p: Key) =>
    sql`select ${fields} from imports where company_id = ${p.companyId} and id = ${p.id} for update`,
)
export const selectImports = statement(
  'list_imports',
  importColumns,
  (p: { companyId: string; kinds: readonly string[] }) => sql`
    select ${fields} from imports where company_id = ${p.companyId} and what = any(${p.kinds}::text[])
    order by created_at desc, id desc limit 100`,
)
export const claimImport = statement(
  'claim_import',
  importColumns,
  (p: { companyId: string; now: Date; until: Date }) => sql`
    update imports i set state = 'running', leased_until = ${p.until}::timestamptz, attempt = i.attempt + 1
    where i.company_id = ${p.companyId} and i.id = (
      select id from imports where company_id = ${p.companyId}
        and (state = 'waiting' or state = 'running' and leased_until < ${p.now}::timestamptz)
      order by created_at limit 1 for update skip locked)
    returning ${fields}`,
)
export const insertImport = statement(
  'insert_import',
  { id: 'uuid' },
  (p: {
    companyId: string
    id: string
    what: string
    name: string
    bytes: number
    lines: number | null
    preset: string | null
    format: string
    mapping: string
    head: string
    createdById: string
    createdBy: string
    createdAt: Date
    most: number
  }) => sql`
    insert into imports (company_id, id, what, name, bytes, lines, preset, format, mapping, head, created_by_id, created_by, created_at)
    select ${p.companyId}, ${p.id}, ${p.what}, ${p.name}, ${p.bytes}::int, ${p.lines}::int, ${p.preset}::text, ${p.format}::jsonb,
      ${p.mapping}::jsonb, ${p.head}::jsonb, ${p.createdById}, ${p.createdBy}, ${p.createdAt}::timestamptz
    where (select count(*) from imports where company_id = ${p.companyId}) < ${p.most}::int
    returning id`,
)
/** Files of a company come in one after the other, so that they are counted right. */
export const lockSpace = statement(
  'lock_import_space',
  { locked: 'text' },
  (p: { companyId: string }) =>
    sql`select pg_advisory_xact_lock(hashtextextended('imports' || ${p.companyId}, 0))::text as locked`,
)
export const insertPiece = statement(
  'insert_import_piece',
  {},
  (p: Key & { position: number; content: string }) => sql`
    insert into import_pieces (company_id, import_id, position, content)
    values (${p.companyId}, ${p.id}, ${p.position}::int, ${p.content}::bytea)`,
)
export const selectPiece = statement(
  'select_import_piece',
  { content: 'text' },
  (p: Key & { position: number }) => sql`
    select encode(content, 'base64') as content from import_pieces
    where company_id = ${p.companyId} and import_id = ${p.id} and position = ${p.position}::int`,
)
export const changeImportRow = statement(
  'change_import',
  {},
  (p: Key & { preset: string | null; format: string; mapping: string; head: string; atFault: string }) => sql`
    update imports set preset = ${p.preset}::text, format = ${p.format}::jsonb, mapping = ${p.mapping}::jsonb,
      head = ${p.head}::jsonb, at_fault = ${p.atFault}, state = 'ready', message = null, finished_at = null,
      version = version + 1
    where company_id = ${p.companyId} and id = ${p.id}`,
)
/** From the beginning, whatever came of it before: what was imported then is the same now. */
export const beginImport = statement(
  'begin_import',
  {},
  (p: Key & { dryRun: boolean }) => sql`
    update imports set state = 'waiting', dry_run = ${p.dryRun}::boolean, row_count = 0, line = 0, created_count = 0,
      changed_count = 0, same_count = 0, ignored_count = 0, failed_count = 0, settled = 0, message = null,
      finished_at = null, version = version + 1
    where company_id = ${p.companyId} and id = ${p.id}`,
)
export const stopImportRow = statement(
  'stop_import',
  {},
  (p: Key & { now: Date }) => sql`
    update imports set state = 'stopped', finished_at = ${p.now}::timestamptz, leased_until = null, version = version + 1
    where company_id = ${p.companyId} and id = ${p.id} and state in ('waiting', 'running')`,
)
export const deleteRejects = statement(
  'delete_import_rejects',
  {},
  (p: Key) => sql`delete from import_rejects where company_id = ${p.companyId} and import_id = ${p.id}`,
)
/** What was counted of a try that another process began is counted anew. */
export const forgetTry = statement(
  'forget_import_try',
  {},
  (p: Key) => sql`
    update imports set row_count = 0, line = 0, created_count = 0, changed_count = 0, same_count = 0, ignored_count = 0,
      failed_count = 0
    where company_id = ${p.companyId} and id = ${p.id}`,
)
export const insertRejects = insertInto('import_rejects', [
  'companyId',
  'importId',
  'position',
  'lines',
  'faults',
])

export const selectFaults = statement(
  'list_import_faults',
  { position: 'int', faults: json<Fault[]>() },
  (p: Key & { limit: number }) => sql`
    select position, faults from import_rejects where company_id = ${p.companyId} and import_id = ${p.id}
    order by position limit ${p.limit}`,
)
export const selectRejects = statement(
  'list_import_rejects',
  { position: 'int', lines: json<number[]>(), faults: json<Fault[]>() },
  (p: Key & { after: number; limit: number }) => sql`
    select position, to_json(lines) as lines, faults from import_rejects
    where company_id = ${p.companyId} and import_id = ${p.id} and position > ${p.after}::int
    order by position limit ${p.limit}`,
)
export const deleteImportRow = statement(
  'delete_import',
  {},
  (p: Key) => sql`delete from imports where company_id = ${p.companyId} and id = ${p.id}`,
)
const purge = statement(
  'purge_imports',
  {},
  (p: { companyId: string; before: Date }) => sql`
    delete from imports where company_id = ${p.companyId} and created_at < ${p.before}::timestamptz
      and state not in ('waiting', 'running')`,
)

/** Days that a file and what came of it are kept. */
const keptDays = 14

/** Deletes imports of two weeks ago with their files. */
export function purgeImports(tx: Transaction, companyId: string, moment: Date): void {
  tx.write(purge, { companyId, before: new Date(moment.getTime() - keptDays * 86_400_000) })
}

/** @throws 404 */
export async function loadImport(tx: Transaction, key: Key): Promise<ImportRow> {
  const row = await tx.maybe(select, key)
  if (row === null) throw notFound('import')
  return row
}
