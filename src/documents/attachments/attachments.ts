import { createHash } from 'node:crypto'
import { FileAnswer } from '../../http/file-answer.ts'
import { recordEvents } from '../../journal/events.ts'
import { refuseStale } from '../../kernel/guards.ts'
import type { Context } from '../../kernel/context.ts'
import { newId } from '../../kernel/ids.ts'
import { notFound, ruleBroken, versionMismatch } from '../../kernel/problem.ts'
import { raw, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { cleanFileName } from './file-name.ts'
import { type Owner, type OwnerColumn, ownerColumns } from './owners.ts'
import { recognise } from './recognise.ts'

const mebibyte = 1024 * 1024
/** Of one file; the table says the same. */
export const largestFile = 10 * mebibyte
/** Of all files of a company: they lie in the database and are in every backup. */
const largestCompany = 2048 * mebibyte

const columns = {
  id: 'uuid',
  name: 'text',
  type: 'text',
  bytes: 'int',
  sha256: 'text',
  sendWithDocument: 'bool',
  version: 'int',
  createdBy: 'text',
  createdAt: 'timestamptz',
} as const
const fields = raw('id, name, type, bytes, sha256, send_with_document, version, created_by, created_at')

/** One statement for each column that says to what a file belongs. */
function perColumn<S>(make: (column: OwnerColumn) => S): Readonly<Record<OwnerColumn, S>> {
  return Object.fromEntries(ownerColumns.map((column) => [column, make(column)])) as Record<OwnerColumn, S>
}

const selectAll = perColumn((column) =>
  statement(
    `list_attachments_by_${column}`,
    columns,
    (p: { companyId: string; ownerId: string }) => sql`
      select ${fields} from attachments where company_id = ${p.companyId} and ${raw(column)} = ${p.ownerId}
      order by id limit 500`,
  ),
)
const selectContent = perColumn((column) =>
  statement(
    `select_attachment_by_${column}`,
    { name: 'text', type: 'text', content: 'text' },
    (p: { companyId: string; ownerId: string; id: string }) => sql`
      select name, type, encode(content, 'base64') as content from attachments
      where company_id = ${p.companyId} and ${raw(column)} = ${p.ownerId} and id = ${p.id}`,
  ),
)
/** Files of a company are added one after the other, so that its space is counted right. */
const lockSpace = statement(
  'lock_attachment_space',
  { locked: 'text' },
  (p: { companyId: string }) =>
    sql`select pg_advisory_xact_lock(hashtextextended('attachments' || ${p.companyId}, 0))::text as locked`,
)
interface NewFile {
  companyId: string
  id: string
  ownerId: string
  name: string
  type: string
  bytes: number
  sha256: string
  content: string
  sendWithDocument: boolean
  createdBy: string
  createdAt: Date
  most: number
}
const insert = perColumn((column) =>
  statement(
    `insert_attachment_by_${column}`,
    { id: 'uuid' },
    (p: NewFile) => sql`
      insert into attachments (company_id, id, ${raw(column)}, name, type, bytes, sha256, content, send_with_document,
        created_by, created_at)
      select ${p.companyId}, ${p.id}, ${p.ownerId}, ${p.name}, ${p.type}, ${p.bytes}::int, ${p.sha256},
        ${p.content}::bytea, ${p.sendWithDocument}, ${p.createdBy}, ${p.createdAt}
      where ${p.most}::bigint >= ${p.bytes}::int + coalesce(
        (select sum(bytes) from attachments where company_id = ${p.companyId}), 0)
      returning id`,
  ),
)
const update = perColumn((column) =>
  statement(
    `change_attachment_by_${column}`,
    columns,
    (p: {
      companyId: string
      ownerId: string
      id: string
      name: string
      sendWithDocument: boolean
      version: number
    }) => sql`
      update attachments set name = ${p.name}, send_with_document = ${p.sendWithDocument}, version = version + 1
      where company_id = ${p.companyId} and ${raw(column)} = ${p.ownerId} and id = ${p.id} and version = ${p.version}
      returning ${fields}`,
  ),
)
const remove = perColumn((column) =>
  statement(
    `delete_attachment_by_${column}`,
    columns,
    (p: { companyId: string; ownerId: string; id: string }) => sql`
      delete from attachments where company_id = ${p.companyId} and ${raw(column)} = ${p.ownerId} and id = ${p.id}
      returning ${fields}`,
  ),
)

export interface Attachment {
  id: string
  name: string
  type: string
  bytes: number
  sha256: string
  sendWithDocument: boolean
  version: number
  createdBy: string
  createdAt: Date
}

/** The files of a document, a product or a party, the oldest first. */
export function listAttachments(
  tx: Transaction,
  ctx: Context,
  owner: Owner,
  ownerId: string,
): Promise<Attachment[]> {
  return tx.all(selectAll[owner.column], { companyId: ctx.company.id, ownerId })
}

async function findAttachment(tx: Transaction, ctx: Context, owner: Owner, ownerId: string, id: string) {
  const found = (await listAttachments(tx, ctx, owner, ownerId)).find((each) => each.id === id)
  if (!found) throw notFound('file')
  return found
}

/** The file itself, byte for byte. @throws 404 */
export async function readAttachment(
  tx: Transaction,
  ctx: Context,
  owner: Owner,
  ownerId: string,
  id: string,
): Promise<FileAnswer> {
  const row = await tx.maybe(selectContent[owner.column], { companyId: ctx.company.id, ownerId, id })
  if (!row) throw notFound('file')
  const bytes = Buffer.from(row.content, 'base64')
  return new FileAnswer(row.name, async () => bytes, row.type)
}

/**
 * @param file as it was sent.
 * @throws 422 when it is of no kind that may be attached, or the company has no space left.
 */
export async function addAttachment(
  tx: Transaction,
  ctx: Context,
  owner: Owner,
  ownerId: string,
  file: { readonly name: string; readonly content: Buffer; readonly sendWithDocument: boolean },
): Promise<Attachment> {
  const companyId = ctx.company.id
  const { content, sendWithDocument } = file
  const name = cleanFileName(file.name)
  const added: Attachment = {
    id: newId(),
    name,
    type: recognise(content, name),
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    sendWithDocument,
    version: 1,
    createdBy: ctx.actor.name,
    createdAt: ctx.now,
  }
  await tx.one(lockSpace, { companyId })
  const kept = await tx.maybe(insert[owner.column], {
    companyId,
    ownerId,
    ...added,
    content: `\\x${content.toString('hex')}`,
    most: largestCompany,
  })
  if (kept === null)
    throw ruleBroken(
      'no-space',
      '',
      `All files of a company take at most ${largestCompany / mebibyte} MiB, and this one would be beyond that. Delete what is not needed any more.`,
    )
  record(tx, ctx, owner, ownerId, 'file-added', null, added)
  return added
}

/** @throws 412 when somebody else changed it. */
export async function changeAttachment(
  tx: Transaction,
  ctx: Context,
  owner: Owner,
  ownerId: string,
  id: string,
  changes: { readonly name?: string | undefined; readonly sendWithDocument?: boolean | undefined },
  ifMatch: number | null,
): Promise<Attachment> {
  const before = await findAttachment(tx, ctx, owner, ownerId, id)
  refuseStale(before.version, ifMatch)
  const changed = await tx.maybe(update[owner.column], {
    companyId: ctx.company.id,
    ownerId,
    id,
    name: changes.name === undefined ? before.name : cleanFileName(changes.name),
    sendWithDocument: changes.sendWithDocument ?? before.sendWithDocument,
    version: before.version,
  })
  if (changed === null) throw versionMismatch(before.version + 1)
  record(tx, ctx, owner, ownerId, 'file-changed', before, changed)
  return changed
}

/** Takes a file away. That it was there, what it was called and its checksum stay in the audit trail. */
export async function deleteAttachment(
  tx: Transaction,
  ctx: Context,
  owner: Owner,
  ownerId: string,
  id: string,
): Promise<undefined> {
  const gone = await tx.maybe(remove[owner.column], { companyId: ctx.company.id, ownerId, id })
  if (gone === null) throw notFound('file')
  record(tx, ctx, owner, ownerId, 'file-removed', gone, null)
  return undefined
}

function record(
  tx: Transaction,
  ctx: Context,
  owner: Owner,
  ownerId: string,
  what: 'file-added' | 'file-changed' | 'file-removed',
  before: Attachment | null,
  after: Attachment | null,
): void {
  const told = (file: Attachment | null) =>
    file && {
      name: file.name,
      type: file.type,
      bytes: file.bytes,
      sha256: file.sha256,
      sendWithDocument: file.sendWithDocument,
    }
  recordEvents(tx, ctx, [
    {
      type: `${owner.kind}.${what}`,
      objectKind: owner.kind,
      objectId: ownerId,
      before: told(before),
      after: told(after),
    },
  ])
}
