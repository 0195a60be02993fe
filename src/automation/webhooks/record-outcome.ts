import { recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { nextAttempt } from '../../kernel/retry-times.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { Claimed } from './claim-deliveries.ts'
import { pauses } from './retry-times.ts'
import type { Outcome } from './send.ts'

const setOutcome = statement(
  'record_webhook_outcome',
  {},
  (p: {
    companyId: string
    id: string
    attempts: number
    state: string
    nextAt: Date | null
    status: number | null
    error: string | null
    answer: string | null
  }) => sql`
    update webhook_deliveries set state = ${p.state}, next_at = ${p.nextAt}::timestamptz, last_status = ${p.status}::int,
      last_error = ${p.error}, last_answer = ${p.answer}
    where company_id = ${p.companyId} and id = ${p.id} and state = 'waiting' and attempts = ${p.attempts}`,
)

/** Stops a webhook whose receiver is gone, or that has received nothing since the delivery that is given up was made. */
const pause = statement(
  'pause_webhook',
  { id: 'uuid' },
  (p: { companyId: string; webhookId: string; deliveryId: string; gone: boolean; reason: string }) => sql`
    update webhooks w set active = false, paused_reason = ${p.reason}, version = version + 1
    where w.company_id = ${p.companyId} and w.id = ${p.webhookId} and w.active and (${p.gone}
      or not exists (select from webhook_deliveries ok
        where ok.company_id = w.company_id and ok.webhook_id = w.id and ok.state = 'delivered'
          and ok.last_at > (select created_at from webhook_deliveries d where d.company_id = w.company_id and d.id = ${p.deliveryId})))
    returning w.id`,
)

/**
 * Writes down how an attempt ended. Another process may have taken the delivery over meanwhile; then its
 * word counts and not this one.
 */
export async function recordOutcome(
  tx: Transaction,
  ctx: Context,
  claimed: Claimed,
  outcome: Outcome,
  random: number,
): Promise<void> {
  const companyId = ctx.company.id
  const { id, attempts, webhookId } = claimed
  const gone = outcome.status === 410
  const nextAt = outcome.delivered || gone ? null : nextAttempt(pauses, attempts, ctx.now, random)
  const state = outcome.delivered ? 'delivered' : nextAt === null ? 'failed' : 'waiting'
  const { status, error, answer } = outcome
  tx.write(setOutcome, { companyId, id, attempts, state, nextAt, status, error, answer })
  if (state !== 'failed') return
  const reason = gone
    ? 'The receiver answered 410: it wants nothing more.'
    : `Nothing was received for three days. The last time: ${error ?? ''}`
  const paused = await tx.maybe(pause, { companyId, webhookId, deliveryId: id, gone, reason })
  if (paused === null) return
  recordEvents(tx, ctx, [
    {
      type: 'webhook.paused',
      objectKind: 'webhook',
      objectId: webhookId,
      before: { active: true },
      after: { active: false },
      reason,
    },
  ])
}
