import { FileAnswer } from '../http/file-answer.ts'
import { recordEvents } from '../journal/events.ts'
import type { Context } from '../kernel/context.ts'
import { newId } from '../kernel/ids.ts'
import { notFound, ruleBroken } from '../kernel/problem.ts'
import { insertInto, json, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { kinds } from '../kinds.ts'
import { type PrintedKind, formsOf } from './print-document.ts'

/** Documents in one file. */
export const mostInBatch = 500
/** Days that a file with many documents is kept; it can be made anew. */
const keptDays = 3

export interface BatchFailure {
  id: string
  number: string | null
  message: string
}

const columns = {
  id: 'uuid',
  kind: 'text',
  state: 'text',
  printed: 'int',
  total: 'int',
  failures: json<BatchFailure[]>(),
  pages: 'int?',
  createdAt: 'timestamptz',
} as const

const selectBatch = statement(
  'select_print_batch',
  columns,
  (p: { companyId: string; id: string }) => sql`
    select id, kind, state, printed, cardinality(document_ids) as total, failures, pages, created_at
    from print_batches where company_id = ${p.companyId} and id = ${p.id}`,
)
const selectPdf = statement(
  'select_print_batch_pdf',
  { kind: 'text', pdf: 'text?', createdAt: 'timestamptz' },
  (p: { companyId: string; id: string }) => sql`
    select kind, encode(pdf, 'base64') as pdf, created_at from print_batches
    where company_id = ${p.companyId} and id = ${p.id}`,
)
const insertBatch = insertInto('print_batches', [
  'companyId',
  'id',
  'kind',
  'form',
  'language',
  'documentIds',
  'state',
  'printed',
  'failures',
  'createdById',
  'createdBy',
  'createdAt',
])
const purge = statement(
  'purge_print_batches',
  {},
  (p: { companyId: string; before: Date }) =>
    sql`delete from print_batches where company_id = ${p.companyId} and created_at < ${p.before}::timestamptz`,
)

const countDocuments = statement(
  'count_documents_to_print',
  { found: 'int' },
  (p: { companyId: string; kind: string; ids: readonly string[] }) => sql`
    select count(*)::int as found from unnest(${p.ids}::uuid[]) as wanted(id) cross join lateral (
      select 1 from documents d where d.company_id = ${p.companyId} and d.id = wanted.id and d.kind = ${p.kind} limit 1) one`,
)

/** Asks the worker to print many documents into one file. @returns the id to ask for it with. */
export async function startBatch(
  tx: Transaction,
  ctx: Context,
  kind: PrintedKind,
  asked: {
    readonly ids: readonly string[]
    readonly form?: string | undefined
    readonly language?: string | undefined
  },
): Promise<string> {
  const form = asked.form ?? null
  if (form !== null && !formsOf(kind).some((each) => each === form))
    throw ruleBroken('unknown-form', '/form', `This is printed as ${formsOf(kind).join(' or ')}.`)
  const ids = [...new Set(asked.ids)]
  const { found } = await tx.one(countDocuments, { companyId: ctx.company.id, kind, ids })
  if (found < ids.length)
    throw ruleBroken(
      'unknown-document',
      '/ids',
      `${ids.length - found} of these documents do not exist or you may not see them.`,
    )
  const id = newId()
  tx.write(insertBatch, {
    rows: [
      {
        companyId: ctx.company.id,
        id,
        kind,
        form,
        language: asked.language ?? null,
        documentIds: ids,
        state: 'waiting',
        printed: 0,
        failures: [],
        createdById: ctx.actor.id,
        createdBy: ctx.actor.name,
        createdAt: ctx.now,
      },
    ],
  })
  recordEvents(tx, ctx, [
    {
      type: 'print-batch.started',
      objectKind: 'print-batch',
      objectId: id,
      after: { kind, total: ids.length },
    },
  ])
  return id
}

/** @throws 404, also for a batch of another kind: the caller was asked for the permission of this one. */
export async function findBatch(tx: Transaction, ctx: Context, kind: PrintedKind, id: string) {
  const batch = await tx.maybe(selectBatch, { companyId: ctx.company.id, id })
  if (batch?.kind !== kind) throw notFound('batch')
  return batch
}

/** @throws 404 while it is not done. */
export async function findBatchFile(
  tx: Transaction,
  ctx: Context,
  kind: PrintedKind,
  id: string,
): Promise<FileAnswer> {
  const row = await tx.maybe(selectPdf, { companyId: ctx.company.id, id })
  if (row?.kind !== kind || row.pdf === null) throw notFound('file')
  const path = kind === 'payment' ? 'payments' : kinds[kind].path
  const bytes = Buffer.from(row.pdf, 'base64')
  return new FileAnswer(`${path}-${row.createdAt.toISOString().slice(0, 10)}.pdf`, async () => bytes)
}

/** Deletes files with many documents that are older than three days. */
export function purgeBatches(tx: Transaction, companyId: string, moment: Date): void {
  tx.write(purge, { companyId, before: new Date(moment.getTime() - keptDays * 86_400_000) })
}
