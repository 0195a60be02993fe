import { recordEvents } from '../journal/events.ts'
import type { Context } from '../kernel/context.ts'
import { nextAttempt } from '../kernel/retry-times.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { AnyKind } from '../kinds.ts'
import type { ClaimedMail } from './claim-mail.ts'
import type { Outcome } from './deliver.ts'

const minute = 60_000
const hour = 60 * minute
/** Pauses between attempts: the last is made about two days after the first. */
const pauses = [
  minute,
  5 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  8 * hour,
  12 * hour,
  20 * hour,
]

const setHanded = statement(
  'hand_over_mail',
  { id: 'uuid' },
  (p: { companyId: string; id: string; attempts: number; now: Date }) => sql`
    update mails set handed_at = ${p.now}::timestamptz
    where company_id = ${p.companyId} and id = ${p.id} and state = 'sending' and attempts = ${p.attempts}
    returning id`,
)

const setOutcome = statement(
  'record_mail_outcome',
  { id: 'uuid' },
  (p: {
    companyId: string
    id: string
    attempts: number
    state: string
    nextAt: Date | null
    sentAt: Date | null
    answer: string
    refused: readonly string[]
  }) => sql`
    update mails set state = ${p.state}, next_at = ${p.nextAt}::timestamptz, sent_at = ${p.sentAt}::timestamptz,
      answer = ${p.answer}, refused = ${p.refused}::text[], version = version + 1
    where company_id = ${p.companyId} and id = ${p.id} and state = 'sending' and attempts = ${p.attempts}
    returning id`,
)

const voidReminders = statement(
  'void_reminders_of_mail',
  {},
  (p: { companyId: string; id: string }) => sql`
    update mail_documents set void = true where company_id = ${p.companyId} and mail_id = ${p.id} and stage is not null`,
)

const selectDocuments = statement(
  'select_documents_of_mails',
  { mailId: 'uuid', kind: 'text', id: 'uuid' },
  (p: { companyId: string; ids: readonly string[] }) => sql`
    select mail_id, kind, document_id as id from mail_documents
    where company_id = ${p.companyId} and mail_id = any(${p.ids}::uuid[]) order by mail_id, document_id`,
)

/**
 * Writes down that the text goes to the server now.
 * @throws when another process has taken the mail over: then this one must not send it.
 */
export async function noteHandOver(
  tx: Transaction,
  companyId: string,
  { id, attempts }: ClaimedMail,
  now: Date,
): Promise<void> {
  if ((await tx.maybe(setHanded, { companyId, id, attempts, now })) === null)
    throw new Error('Another process looks after this mail by now.')
}

/** Writes down how an attempt ended; no more, when another process took the mail over meanwhile. */
export async function recordOutcome(
  tx: Transaction,
  ctx: Context,
  mail: ClaimedMail,
  outcome: Outcome,
  random: number,
): Promise<void> {
  const companyId = ctx.company.id
  const { id, attempts } = mail
  const nextAt = outcome.state === 'retry' ? nextAttempt(pauses, attempts, ctx.now, random) : null
  const state = outcome.state !== 'retry' ? outcome.state : nextAt === null ? 'failed' : 'waiting'
  const sentAt = state === 'sent' ? ctx.now : null
  const { answer, refused } = outcome
  const recorded = await tx.maybe(setOutcome, {
    companyId,
    id,
    attempts,
    state,
    nextAt,
    sentAt,
    answer,
    refused,
  })
  if (recorded === null || state === 'waiting') return
  if (state === 'failed') dropReminders(tx, companyId, id)
  await tell(tx, ctx, [id], state === 'sent' && refused.length > 0 ? 'refused' : state, answer)
}

/** A reminder that did not arrive may be sent again. */
export function dropReminders(tx: Transaction, companyId: string, id: string): void {
  tx.write(voidReminders, { companyId, id })
}

/** Tells the documents of mails what became of them. */
export async function tell(
  tx: Transaction,
  ctx: Context,
  mailIds: readonly string[],
  what: 'sent' | 'refused' | 'failed' | 'unclear' | 'bounced' | 'cancelled' | 'waiting',
  reason: string | null,
): Promise<void> {
  const documents = await tx.all(selectDocuments, { companyId: ctx.company.id, ids: mailIds })
  recordEvents(
    tx,
    ctx,
    documents.map(({ mailId, kind, id }) => ({
      type: `${kind as AnyKind}.mail-${what}`,
      objectKind: kind,
      objectId: id,
      after: { mailId },
      reason,
    })),
  )
}
