import type { Context } from '../kernel/context.ts'
import { refuseStale } from '../kernel/guards.ts'
import { conflict } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { loadMail } from './list-mails.ts'
import { dropReminders, tell } from './record-outcome.ts'
import { refuseNobody } from './recipients.ts'

interface Key {
  companyId: string
  id: string
}

const setWaiting = statement(
  'send_mail_again',
  { id: 'uuid' },
  (p: Key & { now: Date; to: readonly string[] | null }) => sql`
    update mails set state = 'waiting', attempts = 0, next_at = ${p.now}::timestamptz, handed_at = null, bounced_at = null,
      bounce_reason = null, refused = '{}', to_addresses = coalesce(${p.to}::text[], to_addresses), version = version + 1
    where company_id = ${p.companyId} and id = ${p.id} and state in ('failed', 'unclear', 'bounced') returning id`,
)

/** A reminder that was sent by another mail meanwhile stays void: the table has each stage once. */
const countAgain = statement(
  'count_reminders_again',
  {},
  (p: Key) => sql`
    update mail_documents d set void = false
    where d.company_id = ${p.companyId} and d.mail_id = ${p.id} and d.stage is not null and d.void
      and not exists (select from mail_documents o where o.company_id = d.company_id and o.document_id = d.document_id
        and o.stage = d.stage and not o.void)`,
)

const leftVoid = statement(
  'select_void_reminders',
  { number: 'text?' },
  (p: Key) => sql`
    select number from mail_documents
    where company_id = ${p.companyId} and mail_id = ${p.id} and stage is not null and void order by number limit 1`,
)

const setCancelled = statement(
  'cancel_mail',
  { id: 'uuid' },
  (p: Key) => sql`
    update mails set state = 'cancelled', next_at = null, version = version + 1
    where company_id = ${p.companyId} and id = ${p.id} and state in ('waiting', 'unclear') returning id`,
)

const setBounced = statement(
  'record_mail_bounce',
  { id: 'uuid' },
  (p: Key & { now: Date; reason: string }) => sql`
    update mails set state = 'bounced', bounced_at = ${p.now}::timestamptz, bounce_reason = ${p.reason}, version = version + 1
    where company_id = ${p.companyId} and id = ${p.id} and state in ('sent', 'unclear') returning id`,
)

/**
 * Sends a mail once more that failed, came back, or of which nobody knows whether it arrived: under the same
 * Message-ID, so that a server that has it can tell.
 */
export async function sendAgain(
  tx: Transaction,
  ctx: Context,
  id: string,
  to: readonly string[] | undefined,
  ifMatch: number | null,
): Promise<void> {
  const key = { companyId: ctx.company.id, id }
  const { state, version } = await loadMail(tx, ctx, id)
  refuseStale(version, ifMatch)
  if (to !== undefined) refuseNobody(to)
  if ((await tx.maybe(setWaiting, { ...key, now: ctx.now, to: to ?? null })) === null)
    throw conflict(
      'not-to-be-repeated',
      `This mail is ${state}; only one that failed, came back, or is unclear is sent again.`,
    )
  tx.write(countAgain, key)
  const overtaken = await tx.all(leftVoid, key)
  if (overtaken[0] !== undefined)
    throw conflict(
      'already-reminded',
      `The same reminder of ${overtaken[0].number} was sent by another mail meanwhile.`,
    )
  await tell(tx, ctx, [id], 'waiting', null)
}

/** Takes back a mail that waits, or gives up one that is unclear. */
export async function cancelMail(
  tx: Transaction,
  ctx: Context,
  id: string,
  ifMatch: number | null,
): Promise<void> {
  const key = { companyId: ctx.company.id, id }
  const { state, version } = await loadMail(tx, ctx, id)
  refuseStale(version, ifMatch)
  if ((await tx.maybe(setCancelled, key)) === null)
    throw conflict(
      'not-to-be-cancelled',
      `This mail is ${state}; only one that waits or is unclear is cancelled.`,
    )
  // Whoever gives up an unclear one takes it for not arrived.
  dropReminders(tx, key.companyId, id)
  await tell(tx, ctx, [id], 'cancelled', null)
}

/** A mail that a server took came back. */
export async function recordBounce(tx: Transaction, ctx: Context, id: string, reason: string): Promise<void> {
  const { state } = await loadMail(tx, ctx, id)
  // Providers repeat their notices.
  if (state === 'bounced') return
  const key = { companyId: ctx.company.id, id }
  if ((await tx.maybe(setBounced, { ...key, now: ctx.now, reason })) === null)
    throw conflict('not-sent', `This mail is ${state}; only one that was sent can come back.`)
  dropReminders(tx, key.companyId, id)
  await tell(tx, ctx, [id], 'bounced', reason)
}
