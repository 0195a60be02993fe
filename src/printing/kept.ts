import { recordEvents } from '../journal/events.ts'
import type { Context } from '../kernel/context.ts'
import { newId } from '../kernel/ids.ts'
import { notFound } from '../kernel/problem.ts'
import { insertInto, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { AnyKind } from '../kinds.ts'

/** What was handed over, byte for byte. It is never changed and never deleted. */
export interface Kept {
  id: string
  form: string
  language: string
  contentSha256: string
  fileName: string
  pdfSha256: string
  pages: number
  /** That no font has: something else stands for them in the file. */
  replacedSigns: string[]
  createdBy: string
  createdAt: Date
}

const columns = {
  id: 'uuid',
  form: 'text',
  language: 'text',
  contentSha256: 'text',
  fileName: 'text',
  pdfSha256: 'text',
  pages: 'int',
  replacedSigns: 'text[]',
  createdBy: 'text',
  createdAt: 'timestamptz',
} as const
const fields = sql`id, form, language, content_sha256, file_name, pdf_sha256, pages, replaced_signs, created_by, created_at`

const selectKept = statement(
  'select_kept_documents',
  columns,
  (p: { companyId: string; documentId: string }) => sql`
    select ${fields} from printed_documents where company_id = ${p.companyId} and document_id = ${p.documentId}
    order by created_at desc, id desc limit 500`,
)
const selectPdf = statement(
  'select_kept_pdf',
  { fileName: 'text', pdf: 'text' },
  (p: { companyId: string; documentId: string; id: string }) => sql`
    select file_name, encode(pdf, 'base64') as pdf from printed_documents
    where company_id = ${p.companyId} and document_id = ${p.documentId} and id = ${p.id}`,
)
const insertKept = insertInto('printed_documents', [
  'companyId',
  'id',
  'documentId',
  'form',
  'language',
  'contentSha256',
  'fileName',
  'pdf',
  'pdfSha256',
  'pages',
  'replacedSigns',
  'createdBy',
  'createdAt',
])

/** All that were kept of a document, the latest first. */
export function listKept(tx: Transaction, ctx: Context, documentId: string): Promise<Kept[]> {
  return tx.all(selectKept, { companyId: ctx.company.id, documentId })
}

/** The latest of this form and language; null when none was kept. */
export async function findKept(
  tx: Transaction,
  ctx: Context,
  documentId: string,
  form: string,
  language: string,
): Promise<Kept | null> {
  const all = await listKept(tx, ctx, documentId)
  return all.find((kept) => kept.form === form && kept.language === language) ?? null
}

/** @throws 404 */
export async function findKeptFile(tx: Transaction, ctx: Context, documentId: string, id: string) {
  const row = await tx.maybe(selectPdf, { companyId: ctx.company.id, documentId, id })
  if (!row) throw notFound('kept copy')
  return { fileName: row.fileName, pdf: Buffer.from(row.pdf, 'base64') }
}

export async function findKeptPdf(
  tx: Transaction,
  ctx: Context,
  documentId: string,
  id: string,
): Promise<Uint8Array> {
  return (await findKeptFile(tx, ctx, documentId, id)).pdf
}

export function keep(
  tx: Transaction,
  ctx: Context,
  made: Omit<Kept, 'id' | 'createdBy' | 'createdAt'> & {
    readonly documentId: string
    readonly kind: AnyKind
    readonly pdf: Uint8Array
  },
): Kept {
  const { documentId, kind, pdf, ...facts } = made
  const kept: Kept = { id: newId(), ...facts, createdBy: ctx.actor.name, createdAt: ctx.now }
  tx.write(insertKept, {
    rows: [
      {
        companyId: ctx.company.id,
        documentId,
        ...kept,
        pdf: `\\x${Buffer.from(pdf).toString('hex')}`,
      },
    ],
  })
  const { form, language, fileName, pdfSha256 } = kept
  recordEvents(tx, ctx, [
    {
      type: `${kind}.printed`,
      objectKind: kind,
      objectId: documentId,
      after: { form, language, fileName, pdfSha256 },
    },
  ])
  return kept
}
