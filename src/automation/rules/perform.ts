import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/problem.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { titles } from '../../kinds.ts'
import { tell } from '../notices/tell.ts'
import { asFacts, fillIn } from '../../conditions/index.ts'
import { type Document, type Facts, type Occasion, readDocument } from './facts.ts'
import { call, pathOf } from './operations.ts'
import { orderProposals } from './order-proposals.ts'
import type { Rule } from './rule-row.ts'
import type { Action, Result } from './schema.ts'

const queueDelivery = statement(
  'queue_webhook_by_rule',
  { webhookId: 'uuid' },
  (p: { companyId: string; webhookId: string; eventId: string; now: Date }) => sql`
    insert into webhook_deliveries (company_id, id, webhook_id, event_id, object_id, next_at, created_at)
    select e.company_id, uuidv7(), w.id, e.id, e.object_id, ${p.now}::timestamptz, ${p.now}::timestamptz
    from webhooks w join events e on e.company_id = w.company_id and e.id = ${p.eventId}::uuid
    where w.company_id = ${p.companyId} and w.id = ${p.webhookId}::uuid
    on conflict do nothing
    returning webhook_id`,
)

const refused = (action: Action, text: string): Result => ({ do: action.do, done: false, text })

/**
 * Does what the rule says, in the transaction of the run: all of it is kept with the mark that it is done, or
 * nothing of it. What the document does not offer at this moment is left out, and the log says why.
 * @throws where the rule may not, or the operation refuses.
 */
export async function perform(
  tx: Transaction,
  ctx: Context,
  rule: Pick<Rule, 'id' | 'actions'>,
  occasion: Occasion,
  first: { facts: Facts; document: Document | null },
): Promise<Result[]> {
  let { facts, document } = first
  const results: Result[] = []
  for (const action of rule.actions) {
    const result = await performOne(tx, ctx, rule.id, action, occasion, { facts, document })
    results.push(result)
    // What comes next sees what this one did.
    if (result.done && (action.do === 'act' || action.do === 'change' || action.do === 'follow-up')) {
      document = await readDocument(tx, ctx, occasion.objectKind, occasion.objectId)
      facts = { ...facts, document: asFacts(document) }
    }
  }
  return results
}

async function performOne(
  tx: Transaction,
  ctx: Context,
  ruleId: string,
  action: Action,
  occasion: Occasion,
  { facts, document }: { facts: Facts; document: Document | null },
): Promise<Result> {
  const { objectKind, objectId, eventId } = occasion
  const path = pathOf(objectKind)
  const name = nameOf(objectKind, document)
  switch (action.do) {
    case 'follow-up': {
      const refusal = refusalOf(document, action.make!, objectKind)
      if (refusal !== null) return refused(action, refusal)
      const body = action.post === true ? { post: true } : {}
      const made = (await call(tx, ctx, 'POST', `/${path}/${objectId}/${action.make}`, body)) as Made
      const what = titles[made.kind as keyof typeof titles].title
      const text =
        action.post === true
          ? `Made and posted ${what} ${made.number}.`
          : `Made a draft ${what} from ${name}.`
      return { do: action.do, done: true, text, kind: made.kind, id: made.id, number: made.number }
    }
    case 'act': {
      const refusal = refusalOf(document, action.action!, objectKind)
      if (refusal !== null) return refused(action, refusal)
      const done = (await call(tx, ctx, 'POST', `/${path}/${objectId}/${action.action}`)) as Made
      const text = `${doneWord[action.action!]} ${nameOf(objectKind, done)}.`
      return { do: action.do, done: true, text, kind: objectKind, id: objectId, number: done.number }
    }
    case 'change': {
      const refusal = refusalOf(document, 'edit', objectKind)
      if (refusal !== null) return refused(action, refusal)
      const value = action.value == null ? null : fillIn(action.value, facts)
      await call(tx, ctx, 'PATCH', `/${path}/${objectId}`, { [action.field!]: value })
      return { do: action.do, done: true, text: `Set ${action.field} of ${name} to ${value ?? 'nothing'}.` }
    }
    case 'mail': {
      if (document === null)
        return refused(action, `There is no such ${objectKind.replaceAll('-', ' ')} any more.`)
      try {
        const { mail } = (await call(tx, ctx, 'POST', `/${path}/${objectId}/send`, {})) as Sent
        return { do: action.do, done: true, text: `Sent ${name} to ${mail.to.join(', ')}.` }
      } catch (error) {
        // Refused before anything was written: there is no server, or nobody to write to.
        if (error instanceof Problem && unsendable.has(error.code)) return refused(action, error.message)
        throw error
      }
    }
    case 'webhook': {
      const p = { companyId: ctx.company.id, webhookId: action.webhookId!, eventId: eventId!, now: ctx.now }
      const queued = await tx.maybe(queueDelivery, p)
      return queued === null
        ? refused(action, 'The webhook is not there any more, or gets this event anyway.')
        : { do: action.do, done: true, text: 'Handed the event to the webhook.' }
    }
    case 'order-proposals':
      return orderProposals(tx, ctx, objectId)
    case 'ask-for-approval':
      return refused(action, 'It stands before the event, and asked then.')
    case 'notify':
      break
  }
  const text = fillIn(action.text!, facts)
  const { to, role = null, userId = null } = action
  const of = { ruleId, text, objectKind, objectId }
  const { told, known } = await tell(tx, ctx, { to: to!, role, userId, ...of })
  if (known === 0) return refused(action, 'There is nobody to tell: no person has that role.')
  if (told === 0) return refused(action, 'Whoever it is for was told already and has not read it yet.')
  return {
    do: action.do,
    done: true,
    text: `Told ${told === 1 ? '1 person' : `${told} persons`}: ${text}`,
  }
}

const unsendable = new Set(['no-mail-server', 'no-recipient'])

interface Sent {
  readonly mail: { readonly to: readonly string[] }
}

interface Made extends Document {
  readonly id: string
  readonly kind: string
  readonly number: string | null
}

const doneWord: Readonly<Record<string, string>> = {
  confirm: 'Confirmed',
  post: 'Posted',
  release: 'Released',
  close: 'Closed',
  cancel: 'Cancelled',
}

/** Why a document does not offer something now, in its own words; null: it does. */
function refusalOf(document: Document | null, name: string, kind: string): string | null {
  if (document === null) return `There is no such ${kind.replaceAll('-', ' ')} any more.`
  const offered = document.actions?.find((each) => each.name === name)
  if (offered === undefined)
    return name === 'edit' && document.actions === undefined
      ? null
      : `A ${kind.replaceAll('-', ' ')} does not offer "${name}".`
  if (offered.allowed) return null
  return offered.reason?.message ?? 'It is not offered now.'
}

function nameOf(kind: string, document: Document | null): string {
  const title = kind.replaceAll('-', ' ')
  return document?.number ? `${title} ${document.number}` : `the ${title}`
}

/** What an action would do, in words. @throws Unanswerable where a text cannot be filled in. */
export function inWords(
  action: Action,
  kind: string,
  { facts, document }: { facts: Facts; document: Document | null },
): string {
  const name = nameOf(kind, document)
  switch (action.do) {
    case 'follow-up':
    case 'act':
    case 'change': {
      const refusal = refusalOf(
        document,
        action.do === 'change' ? 'edit' : (action.make ?? action.action!),
        kind,
      )
      if (refusal !== null) return `Nothing: ${refusal}`
      if (action.do === 'act') return `${action.action} ${name}.`
      if (action.do === 'change')
        return `Set ${action.field} of ${name} to ${action.value == null ? 'nothing' : fillIn(action.value, facts)}.`
      return `${action.post === true ? 'Make and post' : 'Make a draft of'} ${action.make!.replaceAll('-', ' ')} from ${name}.`
    }
    case 'mail':
      return `Send ${name} by mail.`
    case 'webhook':
      return 'Hand the event to the webhook.'
    case 'order-proposals':
      return 'Make draft purchase orders of what is proposed to be bought from the vendor.'
    case 'ask-for-approval':
      return `Let ${name} wait for the approval of someone with the role ${action.role}.`
    case 'notify':
      break
  }
  return `Tell ${action.to === 'user' ? 'a person' : action.to === 'creator' ? 'who made it' : `everyone with the role ${action.role}`}: ${fillIn(action.text!, facts)}`
}
