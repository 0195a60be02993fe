import type { Context } from '../../kernel/context.ts'
import { newId } from '../../kernel/ids.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { refuseUnknownEvents } from '../known-events.ts'
import { asRule } from './as-rule.ts'
import { Unanswerable, holds, speaksOf } from '../../conditions/index.ts'
import { type Occasion, readFacts } from './facts.ts'
import { findFor } from './looks.ts'
import { inWords } from './perform.ts'
import type { DryRun, RuleInput } from './schema.ts'
import { complete, refuseUnknown } from './write-rules.ts'

const most = 200

const pastEvents = statement(
  'past_events_of_types',
  {
    eventId: 'uuid',
    eventType: 'text',
    at: 'timestamptz',
    objectKind: 'text',
    objectId: 'uuid',
    objectNumber: 'text?',
  },
  (p: { companyId: string; events: readonly string[]; since: string }) => sql`
    select e.id as event_id, e.type as event_type, e.at, e.object_kind, e.object_id,
      (select d.number from documents d where d.company_id = e.company_id and d.id = e.object_id limit 1) as object_number
    from events e
    where e.company_id = ${p.companyId} and e.at >= ${p.since}::timestamptz
      and exists (select from unnest(${p.events}::text[]) wanted
        where wanted = '*' or wanted = e.type or (wanted like '%.*' and starts_with(e.type, left(wanted, -1))))
    order by e.id desc limit ${most}`,
)

/**
 * What a rule would do, tried on what happened since a moment and with documents as they are now. It reads and
 * changes nothing.
 */
export async function dryRun(
  tx: Transaction,
  ctx: Context,
  input: RuleInput,
  since: string,
): Promise<DryRun> {
  refuseUnknownEvents(input.events ?? [])
  const rule = { ...complete(ctx, input), id: newId() }
  await refuseUnknown(tx, ctx, rule)
  const as = asRule(ctx.company, rule, ctx.requestId)
  const past =
    rule.look === null
      ? await tx.all(pastEvents, { companyId: ctx.company.id, events: rule.events, since })
      : (await findFor(tx, ctx.company, rule)).slice(0, most).map(({ kind, id }) => ({
          eventId: null,
          eventType: null,
          at: null,
          objectKind: kind,
          objectId: id,
          objectNumber: null,
        }))
  const speaks = `${rule.condition} ${JSON.stringify(rule.actions)}`
  const items: DryRun['items'] = []
  for (const each of past) items.push({ ...each, ...(await tryOne(each)) })
  return { looked: items.length, matched: items.filter((item) => item.matched).length, items }

  async function tryOne(about: Occasion): Promise<{ matched: boolean; reason: string; would: string[] }> {
    try {
      const read = await readFacts(tx, as, about, (name) => speaksOf(speaks, name))
      if (!holds(rule.condition, read.facts))
        return { matched: false, reason: `The condition does not hold: ${rule.condition}`, would: [] }
      const reason = rule.condition.trim() === '' ? 'Always.' : `The condition holds: ${rule.condition}`
      return {
        matched: true,
        reason,
        would: rule.actions.map((action) => inWords(action, about.objectKind, read)),
      }
    } catch (error) {
      if (!(error instanceof Unanswerable)) throw error
      return { matched: false, reason: `It could not be decided: ${error.message}`, would: [] }
    }
  }
}
