import { PDFDocument } from '@cantoo/pdf-lib'
import { findAllCompanies, loadCompany, systemContext } from '../identity/index.ts'
import { now } from '../kernel/clock.ts'
import type { Context } from '../kernel/context.ts'
import { Problem } from '../kernel/problem.ts'
import { type Row, sql, statement } from '../kernel/sql.ts'
import { type Database, inTransaction } from '../kernel/transaction.ts'
import type { BatchFailure } from './batches.ts'
import { findKeptPdf } from './kept.ts'
import { type PrintedKind, keepDocument, printDocument } from './print-document.ts'
import type { Form } from './print-model.ts'

/** So long (ms) nobody else takes up a batch that is being printed; each document gives it anew. */
const lease = 60_000

const claimed = {
  id: 'uuid',
  kind: 'text',
  form: 'text?',
  language: 'text?',
  documentIds: 'text[]',
  createdById: 'text',
  createdBy: 'text',
} as const

const claimBatch = statement(
  'claim_print_batch',
  claimed,
  (p: { companyId: string; now: Date; until: Date }) => sql`
    update print_batches b set state = 'running', leased_until = ${p.until}::timestamptz, printed = 0, failures = '[]'
    where b.company_id = ${p.companyId} and b.id = (
      select id from print_batches where company_id = ${p.companyId}
        and (state = 'waiting' or state = 'running' and leased_until < ${p.now}::timestamptz)
      order by created_at limit 1 for update skip locked)
    returning id, kind, form, language, document_ids::text[] as document_ids, created_by_id, created_by`,
)
const noteProgress = statement(
  'note_print_batch_progress',
  {},
  (p: { companyId: string; id: string; printed: number; failures: string; until: Date }) => sql`
    update print_batches set printed = ${p.printed}::int, failures = ${p.failures}::jsonb, leased_until = ${p.until}::timestamptz
    where company_id = ${p.companyId} and id = ${p.id} and state = 'running'`,
)
const finishBatch = statement(
  'finish_print_batch',
  {},
  (p: { companyId: string; id: string; state: string; pages: number; pdf: string | null; now: Date }) => sql`
    update print_batches set state = ${p.state}, pages = ${p.pages}::int, pdf = ${p.pdf}::bytea,
      finished_at = ${p.now}::timestamptz
    where company_id = ${p.companyId} and id = ${p.id} and state = 'running'`,
)
const selectNumber = statement(
  'select_number_for_print_batch',
  { number: 'text?' },
  (p: { companyId: string; id: string }) =>
    sql`select number from documents where company_id = ${p.companyId} and id = ${p.id}`,
)

/** Prints what waits in all companies, one batch after the other, until nothing does. */
export async function runBatches(db: Database): Promise<void> {
  const companies = await inTransaction(db, { companyId: null }, findAllCompanies, { readOnly: true })
  for (const { id: companyId } of companies) {
    for (;;) {
      const batch = await inTransaction(db, { companyId }, (tx) =>
        tx.maybe(claimBatch, { companyId, now: now(), until: leaseEnd() }),
      )
      if (batch === null) break
      await runBatch(db, companyId, batch)
    }
  }
}

function leaseEnd(): Date {
  return new Date(now().getTime() + lease)
}

async function runBatch(db: Database, companyId: string, batch: Row<typeof claimed>): Promise<void> {
  const company = await loadCompany(db, companyId)
  if (company === null) return
  // What is kept of it was handed over by whoever asked.
  const ctx: Context = {
    ...systemContext(company, 'printing'),
    actor: { type: 'user', id: batch.createdById, name: batch.createdBy },
  }
  const whole = await PDFDocument.create()
  const failures: BatchFailure[] = []
  for (const [index, id] of batch.documentIds.entries()) {
    try {
      const part = await PDFDocument.load(await printOne(db, ctx, batch, id), { updateMetadata: false })
      for (const page of await whole.copyPages(part, part.getPageIndices())) whole.addPage(page)
    } catch (error) {
      // One that cannot be printed does not hold up the others; what is no refusal is a fault of ours.
      if (!(error instanceof Problem)) throw error
      const found = await inTransaction(db, { companyId }, (tx) => tx.maybe(selectNumber, { companyId, id }))
      failures.push({ id, number: found?.number ?? null, message: error.message })
    }
    await inTransaction(db, { companyId }, async (tx) =>
      tx.write(noteProgress, {
        companyId,
        id: batch.id,
        printed: index + 1,
        failures: JSON.stringify(failures),
        until: leaseEnd(),
      }),
    )
  }
  const pages = whole.getPageCount()
  const pdf = pages === 0 ? null : `\\x${Buffer.from(await whole.save()).toString('hex')}`
  const state = pdf === null ? 'failed' : 'done'
  await inTransaction(db, { companyId }, async (tx) =>
    tx.write(finishBatch, { companyId, id: batch.id, state, pages, pdf, now: now() }),
  )
}

/** The file that is handed over, kept as such; of a draft, which is not handed over, as it is now. */
async function printOne(
  db: Database,
  ctx: Context,
  batch: Row<typeof claimed>,
  id: string,
): Promise<Uint8Array> {
  const companyId = ctx.company.id
  const kind = batch.kind as PrintedKind
  const wanted = {
    form: (batch.form ?? undefined) as Form | undefined,
    language: batch.language ?? undefined,
  }
  try {
    const kept = await inTransaction(db, { companyId }, (tx) => keepDocument(tx, ctx, kind, id, wanted))
    return await inTransaction(db, { companyId }, (tx) => findKeptPdf(tx, ctx, id, kept.id))
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'not-final')) throw error
    const answer = await inTransaction(db, { companyId }, (tx) => printDocument(tx, ctx, kind, id, wanted))
    return answer.make()
  }
}
