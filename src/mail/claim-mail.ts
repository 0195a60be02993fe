import { type Row, json, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'

/** So long (ms) nobody else looks after what was claimed: longer than an attempt may take. */
const lease = 6 * 60_000

const columns = {
  id: 'uuid',
  attempts: 'int',
  purpose: 'text',
  language: 'text',
  partyId: 'uuid?',
  messageId: 'text',
  to: 'text[]',
  cc: 'text[]',
  bcc: 'text[]',
  subject: 'text',
  body: 'text',
  createdAt: 'timestamptz',
  documents: json<{ kind: string; id: string }[]>(),
  attachments: json<{ fileName: string; mediaType: string; content: string }[]>(),
} as const
export type ClaimedMail = Row<typeof columns>

/**
 * The process that sent these ended before an answer came. Those whose text was on its way to the server may
 * have arrived: a person decides. The others did not, and wait again.
 */
const release = statement(
  'release_lost_mails',
  { id: 'uuid', state: 'text' },
  (p: { companyId: string; now: Date; answer: string }) => sql`
    update mails set state = case when handed_at is null then 'waiting' else 'unclear' end,
      next_at = case when handed_at is null then next_at end,
      answer = case when handed_at is null then answer else ${p.answer} end, version = version + 1
    where company_id = ${p.companyId} and state = 'sending' and next_at <= ${p.now}::timestamptz
    returning id, state`,
)

/** A reminder of something that was paid or changed since asks for the wrong amount: it is not sent. */
const dropStale = statement(
  'drop_stale_reminders',
  { id: 'uuid' },
  (p: { companyId: string; now: Date; answer: string }) => sql`
    with stale as (
      update mails m set state = 'cancelled', next_at = null, answer = ${p.answer}, version = version + 1
      where m.company_id = ${p.companyId} and m.state = 'waiting' and m.next_at <= ${p.now}::timestamptz
        and exists (select from mail_documents d
          join invoices i on i.company_id = d.company_id and i.id = d.document_id
          where d.company_id = m.company_id and d.mail_id = m.id and d.stage is not null and i.gross - i.settled <> d.open_amount)
      returning m.company_id, m.id)
    , voided as (
      update mail_documents d set void = true from stale
      where d.company_id = stale.company_id and d.mail_id = stale.id)
    select id from stale`,
)

const claimRow = statement(
  'claim_mail',
  columns,
  (p: { companyId: string; now: Date; until: Date }) => sql`
    with due as (
      select m.id from mails m
      where m.company_id = ${p.companyId} and m.state = 'waiting' and m.next_at <= ${p.now}::timestamptz
      order by m.next_at, m.id limit 1 for update skip locked),
    claimed as (
      update mails m set state = 'sending', attempts = m.attempts + 1, next_at = ${p.until}::timestamptz,
        last_at = ${p.now}::timestamptz, handed_at = null, version = m.version + 1
      from due where m.company_id = ${p.companyId} and m.id = due.id
      returning m.*)
    select c.id, c.attempts, c.purpose, c.language, c.party_id, c.message_id, c.to_addresses as "to", c.cc_addresses as cc,
      c.bcc_addresses as bcc, c.subject, c.body, c.created_at,
      (select coalesce(json_agg(json_build_object('kind', d.kind, 'id', d.document_id) order by d.document_id), '[]')
        from mail_documents d where d.company_id = ${p.companyId} and d.mail_id = c.id) as documents,
      (select coalesce(json_agg(json_build_object('fileName', a.file_name, 'mediaType', a.media_type,
          'content', encode(coalesce(a.content, k.pdf), 'base64')) order by a.position), '[]')
        from mail_attachments a
          left join printed_documents k on k.company_id = a.company_id and k.id = a.printed_id
        where a.company_id = ${p.companyId} and a.mail_id = c.id) as attachments
    from claimed c`,
)

/** Takes the next mail that is due; null when none is. Written down before anything is said to a server. */
export function claimMail(tx: Transaction, companyId: string, now: Date): Promise<ClaimedMail | null> {
  return tx.maybe(claimRow, { companyId, now, until: new Date(now.getTime() + lease) })
}

/** What a process that ended left behind, and reminders that have been overtaken. */
export async function tidyQueue(
  tx: Transaction,
  companyId: string,
  now: Date,
): Promise<{ unclear: string[]; dropped: string[] }> {
  const lost = await tx.all(release, {
    companyId,
    now,
    answer: 'The program ended while the mail was on its way to the server; whether it arrived is not known.',
  })
  const dropped = await tx.all(dropStale, {
    companyId,
    now,
    answer: 'An invoice of this reminder was paid, credited or changed before it was sent.',
  })
  return {
    unclear: lost.filter((each) => each.state === 'unclear').map((each) => each.id),
    dropped: dropped.map((each) => each.id),
  }
}
