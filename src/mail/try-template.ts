import type { Context } from '../kernel/context.ts'
import { conflict } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { zero } from '../kernel/decimal.ts'
import { titles } from '../kinds.ts'
import type { PrintedKind } from '../printing/index.ts'
import type { MailText } from './built-in.ts'
import { commonValues, findDocument, valuesOf } from './find-document.ts'
import { fill, fillSubject, htmlOf } from './placeholders.ts'
import type { Purpose } from './purposes.ts'
import { findAddressees } from './recipients.ts'
import { reminderValues } from './remind.ts'
import { refuseUnfit } from './templates.ts'

const selectLatest = statement(
  'select_latest_document_for_mail',
  { id: 'uuid' },
  (p: { companyId: string; kind: string; draft: boolean }) => sql`
    select id from documents
    where company_id = ${p.companyId} and kind = ${p.kind} and party_id is not null
      and case when ${p.draft} then state = 'draft' else state not in ('draft', 'cancelled', 'reversed') end
    order by id desc limit 1`,
)

/** What a template would say of a real document. */
export async function tryTemplate(
  tx: Transaction,
  ctx: Context,
  purpose: Purpose,
  language: string,
  text: MailText,
  documentId: string | undefined,
) {
  refuseUnfit(text)
  const reminder = purpose.startsWith('reminder-')
  const quotation = purpose === 'quotation'
  const kind = reminder ? 'invoice' : quotation ? 'sales-order' : (purpose as PrintedKind)
  const id =
    documentId ??
    (await tx.maybe(selectLatest, { companyId: ctx.company.id, kind, draft: quotation }))?.id ??
    null
  if (id === null)
    throw conflict(
      'no-document',
      `There is no ${quotation ? 'draft sales order' : titles[kind].title} yet that the template could be tried on.`,
    )
  const document = await findDocument(tx, ctx, kind, id)
  const party = (await findAddressees(tx, ctx.company.id, [document.partyId])).get(document.partyId)!
  const common = await commonValues(tx, ctx, party.name)
  const values = reminder
    ? reminderValues([asOverdue(document)], language, ctx.today)
    : valuesOf(ctx, document, language)
  const body = fill(text.body, { ...common, ...values })
  return {
    subject: fillSubject(text.subject, { ...common, ...values }),
    text: body,
    html: htmlOf(body, language),
  }
}

type Found = Awaited<ReturnType<typeof findDocument>>

function asOverdue(document: Found) {
  const { id, currency, digits, date, dueDate } = document
  return {
    id,
    number: document.number ?? '',
    currency: currency ?? '',
    digits,
    date,
    dueDate: dueDate ?? date,
    gross: document.amount ?? zero,
    settled: document.settled ?? zero,
    open: document.open ?? zero,
  }
}
