import type { Context } from '../kernel/context.ts'
import { Keyset, type ListQuery, type Sort } from '../kernel/keyset.ts'
import { notFound } from '../kernel/problem.ts'
import { type Sql, dynamic, empty, json, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type AnyKind, permissionFor, titles } from '../kinds.ts'
import { htmlOf } from './placeholders.ts'
import type { MailFilters, MailListItem, MailPresented } from './schema.ts'

const columns = {
  id: 'uuid',
  purpose: 'text',
  language: 'text',
  partyId: 'uuid?',
  to: 'text[]',
  cc: 'text[]',
  bcc: 'text[]',
  subject: 'text',
  state: 'text',
  attempts: 'int',
  nextAt: 'timestamptz?',
  lastAt: 'timestamptz?',
  sentAt: 'timestamptz?',
  answer: 'text?',
  refused: 'text[]',
  bouncedAt: 'timestamptz?',
  bounceReason: 'text?',
  documents: json<MailListItem['documents']>(),
  version: 'int',
  createdBy: 'text',
  createdAt: 'timestamptz',
} as const

const fields: Sql = sql`m.id, m.purpose, m.language, m.party_id, m.to_addresses as "to", m.cc_addresses as cc,
  m.bcc_addresses as bcc, m.subject, m.state, m.attempts, m.next_at, m.last_at, m.sent_at, m.answer, m.refused,
  m.bounced_at, m.bounce_reason,
  (select coalesce(json_agg(json_build_object('kind', d.kind, 'id', d.document_id, 'number', d.number, 'stage', d.stage)
      order by d.number, d.document_id), '[]')
    from mail_documents d where d.company_id = m.company_id and d.mail_id = m.id) as documents,
  m.version, m.created_by, m.created_at`

/** Not those about a document that the caller may not read. */
const readable = (kinds: readonly string[]): Sql => sql`not exists (select from mail_documents d
  where d.company_id = m.company_id and d.mail_id = m.id and d.kind <> all(${kinds}::text[]))`

function readableKinds(ctx: Context): string[] {
  const all = Object.keys(titles) as AnyKind[]
  return all.filter((kind) => ctx.permissions.has(permissionFor(kind, 'read')))
}

const sorts: Record<string, Sort> = { id: { column: sql`m.id`, type: 'uuid', notNull: true } }

/** What was sent and what waits, the newest first. */
export async function listMails(tx: Transaction, ctx: Context, query: ListQuery & MailFilters) {
  const keyset = new Keyset(query, sorts, sql`m.id`, '-id')
  const rows = await tx.all(
    dynamic(
      { ...columns, cursorKey: 'text?' },
      sql`select ${fields}, ${keyset.key} from mails m
        where m.company_id = ${ctx.company.id} and ${readable(readableKinds(ctx))}
          ${query.documentId === undefined ? empty : sql`and exists (select from mail_documents o where o.company_id = m.company_id and o.mail_id = m.id and o.document_id = ${query.documentId}::uuid)`}
          ${query.partyId === undefined ? empty : sql`and m.party_id = ${query.partyId}::uuid`}
          ${query.state === undefined ? empty : sql`and m.state = ${query.state}`}
          ${query.trouble === undefined ? empty : sql`and (m.state in ('failed', 'unclear', 'bounced')) = ${query.trouble}`}
          ${keyset.after} ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  return keyset.page(rows)
}

const loadRow = statement(
  'load_mail',
  {
    ...columns,
    messageId: 'text',
    body: 'text',
    attachments: json<MailPresented['attachments']>(),
  },
  (p: { companyId: string; id: string; kinds: readonly string[] }) => sql`
    select ${fields}, m.message_id, m.body,
      (select coalesce(json_agg(json_build_object('fileName', a.file_name, 'mediaType', a.media_type, 'pdfId', a.printed_id)
          order by a.position), '[]')
        from mail_attachments a where a.company_id = m.company_id and a.mail_id = m.id) as attachments
    from mails m where m.company_id = ${p.companyId} and m.id = ${p.id} and ${readable(p.kinds)}`,
)

/** @throws 404 */
export async function loadMail(tx: Transaction, ctx: Context, id: string): Promise<MailPresented> {
  const row = await tx.maybe(loadRow, { companyId: ctx.company.id, id, kinds: readableKinds(ctx) })
  if (row === null) throw notFound('mail')
  return { ...row, html: htmlOf(row.body, row.language) } as MailPresented
}
